package org.stoa.shared;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A colour as screens show it (sRGB), each part from 0 to 255, and how well it is read: contrast as
 * WCAG 2.2 has it, tones as OKLCH has them, where equal steps look equal.
 */
public record Colour(int red, int green, int blue) {
    /** The contrast that text needs, by WCAG 2.2 AA; large text and borders need 3. */
    public static final double READABLE = 4.5;

    private static final Pattern WRITTEN = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final int HALVINGS = 16;
    // What rounding to whole parts takes back.
    private static final double A_LITTLE = .0005;

    /**
     * A colour as people think of one.
     *
     * @param lightness from 0, black, to 1, white
     * @param chroma how vivid it is, from 0, grey; screens end at about 0.3
     * @param hue in degrees
     */
    public record Tone(double lightness, double chroma, double hue) {
        public Tone withLightness(double other) {
            return new Tone(other, chroma, hue);
        }

        public Tone withChroma(double other) {
            return new Tone(lightness, other, hue);
        }
    }

    /** Whether a text is a colour, as in {@code #1d5a96}. */
    public static boolean written(@Nullable String text) {
        return text != null && WRITTEN.matcher(text).matches();
    }

    /**
     * @param text as in {@code #1d5a96}, in capitals or not
     * @throws IllegalArgumentException when it is not {@link #written} like that
     */
    public static Colour of(String text) {
        if (!written(text)) {
            throw new IllegalArgumentException("No colour: " + text);
        }
        int rgb = Integer.parseInt(text.substring(1), 16);
        return new Colour(rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    /** The colour of this tone; where screens have none so vivid, the most vivid that they have. */
    public static Colour of(Tone tone) {
        if (shown(light(tone))) {
            return rounded(light(tone));
        }
        double shown = 0;
        double tooMuch = tone.chroma();
        for (int i = 0; i < HALVINGS; i++) {
            double half = (shown + tooMuch) / 2;
            if (shown(light(tone.withChroma(half)))) {
                shown = half;
            } else {
                tooMuch = half;
            }
        }
        return rounded(light(tone.withChroma(shown)));
    }

    public Tone tone() {
        double r = linear(red);
        double g = linear(green);
        double b = linear(blue);
        double l = Math.cbrt(.4122214708 * r + .5363325363 * g + .0514459929 * b);
        double m = Math.cbrt(.2119034982 * r + .6806995451 * g + .1073969566 * b);
        double s = Math.cbrt(.0883024619 * r + .2817188376 * g + .6299787005 * b);
        double lightness = .2104542553 * l + .7936177850 * m - .0040720468 * s;
        double greenToRed = 1.9779984951 * l - 2.4285922050 * m + .4505937099 * s;
        double blueToYellow = .0259040371 * l + .7827717662 * m - .8086757660 * s;
        return new Tone(
                lightness,
                Math.hypot(greenToRed, blueToYellow),
                Math.toDegrees(Math.atan2(blueToYellow, greenToRed)));
    }

    /** From 1, where both are the same, to 21, black on white. */
    public double contrast(Colour other) {
        double one = luminance() + .05;
        double another = other.luminance() + .05;
        return Math.max(one, another) / Math.min(one, another);
    }

    private double luminance() {
        return .2126 * linear(red) + .7152 * linear(green) + .0722 * linear(blue);
    }

    /** Red, green and blue as light, from 0 to 1 where screens can show them. */
    private static double[] light(Tone tone) {
        double hue = Math.toRadians(tone.hue());
        double a = tone.chroma() * Math.cos(hue);
        double b = tone.chroma() * Math.sin(hue);
        double l = cubed(tone.lightness() + .3963377774 * a + .2158037573 * b);
        double m = cubed(tone.lightness() - .1055613458 * a - .0638541728 * b);
        double s = cubed(tone.lightness() - .0894841775 * a - 1.2914855480 * b);
        return new double[] {
            4.0767416621 * l - 3.3077115913 * m + .2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - .3413193965 * s,
            -.0041960863 * l - .7034186147 * m + 1.7076147010 * s
        };
    }

    private static boolean shown(double[] light) {
        for (double part : light) {
            if (part < -A_LITTLE || part > 1 + A_LITTLE) {
                return false;
            }
        }
        return true;
    }

    private static Colour rounded(double[] light) {
        return new Colour(part(light[0]), part(light[1]), part(light[2]));
    }

    private static int part(double light) {
        double kept = Math.clamp(light, 0, 1);
        double share = kept <= .0031308 ? kept * 12.92 : 1.055 * Math.pow(kept, 1 / 2.4) - .055;
        return (int) Math.round(share * 255);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= .04045 ? share / 12.92 : Math.pow((share + .055) / 1.055, 2.4);
    }

    private static double cubed(double root) {
        return root * root * root;
    }

    /** As it is written: {@code #1d5a96}. */
    @Override
    public String toString() {
        return "#%06x".formatted(red << 16 | green << 8 | blue);
    }
}
