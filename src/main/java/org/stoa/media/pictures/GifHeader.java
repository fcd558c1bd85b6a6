package org.stoa.media.pictures;

import java.io.IOException;
import java.nio.ByteOrder;

/** GIF 87a and 89a: its size, and its frames counted. */
final class GifHeader {
    private static final int MOST_FRAMES = 100_000;
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;

    private final PictureBytes bytes;
    private long at;
    private int frames;

    private GifHeader(PictureBytes bytes) {
        this.bytes = bytes;
    }

    static PictureHeader read(PictureBytes bytes) throws IOException {
        int width = bytes.u16(6, ByteOrder.LITTLE_ENDIAN);
        int height = bytes.u16(8, ByteOrder.LITTLE_ENDIAN);
        return new PictureHeader(PictureFormat.GIF, width, height, new GifHeader(bytes).frames());
    }

    /** Whether what it says is there to the last block. */
    static boolean ends(PictureBytes bytes) throws IOException {
        try {
            new GifHeader(bytes).walk();
            return true;
        } catch (PictureBytes.Ended cut) {
            return false;
        }
    }

    private int frames() throws IOException {
        try {
            walk();
        } catch (PictureBytes.Ended cut) {
            // What is there is shown by browsers, too.
        }
        return Math.max(1, frames);
    }

    private void walk() throws IOException {
        at = 13 + colours(bytes.u8(10));
        while (frames < MOST_FRAMES) {
            int kind = bytes.u8(at++);
            if (kind == IMAGE) {
                frames++;
                at += 9 + colours(bytes.u8(at + 8));
                at++; // the size of the codes
                pass();
            } else if (kind == EXTENSION) {
                at++;
                pass();
            } else {
                break;
            }
        }
    }

    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private void pass() throws IOException {
        int length = bytes.u8(at++);
        while (length != 0) {
            at += length;
            length = bytes.u8(at++);
        }
    }
}
