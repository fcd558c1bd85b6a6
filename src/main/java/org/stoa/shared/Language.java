package org.stoa.shared;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A language that Stoa speaks: those that have files under {@code words/}. */
public final class Language {
    /** The value of a school that leaves the choice to its visitors' browsers (BCP 47). */
    public static final String UNDETERMINED = "und";

    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi");

    private final String tag;
    private final Locale locale;
    private final int number;
    private final Map<String, String> texts;
    private final Map<String, Phrase> phrases;

    private Language(String tag, int number, Map<String, String> texts) {
        this.tag = tag;
        this.number = number;
        this.texts = Map.copyOf(texts);
        locale = Locale.forLanguageTag(tag);
        var numerals = Numerals.of(tag);
        var all = new HashMap<String, Phrase>();
        texts.forEach((key, text) -> all.put(key, Phrase.of(text, numerals)));
        phrases = Map.copyOf(all);
    }

    /** BCP 47. */
    public String tag() {
        return tag;
    }

    public Locale locale() {
        return locale;
    }

    /** Its name in itself, as people look for it: {@code Español}. */
    public String name() {
        var name = locale.getDisplayName(locale);
        return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }

    /** {@code ltr} or {@code rtl}. */
    public String direction() {
        return direction(tag);
    }

    /** That of any language, whether Stoa speaks it or not. */
    public static String direction(String tag) {
        int hyphen = tag.indexOf('-');
        var language = hyphen < 0 ? tag : tag.substring(0, hyphen);
        return RIGHT_TO_LEFT.contains(language.toLowerCase(Locale.ROOT)) ? "rtl" : "ltr";
    }

    /** Its place among all, from zero; stands while the program runs. */
    public int number() {
        return number;
    }

    /** The texts of one file as they are written, by their keys. */
    public Map<String, String> texts(String area) {
        var some = new TreeMap<String, String>();
        texts.forEach((key, text) -> {
            if (key.startsWith(area + ".")) {
                some.put(key, text);
            }
        });
        return some;
    }

    @Nullable Phrase phrase(String key) {
        return phrases.get(key);
    }

    Map<String, String> texts() {
        return texts;
    }

    @Override
    public String toString() {
        return tag;
    }

    public static Language english() {
        return Known.all.getFirst();
    }

    /** English first, then by tag. */
    public static List<Language> all() {
        return Known.all;
    }

    /** The one of this tag, or of its language elsewhere; null when Stoa speaks neither. */
    public static @Nullable Language of(@Nullable String tag) {
        if (tag == null || tag.isEmpty()) {
            return null;
        }
        for (var language : Known.all) {
            if (language.tag.equalsIgnoreCase(tag)) {
                return language;
            }
        }
        int hyphen = tag.indexOf('-');
        return hyphen < 0 ? null : of(tag.substring(0, hyphen));
    }

    /**
     * The first of those that somebody reads.
     *
     * @param header the value of {@code Accept-Language}
     */
    public static @Nullable Language accepted(@Nullable String header) {
        if (header == null || header.length() > 500) {
            return null;
        }
        try {
            for (var range : Locale.LanguageRange.parse(header)) {
                var language = range.getWeight() > 0 ? of(range.getRange()) : null;
                if (language != null) {
                    return language;
                }
            }
        } catch (IllegalArgumentException e) {
            return null;
        }
        return null;
    }

    /** For tests: one more, as if it had files. */
    static synchronized Language learn(String tag, Map<String, String> texts) {
        var all = new ArrayList<>(Known.all);
        var language = new Language(tag, all.size(), texts);
        all.add(language);
        Known.all = List.copyOf(all);
        return language;
    }

    /** For tests: none but those with files. */
    static synchronized void forget() {
        Known.all = Known.all.stream().filter(l -> l.number < Known.WITH_FILES).toList();
    }

    /** Read when the first word is said. */
    private static final class Known {
        private static volatile List<Language> all = read();
        private static final int WITH_FILES = all.size();

        private static List<Language> read() {
            var texts = new TreeMap<String, Map<String, String>>();
            try {
                var files =
                        new PathMatchingResourcePatternResolver()
                                .getResources("classpath*:words/*.properties");
                for (var file : files) {
                    var name = String.valueOf(file.getFilename()).replace(".properties", "");
                    int mark = name.indexOf('_');
                    var tag = mark < 0 ? "en" : name.substring(mark + 1).replace('_', '-');
                    texts.computeIfAbsent(tag, t -> new HashMap<>()).putAll(texts(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var english = new Language("en", 0, texts.getOrDefault("en", Map.of()));
            texts.remove("en");
            var all = new ArrayList<Language>();
            all.add(english);
            texts.forEach((tag, some) -> all.add(new Language(tag, all.size(), some)));
            return List.copyOf(all);
        }

        private static Map<String, String> texts(Resource file) throws IOException {
            var texts = new HashMap<String, String>();
            try (var reader =
                    new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                var properties = new Properties();
                properties.load(reader);
                properties.forEach((key, text) -> texts.put((String) key, (String) text));
            }
            return texts;
        }
    }
}
