package org.stoa.catalog;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.FileImageInputStream;

/**
 * How large a picture is, as its own header says: nothing is decoded. Zero where it does not say,
 * as in drawings that scale, or where nobody here knows the format.
 */
record PictureSize(int width, int height) {
    private static final PictureSize UNKNOWN = new PictureSize(0, 0);

    static PictureSize of(Path file, String mediaType) {
        if (!mediaType.startsWith("image/") || mediaType.contains("svg")) {
            return UNKNOWN;
        }
        try (var in = new FileImageInputStream(file.toFile())) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return UNKNOWN;
            }
            var reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return new PictureSize(reader.getWidth(0), reader.getHeight(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException damaged) {
            // Readers fail in many ways over a broken file; the page only lacks its size.
            return UNKNOWN;
        }
    }
}
