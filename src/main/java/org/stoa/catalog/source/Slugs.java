package org.stoa.catalog.source;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Titles as they stand in addresses: ASCII, at most 80 characters, never empty. */
public final class Slugs {
    private static final int LONGEST = 80;
    private static final Map<String, String> LETTERS =
            Map.ofEntries(
                    Map.entry("ß", "ss"),
                    Map.entry("æ", "ae"),
                    Map.entry("œ", "oe"),
                    Map.entry("ø", "o"),
                    Map.entry("đ", "d"),
                    Map.entry("ð", "d"),
                    Map.entry("þ", "th"),
                    Map.entry("ł", "l"),
                    Map.entry("ı", "i"));

    /** Beside lessons, at the addresses of their courses, stand other pages. */
    private static final Set<String> OTHERS = Set.of("announcements");

    private final Set<String> taken = new HashSet<>();

    /** One slug for the title, or for the fallback where the title has nothing ASCII can say. */
    public static String of(String title, String fallback) {
        String slug = folded(title);
        if (slug.isEmpty()) {
            slug = folded(fallback);
        }
        return slug.isEmpty() ? "untitled" : slug;
    }

    /**
     * What tells a title from every other, in any script: in words of ASCII the whole of its slug,
     * else its own letters and digits.
     */
    public static String key(String title) {
        String plain = plain(title);
        boolean ascii =
                plain.codePoints().noneMatch(it -> it > 127 && Character.isLetterOrDigit(it));
        String key =
                (ascii ? plain : Normalizer.normalize(title, Normalizer.Form.NFKC))
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-")
                        .replaceAll("^-+|-+$", "");
        return key.isEmpty() ? title.strip() : key.substring(0, Math.min(key.length(), 200));
    }

    /** A slug that this instance has not given before. */
    public String next(String title, String fallback) {
        String unique = free(of(title, fallback), taken);
        taken.add(unique);
        return unique;
    }

    /** The slug, or with a number behind it where it is taken. */
    public static String free(String slug, Set<String> taken) {
        String unique = slug;
        for (int number = 2; taken.contains(unique) || OTHERS.contains(unique); number++) {
            String end = "-" + number;
            unique = cut(slug, LONGEST - end.length()) + end;
        }
        return unique;
    }

    private static String folded(String title) {
        return cut(plain(title).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", ""), LONGEST);
    }

    private static String plain(String title) {
        String start = title.length() > 400 ? title.substring(0, 400) : title;
        String lower = start.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
            lower = lower.replace(letter.getKey(), letter.getValue());
        }
        return Normalizer.normalize(lower, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+|['’]", "");
    }

    private static String cut(String slug, int length) {
        return slug.length() <= length ? slug : slug.substring(0, length).replaceAll("-+$", "");
    }
}
