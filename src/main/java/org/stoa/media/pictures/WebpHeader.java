package org.stoa.media.pictures;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.nio.ByteOrder;

/** WebP (RFC 9649): plain, lossless and extended. */
final class WebpHeader {
    private static final int FIRST_CHUNK = 12;
    private static final int MOST_CHUNKS = 100_000;

    private WebpHeader() {}

    static PictureHeader read(PictureBytes bytes) throws IOException {
        long body = FIRST_CHUNK + 8;
        return switch (bytes.name(FIRST_CHUNK)) {
            case "VP8X" -> extended(bytes, body);
            case "VP8L" -> {
                long bits = bytes.u32(body + 1, ByteOrder.LITTLE_ENDIAN);
                yield still((int) (bits & 0x3FFF) + 1, (int) (bits >> 14 & 0x3FFF) + 1);
            }
            case "VP8 " ->
                    still(
                            bytes.u16(body + 6, ByteOrder.LITTLE_ENDIAN) & 0x3FFF,
                            bytes.u16(body + 8, ByteOrder.LITTLE_ENDIAN) & 0x3FFF);
            default -> throw new NoPicture(say("media.broken.webp"));
        };
    }

    private static PictureHeader still(int width, int height) {
        return new PictureHeader(PictureFormat.WEBP, width, height, 1);
    }

    private static PictureHeader extended(PictureBytes bytes, long body) throws IOException {
        int width = bytes.u24le(body + 4) + 1;
        int height = bytes.u24le(body + 7) + 1;
        int frames = 0;
        int orientation = 1;
        long at = FIRST_CHUNK;
        for (int i = 0; i < MOST_CHUNKS && at + 8 <= bytes.size(); i++) {
            long length = bytes.u32(at + 4, ByteOrder.LITTLE_ENDIAN);
            var name = bytes.name(at);
            if (name.equals("ANMF")) {
                frames++;
            } else if (name.equals("EXIF")) {
                orientation = Exif.orientation(bytes, tiff(bytes, at + 8));
            }
            at += 8 + length + (length & 1);
        }
        return new PictureHeader(PictureFormat.WEBP, width, height, Math.max(1, frames))
                .turned(orientation);
    }

    /** Some programs write the name that stands before it in a JPEG. */
    private static long tiff(PictureBytes bytes, long at) throws IOException {
        return at + 6 < bytes.size() && bytes.name(at).equals("Exif") ? at + 6 : at;
    }
}
