package org.stoa.jobs.desk;

import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a job carries, as it may be shown: what is called a secret, or looks like one, is not. */
@Component
class Payloads {
    private static final String HIDDEN = "…";
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(?i).*(password|secret|token|authorization|cookie|signature|api_?key|code|link"
                            + "|credential).*");
    private static final Pattern LOOKS_DRAWN =
            Pattern.compile("(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9+/=_.~-]{20,}");
    private static final Pattern UUID_SHAPE =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern TIME_SHAPE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*");
    private static final Pattern QUERY = Pattern.compile("(?<=[?#])[^\\s]+");

    private final JsonMapper json;

    Payloads(JsonMapper json) {
        this.json = json.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();
    }

    /** The payload of a row's data, with line breaks. */
    String shown(String data) {
        try {
            var payload = json.readTree(data).path("payload");
            return json.writeValueAsString(masked(payload));
        } catch (JacksonException unreadable) {
            return HIDDEN;
        }
    }

    private JsonNode masked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var shown = json.createObjectNode();
            object.properties()
                    .forEach(one ->
                            shown.set(
                                    one.getKey(),
                                    SECRET_NAME.matcher(one.getKey()).matches()
                                            ? json.getNodeFactory().stringNode(HIDDEN)
                                            : masked(one.getValue())));
            return shown;
        }
        if (node instanceof ArrayNode array) {
            var shown = json.createArrayNode();
            array.forEach(one -> shown.add(masked(one)));
            return shown;
        }
        return node.isString() ? json.getNodeFactory().stringNode(text(node.stringValue())) : node;
    }

    private static String text(String value) {
        if (UUID_SHAPE.matcher(value).matches() || TIME_SHAPE.matcher(value).matches()) {
            return value;
        }
        return LOOKS_DRAWN.matcher(value).matches()
                ? HIDDEN
                : QUERY.matcher(value).replaceAll(HIDDEN);
    }
}
