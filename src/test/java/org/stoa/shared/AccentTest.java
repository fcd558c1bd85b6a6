package org.stoa.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stoa.shared.Accent.Tones;
import org.stoa.shared.Colour.Tone;

/** Whatever colour a school chooses, its pages can be read: WCAG 2.2 AA, in both themes. */
class AccentTest {
    private static final double TEXT = 4.5;
    private static final double BORDER = 3;
    private static final List<String> GROUNDS =
            List.of("paper", "leaf", "well", "good-wash", "careful-wash", "bad-wash");
    private static final List<String> INKS =
            List.of("ink", "ink2", "ink3", "good", "careful", "bad");

    private static final String TONE = "oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)";
    private static final Pattern TOKEN =
            Pattern.compile("--([a-z0-9-]+): light-dark\\(" + TONE + ", " + TONE + "\\)");

    /** The tokens of the stylesheet itself, so that a change there is held against this too. */
    private final Map<String, Colour> light = new HashMap<>();

    private final Map<String, Colour> dark = new HashMap<>();

    AccentTest() throws IOException {
        var css = Files.readString(Path.of("src/main/css/tokens.css"));
        TOKEN.matcher(css)
                .results()
                .forEach(it -> {
                    light.put(it.group(1), tone(it.group(2), it.group(3), it.group(4)));
                    dark.put(it.group(1), tone(it.group(5), it.group(6), it.group(7)));
                });
        assertThat(light).containsKeys(GROUNDS.toArray(String[]::new)).containsKey("on-accent");
    }

    private static Colour tone(String lightness, String chroma, String hue) {
        return Colour.of(
                new Tone(
                        Double.parseDouble(lightness),
                        Double.parseDouble(chroma),
                        Double.parseDouble(hue)));
    }

    @Test
    void whateverTheColourItIsReadAndSoIsWhatStandsOnIt() {
        for (var school : colours()) {
            var accent = Accent.of(school);
            read(accent.light(), light, school + " light");
            read(accent.dark(), dark, school + " dark");
        }
    }

    /** All hues in all lightnesses, pale and vivid; greys; black and white; and any others. */
    private static List<Colour> colours() {
        var all = new ArrayList<Colour>();
        for (int hue = 0; hue < 360; hue += 6) {
            for (int step = 0; step <= 20; step++) {
                for (double chroma : new double[] {.01, .05, .12, .2, .4}) {
                    all.add(Colour.of(new Tone(step / 20.0, chroma, hue)));
                }
            }
        }
        for (int grey = 0; grey < 256; grey++) {
            all.add(new Colour(grey, grey, grey));
        }
        var random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            all.add(new Colour(random.nextInt(256), random.nextInt(256), random.nextInt(256)));
        }
        return all;
    }

    private static void read(Tones tones, Map<String, Colour> tokens, String as) {
        for (var ground : GROUNDS) {
            holds(tones.accent(), token(tokens, ground), TEXT, as + " on " + ground);
            holds(tones.strong(), token(tokens, ground), TEXT, as + " strong on " + ground);
        }
        holds(tones.accent(), tones.wash(), TEXT, as + " on its wash");
        holds(tones.strong(), tones.wash(), TEXT, as + " strong on its wash");
        holds(tones.accent(), token(tokens, "rule"), BORDER, as + " along a rule");
        holds(token(tokens, "on-accent"), tones.accent(), TEXT, "words on " + as);
        holds(token(tokens, "on-accent"), tones.strong(), TEXT, "words on strong " + as);
        for (var ink : INKS) {
            holds(token(tokens, ink), tones.wash(), TEXT, ink + " on the wash of " + as);
        }
        holds(token(tokens, "edge"), tones.wash(), BORDER, "an edge on the wash of " + as);
        holds(token(tokens, "ink"), tones.match(), TEXT, "a word found in " + as);
        holds(token(tokens, "ink2"), tones.match(), TEXT, "a quiet word found in " + as);
    }

    private static Colour token(Map<String, Colour> tokens, String name) {
        return Objects.requireNonNull(tokens.get(name), name);
    }

    private static void holds(Colour one, Colour other, double least, String as) {
        if (contrast(one, other) < least) {
            assertThat(contrast(one, other))
                    .as("%s: %s, %s", as, one, other)
                    .isGreaterThanOrEqualTo(least);
        }
    }

    /** As WCAG writes it down, apart from what is tested. */
    private static double contrast(Colour one, Colour other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    }

    private static double luminance(Colour colour) {
        double[] weights = {.2126, .7152, .0722};
        int[] parts = {colour.red(), colour.green(), colour.blue()};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double share = parts[i] / 255.0;
            sum +=
                    weights[i]
                            * (share <= .04045
                                    ? share / 12.92
                                    : Math.pow((share + .055) / 1.055, 2.4));
        }
        return sum;
    }

    @Test
    void aColourThatCanBeReadIsTakenAsItIs() {
        assertThat(Accent.of(Colour.of("#12402b")).light().accent()).hasToString("#12402b");
        assertThat(Accent.of(Colour.of("#ffd54a")).dark().accent()).hasToString("#ffd54a");
    }

    @Test
    void itKeepsItsHue() {
        for (var colour : List.of("#b3261e", "#12402b", "#5b2a86", "#c9a400")) {
            var school = Colour.of(colour);
            var accent = Accent.of(school);
            for (var tones : List.of(accent.light(), accent.dark())) {
                var turned = Math.abs(tones.accent().tone().hue() - school.tone().hue());
                assertThat(Math.min(turned, 360 - turned)).as(colour).isLessThan(4);
            }
        }
    }

    /** Figures of the reference implementations of OKLab and WCAG. */
    @ParameterizedTest
    @CsvSource({
        "#ffffff, 1, 0, 1",
        "#000000, 0, 0, 21",
        "#ff0000, 0.628, 0.2577, 3.998",
        "#00ff00, 0.8664, 0.2948, 1.372",
        "#0000ff, 0.452, 0.3132, 8.592",
        "#777777, 0.5693, 0, 4.478"
    })
    void tonesAndContrastsAreThoseOfTheStandards(
            String colour, double lightness, double chroma, double onWhite) {
        var one = Colour.of(colour);
        assertThat(one.tone().lightness()).isCloseTo(lightness, within(.001));
        assertThat(one.tone().chroma()).isCloseTo(chroma, within(.001));
        assertThat(one.contrast(Colour.of("#ffffff"))).isCloseTo(onWhite, within(.005));
        assertThat(Colour.of(one.tone())).isEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource({
        "#1d5a96, true",
        "#B3261E, true",
        "blue, false",
        "b3261e, false",
        "#b32, false",
        "#b3261g, false",
        "#b3261e00, false",
        "'#b3261e;}', false",
        "'', false"
    })
    void sixDigitsAreAColour(String text, boolean written) {
        assertThat(Colour.written(text)).isEqualTo(written);
        if (written) {
            assertThat(Colour.of(text)).hasToString(text.toLowerCase(java.util.Locale.ROOT));
        }
    }
}
