package org.stoa.inbox.view;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows a payload to people: what it is called says what is a secret. */
final class Masked {
    private static final Pattern SECRET =
            Pattern.compile(
                    "secret|passw|token|credential|authorization|cookie|signature|private_?key|api_?key"
                            + "|totp|backup_codes|digest|card_number|cvc");
    private static final String DOTS = "••••••••";
    private static final int LONGEST = 60_000;

    private Masked() {}

    static String of(byte[] body, JsonMapper json) {
        String text;
        try {
            var tree = json.readTree(body);
            mask(tree);
            text = json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JacksonException | StackOverflowError unreadable) {
            // Nothing says what is a secret in it.
            int most = Math.min(body.length, 400);
            text = new String(body, 0, most, StandardCharsets.UTF_8) + " …";
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }

    private static void mask(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                for (var field : object.properties()) {
                    var name = field.getKey().toLowerCase(Locale.ROOT);
                    boolean value = field.getValue().isValueNode() && !field.getValue().isBoolean();
                    if (value && !field.getValue().isNull() && SECRET.matcher(name).find()) {
                        object.put(field.getKey(), DOTS);
                    } else {
                        mask(field.getValue());
                    }
                }
            }
            case ArrayNode array -> array.forEach(Masked::mask);
            default -> {}
        }
    }
}
