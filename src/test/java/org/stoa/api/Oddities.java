package org.stoa.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes values as the description asks for them, and values wrong in every way one can be. */
final class Oddities {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 4;

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "a\u0000b",
                    "\u0000",
                    "\u0001\u001b[31m\u007f",
                    "\u202Eright to left\u202C",
                    "\u0627\u0644\u0639\u0631\u0628\u064A\u0629",
                    "\uD83E\uDD89\uD83C\uDFFD",
                    "\uD800",
                    "\uFFFF\uFFFE\uFEFF",
                    "'; drop table person; --",
                    "%",
                    "\\",
                    "../../etc/passwd",
                    "..;/..;/",
                    "<script>alert(1)</script>",
                    "${7*7}",
                    "null",
                    "true",
                    "-1",
                    "99999999999999999999",
                    "1e999999999",
                    "2026-02-30T25:61:00Z",
                    "+999999999-12-31T23:59:59Z",
                    "-999999999-01-01T00:00:00Z",
                    "00000000-0000-0000-0000-000000000000",
                    "eyJicm9rZW4iOiJjdXJzb3IifQ",
                    "AAAA",
                    "x".repeat(10_000));

    /** Parts of addresses that no client would send. */
    private static final List<String> MALFORMED =
            List.of(
                    "%zz",
                    "%",
                    "%1",
                    "%00",
                    "%ff%fe",
                    "%c0%af",
                    "%ed%a0%80",
                    "%2e%2e%2f",
                    "%5c",
                    "a;b=c",
                    "..",
                    "//",
                    "%25%32%46",
                    "{}",
                    "\u00e9",
                    "%0d%0aSet-Cookie:a=b");

    private final Random random;
    private final JsonNode description;
    private final Known known;
    private boolean wellMeant;

    /** What the school takes for a field or parameter of this name; null where there is none. */
    interface Known {
        @Nullable String forField(String name, Random random);
    }

    Oddities(long seed, JsonNode description, Known known) {
        this.random = new Random(seed);
        this.description = description;
        this.known = known;
    }

    /** The next call: three in ten are as they should be. */
    boolean next() {
        wellMeant = random.nextInt(10) < 3;
        return wellMeant;
    }

    /** The next call: as it should be. */
    void good() {
        wellMeant = true;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    boolean odd(int percent) {
        return chance(percent) && !wellMeant;
    }

    /** A value for a field or a parameter. */
    String text(String name) {
        var good = wellMeant || chance(50) ? known.forField(name, random) : null;
        if (good != null || wellMeant) {
            return good == null ? "" : good;
        }
        return chance(20) ? new UUID(random.nextLong(), random.nextLong()).toString() : one(TEXTS);
    }

    String malformed() {
        return one(MALFORMED);
    }

    /** A body for the schema, as it should be, or wrong somewhere, or no JSON at all. */
    byte[] body(JsonNode schema) {
        var body = value("", schema, 0).toString();
        if (wellMeant) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
        return switch (random.nextInt(24)) {
            case 0 -> bytes(body.substring(0, random.nextInt(body.length() + 1)));
            case 1 -> bytes(body + "}");
            case 2 -> new byte[0];
            case 3 -> bytes("[".repeat(2_000));
            case 4 -> bytes("{\"a\":".repeat(5_000));
            case 5 -> bytes(anything().toString());
            case 6 -> bytes("{\"a\":" + "9".repeat(1_500) + "}");
            case 7 -> body.getBytes(StandardCharsets.UTF_16);
            case 8 -> bytes(body.replace("\"", "\"\u00ff\u00c3("), StandardCharsets.ISO_8859_1);
            case 9 -> chance(15) ? bytes("{\"name\":\"" + "x".repeat(3 << 20) + "\"}") : bytes("");
            default -> bytes(body);
        };
    }

    private static byte[] bytes(String text) {
        return bytes(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text, java.nio.charset.Charset charset) {
        return text.getBytes(charset);
    }

    private JsonNode value(String name, JsonNode given, int depth) {
        var schema = resolved(given);
        if (depth > DEEPEST || odd(12)) {
            return anything();
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(name, schema, depth);
            case "integer", "number" -> number(name);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> string(name, schema);
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        var object = NODES.objectNode();
        for (var field : schema.path("properties").properties()) {
            if (wellMeant || chance(85)) {
                object.set(field.getKey(), value(field.getKey(), field.getValue(), depth + 1));
            }
        }
        if (odd(8)) {
            object.set("unknown", anything());
        }
        return object;
    }

    private ArrayNode array(String name, JsonNode schema, int depth) {
        var array = NODES.arrayNode();
        int size = odd(3) ? 600 : random.nextInt(4);
        for (int i = 0; i < size; i++) {
            array.add(value(name, schema.path("items"), depth + 1));
        }
        return array;
    }

    private JsonNode number(String name) {
        if (wellMeant) {
            var good = known.forField(name, random);
            if (good != null) {
                return NODES.numberNode(Integer.parseInt(good));
            }
            return NODES.numberNode(1 + random.nextInt(100));
        }
        return switch (random.nextInt(6)) {
            case 0 -> NODES.numberNode(Long.MAX_VALUE);
            case 1 -> NODES.numberNode(Integer.MIN_VALUE);
            case 2 -> NODES.numberNode(1e300);
            case 3 -> NODES.numberNode(0.5);
            default -> NODES.numberNode(random.nextInt(200));
        };
    }

    private JsonNode anything() {
        return switch (random.nextInt(7)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(true);
            case 2 -> number("");
            case 3 -> NODES.arrayNode().add(NODES.nullNode());
            case 4 -> NODES.objectNode().put("a", 1);
            default -> NODES.stringNode(one(TEXTS));
        };
    }

    private JsonNode string(String name, JsonNode schema) {
        var choices = new ArrayList<String>();
        schema.path("enum").forEach(choice -> choices.add(choice.asString()));
        if (!choices.isEmpty() && (wellMeant || chance(80))) {
            return NODES.stringNode(one(choices));
        }
        var text = text(name);
        return wellMeant && text.isEmpty() ? NODES.nullNode() : NODES.stringNode(text);
    }

    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : description.at(reference.substring(1));
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.path(0).asString("string");
        }
        return type.asString(schema.has("properties") ? "object" : "string");
    }
}
