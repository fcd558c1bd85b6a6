package org.stoa.catalog.sharing;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Component;
import org.stoa.web.Cover;

/** A course's picture where somebody shares its address: its cover, laid on its side. */
@Component
class SocialCard {
    static final int WIDTH = 1200;
    static final int HEIGHT = 630;

    private static final int MARGIN = 72;
    private static final int SPINE = 22;
    private static final double WIDEST = 520;
    private static final int MOST_LINES = 5;
    private static final double[] SIZES = {76, 66, 58, 50, 44, 38};

    // The light tokens of src/main/css/tokens.css, as sRGB.
    private static final Color FOIL = new Color(0xfbf2e3);
    private static final Color FOIL_DARK = new Color(0x192130);
    private static final Map<String, Color> CLOTHS =
            Map.of(
                    "sea", new Color(0x1a4a7c),
                    "ink", new Color(0x1e2738),
                    "clay", new Color(0x96422c),
                    "olive", new Color(0x47522c),
                    "sand", new Color(0xe9dabd),
                    "mist", new Color(0xc7dceb));
    private static final Pattern LETTER = Pattern.compile("<text[^>]*>([^<]*)</text>");

    private final Lettering lettering;

    SocialCard() throws IOException {
        lettering = new Lettering();
    }

    /** A PNG of {@link #WIDTH} by {@link #HEIGHT} pixels. */
    byte[] draw(String slug, String title, String school) {
        var cover = Cover.of(slug, title);
        var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var to = picture.createGraphics();
        try {
            to.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            to.setRenderingHint(
                    RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            var foil = cloth(to, cover.cloth());
            drawing(to, cover, foil);
            to.setColor(foil);
            words(to, title, school);
            var png = new ByteArrayOutputStream(48_000);
            ImageIO.write(picture, "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            to.dispose();
        }
    }

    /** The cloth with its spine; the colour of what is printed on it. */
    private static Color cloth(Graphics2D to, String name) {
        var cloth = Objects.requireNonNull(CLOTHS.get(name));
        to.setColor(cloth);
        to.fillRect(0, 0, WIDTH, HEIGHT);
        to.setColor(new Color(0, 0, 0, 36));
        to.fillRect(0, 0, SPINE, HEIGHT);
        return name.equals("sand") || name.equals("mist") ? FOIL_DARK : FOIL;
    }

    private void drawing(Graphics2D to, Cover cover, Color foil) throws IOException {
        var letter = LETTER.matcher(cover.drawing());
        boolean lettered = letter.find();
        var place = new ViewBox(620, 96, 528, 418);
        parsed(letter.replaceAll(""), foil).render((java.awt.Component) null, to, place);
        if (lettered && lettering.knows(letter.group(1))) {
            double scale = place.width / 240;
            double size = 196 * scale;
            double x = place.x + 120 * scale - lettering.width(letter.group(1), size) / 2;
            to.setColor(foil);
            lettering.draw(to, letter.group(1), size, x, place.y + 132 * scale);
        }
    }

    /** The cover's drawing with the strokes that its stylesheet gives it in a page. */
    private static SVGDocument parsed(String drawing, Color foil) {
        var colour = "#%06x".formatted(foil.getRGB() & 0xffffff);
        var svg =
                drawing.replaceFirst(
                                "<svg[^>]*>",
                                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 190\">"
                                        + "<g fill=\"none\" stroke=\"%s\" stroke-width=\"1.25\">"
                                                .formatted(colour))
                        .replace("</svg>", "</g></svg>")
                        .replace("class=\"faint\"", "stroke-opacity=\".5\"")
                        .replace("class=\"solid\"", "fill=\"" + colour + "\"");
        var read =
                new SVGLoader()
                        .load(
                                new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                                null,
                                LoaderContext.createDefault());
        return Objects.requireNonNull(read, svg);
    }

    /** Words that the face cannot write are left out; the page that is shared says them too. */
    private void words(Graphics2D to, String title, String school) throws IOException {
        if (lettering.knows(title)) {
            title(to, title);
        }
        if (lettering.knows(school)) {
            lettering.draw(to, school, 28, MARGIN, HEIGHT - MARGIN + 8);
        }
    }

    private void title(Graphics2D to, String title) throws IOException {
        for (double size : SIZES) {
            var lines = lettering.lines(title, size, WIDEST);
            boolean last = size == SIZES[SIZES.length - 1];
            if (lines.size() <= MOST_LINES || last) {
                double y = MARGIN + size * .8;
                for (var line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
                    lettering.draw(to, line, size, MARGIN, y);
                    y += size * 1.12;
                }
                return;
            }
        }
    }
}
