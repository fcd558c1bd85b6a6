package org.stoa.media.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures as people send them, and as nobody should. */
public final class Hostile {
    private Hostile() {}

    /** A gradient, so that no encoder makes nothing of it. */
    public static BufferedImage drawn(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int noise = (x * 31 + y * 17) % 23;
                image.setRGB(
                        x, y, new Color(255 * x / width, 255 * y / height, 100 + noise).getRGB());
            }
        }
        return image;
    }

    public static byte[] picture(String format, int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(drawn(width, height), format, bytes);
        return bytes.toByteArray();
    }

    /** Says it is 50,000 pixels wide and high, in less than a hundred bytes. */
    public static byte[] bomb() {
        var header = ByteBuffer.allocate(13).putInt(50_000).putInt(50_000);
        header.put((byte) 8).put((byte) 2);
        return join(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'},
                chunk("IHDR", header.array()),
                chunk("IDAT", new byte[] {1, 2, 3}),
                chunk("IEND", new byte[0]));
    }

    private static byte[] chunk(String name, byte[] content) {
        var crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.US_ASCII));
        crc.update(content);
        return ByteBuffer.allocate(content.length + 12)
                .putInt(content.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    /** A JPEG of a phone that was held upright, which says where it was taken. */
    public static byte[] fromAPhone(int width, int height) throws IOException {
        var jpeg = picture("jpg", width, height);
        var tiff = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put("II".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        tiff.putShort((short) 2);
        entry(tiff, 0x0112, 3, 1, 6);
        entry(tiff, 0x8825, 4, 1, 8 + 2 + 24 + 4);
        tiff.putInt(0);
        tiff.putShort((short) 2);
        entry(tiff, 1, 2, 2, 'N');
        entry(tiff, 0x1D, 2, 20, 100);
        tiff.putInt(0);
        tiff.position(100);
        tiff.put("GPS-SECRET-52.5200N\0".getBytes(StandardCharsets.US_ASCII));
        var content = join("Exif\0\0".getBytes(StandardCharsets.US_ASCII), tiff.array());
        var segment =
                ByteBuffer.allocate(content.length + 4)
                        .put((byte) 0xFF)
                        .put((byte) 0xE1)
                        .putShort((short) (content.length + 2))
                        .put(content)
                        .array();
        return join(Arrays.copyOf(jpeg, 2), segment, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /** Moves from one colour to the other. */
    public static byte[] moving(int width, int height, int frames) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersBySuffix("gif").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < frames; i++) {
                var frame = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED);
                var brush = frame.createGraphics();
                brush.setColor(i % 2 == 0 ? Color.RED : Color.BLUE);
                brush.fillRect(i * 3 % width, 0, width / 2, height);
                brush.dispose();
                writer.writeToSequence(
                        new javax.imageio.IIOImage(frame, null, null),
                        writer.getDefaultWriteParam());
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    public static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
