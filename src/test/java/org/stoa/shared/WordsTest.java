package org.stoa.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The texts of Stoa are whole in every language, and each is said somewhere. */
class WordsTest {
    private static final Path FOLDER = Path.of("src/main/resources/words");
    private static final Language SPANISH = java.util.Objects.requireNonNull(Language.of("es"));
    private static final Pattern LITERAL =
            Pattern.compile("[\"'`{]([a-z][a-z-]*(?:\\.[A-Za-z0-9_-]+)+\\.?)[\"'`}]");
    private static final Pattern SAID =
            Pattern.compile("(?<!#)\\bsay\\(\\s*\"([^\"]+)\"(\\s*\\+)?", Pattern.DOTALL);

    @Test
    void everyLanguageSaysEverything() {
        for (var language : Language.all()) {
            assertThat(new TreeSet<>(language.texts().keySet()))
                    .as(language.tag())
                    .isEqualTo(new TreeSet<>(Language.english().texts().keySet()));
            language.texts()
                    .forEach((key, text) -> assertThat(text).as(language + " " + key).isNotBlank());
        }
    }

    @Test
    void everyLanguageTakesTheSameArguments() {
        for (var language : Language.all()) {
            for (var key : language.texts().keySet()) {
                assertThat(phrase(language, key).arguments())
                        .as(language + " " + key)
                        .isEqualTo(phrase(Language.english(), key).arguments());
            }
        }
    }

    @Test
    void marksInSentencesAreTheSame() {
        var mark = Pattern.compile("</?(a|b|kbd|code|_)>");
        for (var language : Language.all()) {
            language.texts()
                    .forEach((key, text) ->
                            assertThat(mark.matcher(text).results().map(r -> r.group()).toList())
                                    .as(language + " " + key)
                                    .containsExactlyInAnyOrderElementsOf(
                                            mark.matcher(Language.english().texts().get(key))
                                                    .results()
                                                    .map(r -> r.group())
                                                    .toList()));
        }
    }

