package org.stoa.catalog.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Where an author's link leads.
 *
 * @param inside whether it means something in the course's folder
 * @param path from the course's root; climbs out where it begins with {@code ../}
 * @param fragment with its {@code #}, or empty
 */
public record Address(boolean inside, String path, String fragment) {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*|//.*");

    public static Address of(String fromFile, String destination) {
        String address = destination.strip();
        if (address.isEmpty() || address.startsWith("#") || SCHEME.matcher(address).matches()) {
            return new Address(false, address, "");
        }
        int hash = address.indexOf('#');
        String fragment = hash < 0 ? "" : address.substring(hash);
        String rest = hash < 0 ? address : address.substring(0, hash);
        int query = rest.indexOf('?');
        String path = decoded(query < 0 ? rest : rest.substring(0, query)).replace('\\', '/');
        String base = path.startsWith("/") ? "" : Names.folder(fromFile);
        return new Address(true, normalized(Names.under(base, path)), fragment);
    }

    public static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || "._~/-".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    public static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    private static String normalized(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return Normalizer.normalize(String.join("/", names), Normalizer.Form.NFC);
    }
}
