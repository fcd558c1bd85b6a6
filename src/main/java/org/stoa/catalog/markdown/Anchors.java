package org.stoa.catalog.markdown;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Ids of headings. They are GitHub's anchors, which authors already link to, with a prefix, so that
 * a heading called "Search" cannot take the place of the page's own search.
 */
final class Anchors {
    private static final String PREFIX = "s-";

    private Anchors() {}

    static String plain(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    static String id(String plain) {
        return PREFIX + plain;
    }

    /** The id that an author's {@code #fragment} means. */
    static String fromFragment(String fragment) {
        String decoded;
        try {
            decoded = URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            decoded = fragment;
        }
        return id(plain(decoded));
    }
}
