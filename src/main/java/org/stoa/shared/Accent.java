package org.stoa.shared;

import java.util.List;
import org.stoa.shared.Colour.Tone;

/**
 * A school's colour as pages take it: its hue, and as vivid as it is, in lightnesses at which it is
 * read in either theme, as text and with text on it. The other colours of {@code tokens.css} stay.
 */
public record Accent(Tones light, Tones dark) {
    /** Stoa's own on paper, which schools have that chose none. */
    public static final Colour STOAS_OWN = Colour.of("#0b5394");

    // Browsers round otherwise than we do.
    private static final double ENOUGH = Colour.READABLE + .1;
    private static final double STEP = .005;
    private static final double STRONGER = .07;
    // Neither black nor white, and room for what is stronger.
    private static final double DARKEST = .2;
    private static final double LIGHTEST = .95;

    /** What text in the colour stands on in {@code tokens.css}: sheets, and what was said there. */
    private static final List<Colour> PAPERS =
            List.of(
                    Colour.of(new Tone(.981, .007, 88)),
                    Colour.of(new Tone(.996, .003, 90)),
                    Colour.of(new Tone(.955, .01, 86)),
                    Colour.of(new Tone(.95, .025, 155)),
                    Colour.of(new Tone(.95, .04, 85)),
                    Colour.of(new Tone(.95, .022, 28)));

    private static final List<Colour> NIGHTS =
            List.of(
                    Colour.of(new Tone(.212, .014, 262)),
                    Colour.of(new Tone(.248, .016, 262)),
                    Colour.of(new Tone(.182, .013, 262)),
                    Colour.of(new Tone(.28, .035, 155)),
                    Colour.of(new Tone(.29, .035, 75)),
                    Colour.of(new Tone(.28, .04, 28)));

    /**
     * The colours of one theme.
     *
     * @param accent of links, buttons and marks
     * @param strong of the same under the pointer
     * @param wash beneath what is chosen
     * @param match beneath what was searched for
     */
    public record Tones(Colour accent, Colour strong, Colour wash, Colour match) {}

    public static Accent of(Colour school) {
        var tone = school.tone();
        var own = tone.withLightness(Math.clamp(tone.lightness(), DARKEST, LIGHTEST));
        return new Accent(onPaper(own), atNight(own));
    }

    private static Tones onPaper(Tone own) {
        var wash = faint(own, .945, .2, .03);
        var accent = readable(own, -STEP, PAPERS, wash);
        var strong = accent.withLightness(accent.lightness() - STRONGER);
        return new Tones(Colour.of(accent), Colour.of(strong), wash, faint(own, .87, .56, .08));
    }

    private static Tones atNight(Tone own) {
        var wash = faint(own, .29, .4, .045);
        var accent = readable(own, STEP, NIGHTS, wash);
        // A light one has no room above it.
        boolean room = accent.lightness() + STRONGER <= LIGHTEST;
        var strong = accent.withLightness(accent.lightness() + (room ? STRONGER : -STRONGER));
        return new Tones(Colour.of(accent), Colour.of(strong), wash, faint(own, .39, .8, .08));
    }

    private static Colour faint(Tone own, double lightness, double share, double most) {
        return Colour.of(new Tone(lightness, Math.min(own.chroma() * share, most), own.hue()));
    }

    /** The nearest tone that is read everywhere: black or white is at the end of the way. */
    private static Tone readable(Tone own, double step, List<Colour> grounds, Colour wash) {
        var tone = own;
        while (!isRead(Colour.of(tone), grounds, wash)) {
            tone = tone.withLightness(tone.lightness() + step);
        }
        return tone;
    }

    private static boolean isRead(Colour colour, List<Colour> grounds, Colour wash) {
        return colour.contrast(wash) >= ENOUGH
                && grounds.stream().allMatch(ground -> colour.contrast(ground) >= ENOUGH);
    }
}
