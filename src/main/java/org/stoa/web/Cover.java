package org.stoa.web;

import java.util.Locale;

/**
 * The cover of a course that has no picture: a cloth and one line drawing, always the same ones for
 * the same course.
 *
 * @param cloth {@code sea}, {@code ink}, {@code clay}, {@code olive}, {@code sand} or {@code mist}
 * @param drawing SVG markup without any style of its own
 */
public record Cover(String cloth, String drawing) {
    private static final String[] CLOTHS = {"sea", "sand", "ink", "clay", "olive", "mist"};

    /**
     * @param slug decides cloth and drawing
     * @param title lends its first letter where the drawing is a letter
     */
    public static Cover of(String slug, String title) {
        int seed = scattered(slug.hashCode());
        var cloth = CLOTHS[Math.floorMod(seed, CLOTHS.length)];
        int kind = Math.floorMod(seed >>> 8, Drawing.KINDS + 1);
        int variant = Math.floorMod(seed >>> 16, Drawing.VARIANTS);
        return new Cover(cloth, kind == Drawing.KINDS ? letter(title) : Drawing.of(kind, variant));
    }

    private static String letter(String title) {
        int first = title.codePoints().filter(Character::isLetterOrDigit).findFirst().orElse('a');
        var letter = new String(Character.toChars(first)).toLowerCase(Locale.ROOT);
        return "<svg class=\"drawing\" viewBox=\"0 0 240 190\" aria-hidden=\"true\">"
                + "<path d=\"M6 36H234M6 132H234\"/><path class=\"faint\" d=\"M6 180H234\"/>"
                + "<path class=\"solid\" d=\"M6 33v6M234 33v6M6 129v6M234 129v6\"/>"
                + "<text x=\"120\" y=\"132\" text-anchor=\"middle\" font-size=\"196\">"
                + letter
                + "</text></svg>";
    }

    private static int scattered(int hash) {
        int h = hash + 0x9E3779B1;
        h = (h ^ (h >>> 16)) * 0x85EBCA6B;
        h = (h ^ (h >>> 13)) * 0xC2B2AE35;
        return h ^ (h >>> 16);
    }
}
