package org.stoa.media.pictures;

import java.io.IOException;
import java.nio.ByteOrder;

/** Whether a picture goes on to where it says it ends. Decoders paint what is missing grey. */
final class PictureEnd {
    private static final int MARK = 0xFF;

    private PictureEnd() {}

    static boolean missing(PictureBytes bytes, PictureFormat format) throws IOException {
        try {
            return switch (format) {
                case PNG -> png(bytes);
                case JPEG -> jpeg(bytes);
                case GIF -> !GifHeader.ends(bytes);
                case WEBP -> webp(bytes);
                case AVIF -> avif(bytes);
            };
        } catch (PictureBytes.Ended e) {
            return true;
        }
    }

    private static boolean png(PictureBytes bytes) throws IOException {
        long at = 8;
        while (!bytes.name(at + 4).equals("IEND")) {
            at += bytes.u32(at) + 12;
        }
        return at + 12 > bytes.size();
    }

    /** Segments are passed by their length, so that the end of a thumbnail is not taken for it. */
    private static boolean jpeg(PictureBytes bytes) throws IOException {
        long at = 2;
        while (true) {
            if (bytes.u8(at) != MARK || bytes.u8(at + 1) == MARK) {
                at++;
                continue;
            }
            int kind = bytes.u8(at + 1);
            if (kind == 0xD9) {
                return false;
            }
            boolean alone = kind <= 0x01 || (kind >= 0xD0 && kind <= 0xD8);
            at += alone ? 2 : 2 + Math.max(2, bytes.u16(at + 2));
        }
    }

    /** Some programs count a last even byte that they do not write. */
    private static boolean webp(PictureBytes bytes) throws IOException {
        return bytes.size() + 1 < 8 + bytes.u32(4, ByteOrder.LITTLE_ENDIAN);
    }

    private static boolean avif(PictureBytes bytes) throws IOException {
        long at = 0;
        while (at < bytes.size()) {
            long length = bytes.u32(at);
            if (length == 0) {
                return false; // as long as the file is
            }
            if (length == 1) {
                length = bytes.u32(at + 8) << 32 | bytes.u32(at + 12);
            }
            if (length < 8 || length > bytes.size() - at) {
                return true;
            }
            at += length;
        }
        return false;
    }
}
