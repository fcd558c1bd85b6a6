package org.stoa.catalog.sharing;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.springframework.core.io.ClassPathResource;

/**
 * Draws words in the house's own face, from its outlines: a server need have no fonts of its own.
 * The face knows the letters of Western European languages.
 */
final class Lettering {
    private final TrueTypeFont face;
    private final CmapLookup glyphs;
    private final double unitsPerEm;

    Lettering() throws IOException {
        try (var file = new ClassPathResource("cards/vollkorn-500.ttf").getInputStream()) {
            face = new TTFParser().parse(new RandomAccessReadBuffer(file));
        }
        glyphs = face.getUnicodeCmapLookup();
        unitsPerEm = face.getUnitsPerEm();
    }

    /** Whether the face has every letter of the words. */
    boolean knows(String words) {
        return words.codePoints().allMatch(letter -> glyphs.getGlyphId(letter) != 0);
    }

    /** In pixels, at a size in pixels. */
    double width(String words, double size) throws IOException {
        double units = 0;
        for (int letter : words.codePoints().toArray()) {
            units += face.getAdvanceWidth(glyphs.getGlyphId(letter));
        }
        return units * size / unitsPerEm;
    }

    /** Breaks words into lines; a word that is wider than the line stands alone and runs over. */
    List<String> lines(String words, double size, double widest) throws IOException {
        var lines = new ArrayList<String>();
        var line = "";
        for (var word : words.strip().split("\\s+")) {
            var longer = line.isEmpty() ? word : line + ' ' + word;
            if (line.isEmpty() || width(longer, size) <= widest) {
                line = longer;
            } else {
                lines.add(line);
                line = word;
            }
        }
        lines.add(line);
        return lines;
    }

    /**
     * @param x where the line begins
     * @param y its baseline
     */
    synchronized void draw(Graphics2D to, String words, double size, double x, double y)
            throws IOException {
        double scale = size / unitsPerEm;
        for (int letter : words.codePoints().toArray()) {
            int glyph = glyphs.getGlyphId(letter);
            var outline = face.getGlyph().getGlyph(glyph);
            if (outline != null) {
                var place = new AffineTransform(scale, 0, 0, -scale, x, y);
                to.fill(place.createTransformedShape(outline.getPath()));
            }
            x += face.getAdvanceWidth(glyph) * scale;
        }
    }
}
