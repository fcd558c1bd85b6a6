package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Compares a page's picture with one that a person has looked at: small and grey, so that another
 * version of a face or a date is no difference, and a part that is missing, moved or uncoloured is.
 * The approved ones stand under {@code src/test/screens}. To approve what a run has drawn, look at
 * {@code target/screens}, then run it once more with {@code -Dstoa.screens=approve}. With {@code
 * -Dstoa.screens=keep} every page is drawn, also those that are not compared.
 */
final class Approved {
    private static final Path FOLDER = Path.of("src/test/screens");
    private static final String WISH = System.getProperty("stoa.screens", "");
    private static final boolean APPROVES = WISH.equals("approve");
    private static final int WIDTH = 128;
    private static final int TALLEST = 320;
    // Of 255: less is another shade of the same.
    private static final int NOTICED = 28;
    private static final double MOST_DIFFERENT = .05;
    private static final int ROWS_MORE_OR_LESS = 12;

    // A page does without a face of its own that is not there in time; its picture waits for it.
    private static final String WITH_ITS_FACES =
            """
            async () => {
              const inner = (rules) => [...rules].flatMap((it) => it.cssRules ? inner(it.cssRules) : it);
              for (const sheet of document.styleSheets) {
                for (const { style } of inner(sheet.cssRules).filter((it) => it instanceof CSSFontFaceRule)) {
                  const says = (name) => style.getPropertyValue(name).replaceAll('"', "");
                  const url = new URL(says("src").match(/url\\(([^)]+)/)[1], sheet.href);
                  const face = new FontFace(says("font-family"), `url(${url})`,
                    { weight: says("font-weight"), style: says("font-style") || "normal" });
                  document.fonts.add(await face.load());
                }
              }
            }
            """;

    private Approved() {}

    /** Whether pictures are wanted that nothing compares: drawing them takes minutes. */
    static boolean keepsAll() {
        return !WISH.isEmpty();
    }

    /** Draws what is seen of a page, or all of it, as it is once its faces are there. */
    static void draw(Page page, boolean whole, Path picture) {
        page.evaluate(WITH_ITS_FACES);
        page.screenshot(new ScreenshotOptions().setFullPage(whole).setPath(picture));
    }

    static void compare(String name, Path picture) {
        try {
            var seen = small(ImageIO.read(picture.toFile()));
            var file = FOLDER.resolve(name + ".png");
            if (APPROVES) {
                Files.createDirectories(FOLDER);
                ImageIO.write(seen, "png", file.toFile());
            }
            assertThat(file).as("a picture of " + name + " that somebody approved").exists();
            var approved = ImageIO.read(file.toFile());
            assertThat(seen.getHeight())
                    .as("rows of " + name)
                    .isBetween(
                            approved.getHeight() - ROWS_MORE_OR_LESS,
                            approved.getHeight() + ROWS_MORE_OR_LESS);
            assertThat(different(seen, approved))
                    .as("%s differs from the approved picture, see %s", name, picture)
                    .isLessThan(MOST_DIFFERENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage small(BufferedImage page) {
        int height = Math.max(1, page.getHeight() * WIDTH / page.getWidth());
        var scaled = page.getScaledInstance(WIDTH, height, Image.SCALE_AREA_AVERAGING);
        var small =
                new BufferedImage(WIDTH, Math.min(height, TALLEST), BufferedImage.TYPE_BYTE_GRAY);
        var to = small.createGraphics();
        to.drawImage(scaled, 0, 0, null);
        to.dispose();
        return small;
    }

    /** The share of the pixels that both have and that differ. */
    private static double different(BufferedImage one, BufferedImage other) {
        int rows = Math.min(one.getHeight(), other.getHeight());
        int different = 0;
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int a = one.getRaster().getSample(x, y, 0);
                int b = other.getRaster().getSample(x, y, 0);
                different += Math.abs(a - b) > NOTICED ? 1 : 0;
            }
        }
        return (double) different / (rows * WIDTH);
    }
}
