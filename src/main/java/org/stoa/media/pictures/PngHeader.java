package org.stoa.media.pictures;

import static org.stoa.shared.Words.say;

import java.io.IOException;

/** PNG (ISO 15948). */
final class PngHeader {
    private static final int FIRST_CHUNK = 8;
    private static final int AROUND = 12;

    private PngHeader() {}

    static PictureHeader read(PictureBytes bytes) throws IOException {
        if (!bytes.name(FIRST_CHUNK + 4).equals("IHDR")) {
            throw new NoPicture(say("media.broken.png"));
        }
        long width = bytes.u32(16);
        long height = bytes.u32(20);
        int orientation = 1;
        long at = FIRST_CHUNK;
        while (at + AROUND <= bytes.size()) {
            long length = bytes.u32(at);
            var name = bytes.name(at + 4);
            if (name.equals("acTL") && length >= 8 && bytes.u32(at + 8) > 1) {
                throw new NoPicture(say("media.apng"));
            } else if (name.equals("eXIf")) {
                orientation = Exif.orientation(bytes, at + 8);
            } else if (name.equals("IDAT") || name.equals("IEND")) {
                break;
            }
            at += length + AROUND;
        }
        return new PictureHeader(PictureFormat.PNG, number(width), number(height), 1)
                .turned(orientation);
    }

    /** What is beyond a number is beyond any limit as well. */
    static int number(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }
}