    @Test
    void aKeyStandsOnceAndInTheFileOfItsName() throws IOException {
        var wrong = new ArrayList<String>();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.toList()) {
                var area = file.getFileName().toString().replaceAll("(_.*)?\\.properties", "");
                var seen = new HashSet<String>();
                for (var line : Files.readAllLines(file)) {
                    if (line.isBlank() || line.startsWith("#")) {
                        continue;
                    }
                    var key = line.split("=", 2)[0].strip();
                    if (!key.startsWith(area + ".") || !seen.add(key)) {
                        wrong.add(file.getFileName() + ": " + key);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyTextIsSaidSomewhereAndWhatIsSaidIsThere() throws IOException {
        var keys = Language.english().texts().keySet();
        var quoted = new TreeSet<String>();
        var beginnings = new TreeSet<String>();
        var missing = new TreeMap<String, String>();
        for (var source : sources()) {
            var text = Files.readString(source);
            LITERAL.matcher(text).results().map(r -> r.group(1)).forEach(quoted::add);
            SAID.matcher(text)
                    .results()
                    .forEach(said -> {
                        var key = said.group(1);
                        if (said.group(2) != null) {
                            beginnings.add(key);
                            if (keys.stream().noneMatch(k -> k.startsWith(key))) {
                                missing.put(key, source.toString());
                            }
                        } else if (!keys.contains(key)) {
                            missing.put(key, source.toString());
                        }
                    });
        }
        assertThat(missing).as("said, and in no bundle").isEmpty();
        Set<String> unsaid = new TreeSet<>(keys);
        unsaid.removeAll(quoted);
        unsaid.removeIf(key -> beginnings.stream().anyMatch(key::startsWith));
        assertThat(unsaid).as("in the bundles, and never said").isEmpty();
    }

    @Test
    void whatIsSaidHasItsArguments() throws IOException {
        var wrong = new ArrayList<String>();
        for (var source : sources()) {
            var text = Files.readString(source);
            var said = SAID.matcher(text);
            while (said.find()) {
                var phrase = Language.english().phrase(said.group(1));
                if (said.group(2) != null || phrase == null) {
                    continue;
                }
                int given = arguments(text, said.end());
                int wanted = phrase.arguments().stream().mapToInt(n -> n + 1).max().orElse(0);
                if (given != wanted) {
                    wrong.add(source + ": " + said.group(1) + " takes " + wanted);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** How many stand between here, after the key, and the parenthesis that closes the call. */
    private static int arguments(String text, int from) {
        int depth = 0;
        int commas = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && text.charAt(i - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted && "([{".indexOf(c) >= 0) {
                depth++;
            } else if (!quoted && ")]}".indexOf(c) >= 0) {
                if (depth-- == 0) {
                    return commas;
                }
            } else if (!quoted && c == ',' && depth == 0) {
                commas++;
            }
        }
        return commas;
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src/main"))) {
            return files.filter(f -> f.toString().matches(".*\\.(java|jte|js)")).toList();
        }
    }

    private static Phrase phrase(Language language, String key) {
        return java.util.Objects.requireNonNull(language.phrase(key), key);
    }

    @Test
    void countsAsEachLanguageCounts() {
        var english =
                Phrase.of("{0, plural, =0 {none} one {# one} other {# of {1}}}", Numerals.ENGLISH);
        assertThat(english.said(new Object[] {0, "x"})).isEqualTo("none");
        assertThat(english.said(new Object[] {1, "x"})).isEqualTo("1 one");
        assertThat(english.said(new Object[] {12_345, "x"})).isEqualTo("12,345 of x");
        var spanish =
                Phrase.of(
                        "{0, plural, one {# voto} many {# de votos} other {# votos}}",
                        Numerals.SPANISH);
        assertThat(spanish.said(new Object[] {1})).isEqualTo("1 voto");
        assertThat(spanish.said(new Object[] {0})).isEqualTo("0 votos");
        assertThat(spanish.said(new Object[] {1234})).isEqualTo("1234 votos");
        assertThat(spanish.said(new Object[] {12_345})).isEqualTo("12.345 votos");
        assertThat(spanish.said(new Object[] {2_000_000})).isEqualTo("2.000.000 de votos");
        assertThat(
                        Phrase.of("{0, select, a {A} other {B}}", Numerals.ENGLISH)
                                .said(new Object[] {"c"}))
                .isEqualTo("B");
    }

    @Test
    void aTextThatIsNotWellFormedIsRefused() {
        for (var text :
                List.of("{", "}", "{0", "{0,}", "{x}", "{0, plural, one {x}}", "{0, date}")) {
            assertThatThrownBy(() -> Phrase.of(text, Numerals.ENGLISH))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aLanguageIsFoundByWhatBrowsersSay() {
        assertThat(Language.accepted("es-MX,es;q=0.9,en;q=0.8")).isSameAs(SPANISH);
        assertThat(Language.accepted("de, en-GB;q=0.5")).isSameAs(Language.english());
        assertThat(Language.accepted("de, es;q=0, fr")).isNull();
        assertThat(Language.accepted("!!!;;q=x")).isNull();
        assertThat(Language.accepted(null)).isNull();
        assertThat(Language.of("ES")).isSameAs(SPANISH);
        assertThat(Language.of("und")).isNull();
        assertThat(SPANISH.name()).isEqualTo("Español");
        assertThat(SPANISH.locale()).isEqualTo(Locale.of("es"));
    }

    @Test
    void isSaidInTheLanguageThatIsBound() {
        assertThat(Words.say("page.catalog")).isEqualTo("Catalog");
        var said = Words.in(SPANISH, () -> Words.say("page.catalog"));
        assertThat(said).isEqualTo("Catálogo");
        assertThat(Words.language()).isSameAs(Language.english());
    }
}
