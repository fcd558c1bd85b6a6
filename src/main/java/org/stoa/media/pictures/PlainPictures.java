package org.stoa.media.pictures;

import static org.stoa.shared.Words.say;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPReader;
import com.luciad.imageio.webp.WebPWriteParam;
import com.luciad.imageio.webp.WebPWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.FileImageOutputStream;

/** Stills in JPEG, PNG and WebP. */
final class PlainPictures {
    private static final float QUALITY = 0.8f;

    private PlainPictures() {}

    static void make(Path picture, PictureHeader header, int width, Map<PictureFormat, Path> into)
            throws IOException {
        boolean lying = header.orientation() >= 5;
        int height = Math.max(1, Math.round((float) header.height() * width / header.width()));
        var read =
                header.format() == PictureFormat.WEBP
                        ? webp(picture)
                        : read(picture, header, lying ? height : width);
        boolean clear = header.format() != PictureFormat.JPEG;
        var made = scaled(read, header.orientation(), width, height, clear);
        for (var one : into.entrySet()) {
            write(made, one.getKey(), one.getValue());
        }
    }

    /** Leaves out rows and columns where many more are there than are wanted. */
    private static BufferedImage read(Path picture, PictureHeader header, int wanted)
            throws IOException {
        var reader = ImageIO.getImageReadersBySuffix(header.format().ending()).next();
        try (var in = new FileImageInputStream(picture.toFile())) {
            reader.setInput(in, true, true);
            int step = Math.max(1, reader.getWidth(0) / (2 * Math.max(1, wanted)));
            var how = reader.getDefaultReadParam();
            how.setSourceSubsampling(step, step, 0, 0);
            return decoded(reader, how);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage webp(Path picture) throws IOException {
        var reader = new WebPReader(new WebPImageReaderSpi());
        try (var in = new FileImageInputStream(picture.toFile())) {
            reader.setInput(in, true, true);
            return decoded(reader, reader.getDefaultReadParam());
        } finally {
            reader.dispose();
        }
    }

    /** Readers fail in many ways over a broken file. */
    private static BufferedImage decoded(ImageReader reader, ImageReadParam how)
            throws IOException {
        try {
            return reader.read(0, how);
        } catch (IOException | RuntimeException broken) {
            throw (IOException) new NoPicture(say("media.broken")).initCause(broken);
        }
    }

    private static BufferedImage scaled(
            BufferedImage from, int orientation, int width, int height, boolean clear) {
        boolean alpha = clear && from.getColorModel().hasAlpha();
        var made =
                new BufferedImage(
                        width,
                        height,
                        alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = made.createGraphics();
        try {
            if (!alpha) {
                brush.setColor(Color.WHITE);
                brush.fillRect(0, 0, width, height);
            }
            brush.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            var place = upright(orientation, width, height);
            boolean lying = orientation >= 5;
            place.scale(
                    (double) (lying ? height : width) / from.getWidth(),
                    (double) (lying ? width : height) / from.getHeight());
            brush.drawImage(from, place, null);
        } finally {
            brush.dispose();
        }
        return alpha && opaque(made) ? scaled(made, 1, width, height, false) : made;
    }

    /** Many programs write how clear each place is where none is. */
    private static boolean opaque(BufferedImage picture) {
        var row = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                if (pixel >>> 24 != 0xFF) {
                    return false;
                }
            }
        }
        return true;
    }

    /** From the picture as it lies to the picture as it is seen, of this size. */
    private static AffineTransform upright(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, width, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, width, height);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, height);
            default -> new AffineTransform();
        };
    }

    private static void write(BufferedImage picture, PictureFormat format, Path to)
            throws IOException {
        var writer =
                format == PictureFormat.WEBP
                        ? new WebPWriter(new WebPImageWriterSpi())
                        : ImageIO.getImageWritersBySuffix(format.ending()).next();
        try (var out = new FileImageOutputStream(to.toFile())) {
            writer.setOutput(out);
            var how = writer.getDefaultWriteParam();
            if (how instanceof WebPWriteParam webp) {
                webp.setCompressionType(CompressionType.Lossy);
                webp.setCompressionQuality(QUALITY);
            } else if (format == PictureFormat.JPEG) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
    }
}
