package org.stoa.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parameters as they are sent: {@code line_items[0][price_data][currency]=eur}. Values are strings
 * and maps of values; lists are maps whose keys are numbers.
 */
final class Form {
    private Form() {}

    static Map<String, Object> read(String encoded) {
        var all = new LinkedHashMap<String, Object>();
        for (var pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            var parts = pair.split("=", 2);
            put(all, decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return all;
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StripeRefusal.invalid("Invalid request: not form-encoded.").unprocessed();
        }
    }

    private static void put(Map<String, Object> all, String name, String value) {
        int bracket = name.indexOf('[');
        if (bracket <= 0) {
            all.put(name, value);
            return;
        }
        if (!name.endsWith("]")) {
            throw StripeRefusal.invalid("Invalid parameter name: " + name).unprocessed();
        }
        var keys = name.substring(bracket + 1, name.length() - 1).split("\\]\\[", -1);
        var at = inner(all, name.substring(0, bracket), name);
        for (int i = 0; i < keys.length - 1; i++) {
            at = inner(at, keys[i], name);
        }
        var last = keys[keys.length - 1];
        at.put(last.isEmpty() ? "" + at.size() : last, value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> outer, String key, String name) {
        var place = key.isEmpty() ? "" + outer.size() : key;
        var there = outer.computeIfAbsent(place, k -> new LinkedHashMap<String, Object>());
        if (!(there instanceof Map)) {
            throw StripeRefusal.invalid("Invalid hash: " + name).param(name).unprocessed();
        }
        return (Map<String, Object>) there;
    }
}
