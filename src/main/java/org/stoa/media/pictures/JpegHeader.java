package org.stoa.media.pictures;

import static org.stoa.shared.Words.say;

import java.io.IOException;

/** JPEG (ITU T.81): its segments up to the first that says how large it is. */
final class JpegHeader {
    private static final int MARK = 0xFF;
    private static final int APP1 = 0xE1;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END = 0xD9;

    private JpegHeader() {}

    static PictureHeader read(PictureBytes bytes) throws IOException {
        int orientation = 1;
        long at = 2;
        while (true) {
            if (bytes.u8(at) != MARK) {
                throw new NoPicture(say("media.broken.jpeg"));
            }
            int kind = bytes.u8(at + 1);
            if (kind == MARK) {
                at++;
                continue;
            }
            if (kind == START_OF_SCAN || kind == END) {
                throw new NoPicture(say("media.broken.jpegSize"));
            }
            int length = bytes.u16(at + 2);
            if (frame(kind)) {
                if (bytes.u8(at + 9) > 3) {
                    throw new NoPicture(say("media.cmyk"));
                }
                return new PictureHeader(
                                PictureFormat.JPEG, bytes.u16(at + 7), bytes.u16(at + 5), 1)
                        .turned(orientation);
            }
            if (kind == APP1 && length > 14 && bytes.name(at + 4).equals("Exif")) {
                orientation = Exif.orientation(bytes, at + 10);
            }
            at += 2 + Math.max(2, length);
        }
    }

    private static boolean frame(int kind) {
        return kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 && kind != 0xCC;
    }
}
