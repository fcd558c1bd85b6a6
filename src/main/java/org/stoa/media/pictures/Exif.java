package org.stoa.media.pictures;

import java.io.IOException;
import java.nio.ByteOrder;

/** The one thing wanted from what a camera wrote: how it was held. */
final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int MOST_ENTRIES = 1_000;

    private Exif() {}

    /**
     * From 1 (upright) to 8; from 5 on, width and height change places.
     *
     * @param start of the TIFF header
     */
    static int orientation(PictureBytes bytes, long start) throws IOException {
        try {
            var order = bytes.u8(start) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            long directory = start + bytes.u32(start + 4, order);
            int entries = Math.min(MOST_ENTRIES, bytes.u16(directory, order));
            for (int i = 0; i < entries; i++) {
                long entry = directory + 2 + 12L * i;
                if (bytes.u16(entry, order) == ORIENTATION) {
                    int said = bytes.u16(entry + 8, order);
                    return said >= 1 && said <= 8 ? said : 1;
                }
            }
            return 1;
        } catch (PictureBytes.Ended broken) {
            return 1;
        }
    }
}
