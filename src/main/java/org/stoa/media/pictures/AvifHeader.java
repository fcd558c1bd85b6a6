package org.stoa.media.pictures;

import java.io.IOException;

/** AVIF, in the boxes of ISO 14496-12: the largest size that is said, and whether it is turned. */
final class AvifHeader {
    private static final int MOST_BOXES = 10_000;

    private final PictureBytes bytes;
    private int boxes;
    private long width;
    private long height;
    private boolean turned;

    private AvifHeader(PictureBytes bytes) {
        this.bytes = bytes;
    }

    static PictureHeader read(PictureBytes bytes) throws IOException {
        var header = new AvifHeader(bytes);
        header.boxes(0, bytes.size());
        var found =
                new PictureHeader(
                        PictureFormat.AVIF,
                        PngHeader.number(header.width),
                        PngHeader.number(header.height),
                        1);
        return header.turned ? found.turned(6) : found;
    }

    private void boxes(long from, long to) throws IOException {
        long at = from;
        while (at + 8 <= to && boxes++ < MOST_BOXES) {
            long length = bytes.u32(at);
            long head = 8;
            if (length == 1) {
                length = bytes.u32(at + 8) << 32 | bytes.u32(at + 12);
                head = 16;
            }
            long end = length == 0 ? to : Math.min(to, at + length);
            if (length != 0 && length < head) {
                return;
            }
            switch (bytes.name(at + 4)) {
                case "meta" -> boxes(at + head + 4, end);
                case "iprp", "ipco" -> boxes(at + head, end);
                case "ispe" -> size(at + head + 4);
                case "irot" -> turned = (bytes.u8(at + head) & 1) == 1;
                default -> {}
            }
            at = end;
        }
    }

    private void size(long at) throws IOException {
        long wide = bytes.u32(at);
        long high = bytes.u32(at + 4);
        if (wide * high > width * height) {
            width = wide;
            height = high;
        }
    }
}
