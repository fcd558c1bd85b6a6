package org.stoa.stripe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is read from and written to objects of Stripe's. */
final class Json {
    static final JsonMapper JSON = new JsonMapper();
    // The keys of every object, as in stripe/openapi's fixtures (MIT), with the values of a new
    // one.
    private static final ObjectNode BLANKS = blanks();

    private Json() {}

    private static ObjectNode blanks() {
        try (var in = Json.class.getResourceAsStream("/stripe/blanks.json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new object of this kind with every key it has. */
    static ObjectNode blank(String object) {
        return (ObjectNode) blankOf(object).deepCopy();
    }

    static boolean hasKey(String object, String key) {
        return blankOf(object).has(key);
    }

    private static JsonNode blankOf(String object) {
        var blank = BLANKS.path(object);
        if (!blank.isObject()) {
            throw new IllegalArgumentException("No shape of " + object);
        }
        return blank;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    static String id(JsonNode node) {
        return text(node, "id");
    }

    /** Empty where there is none. */
    static String text(JsonNode node, String key) {
        var value = node.path(key);
        return value.isString() ? value.asString() : "";
    }

    static @Nullable String orNull(JsonNode node, String key) {
        var text = text(node, key);
        return text.isEmpty() ? null : text;
    }

    static long number(JsonNode node, String key) {
        var value = node.path(key);
        return value.isNumber() ? value.asLong() : 0;
    }

    static boolean yes(JsonNode node, String key) {
        return node.path(key).isBoolean() && node.path(key).asBoolean();
    }

    static boolean given(JsonNode node, String key) {
        return node.hasNonNull(key);
    }

    static List<ObjectNode> each(JsonNode array) {
        var all = new ArrayList<ObjectNode>();
        for (var one : array) {
            all.add((ObjectNode) one);
        }
        return all;
    }

    static ObjectNode list(String url, Iterable<? extends JsonNode> data, boolean more) {
        var list = object();
        list.put("object", "list");
        var array = list.putArray("data");
        data.forEach(one -> array.add(one.deepCopy()));
        list.put("has_more", more);
        list.put("url", url);
        return list;
    }
}
