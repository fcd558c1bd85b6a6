package org.stoa.media.pictures;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The widths and formats in which a picture is given out. They follow from its header alone, so a
 * page can name them before they are made.
 *
 * @param width of the picture itself
 */
public record PictureSizes(PictureFormat format, int width, boolean moving) {
    /** A phone's column; twice that, or a lesson's; twice a lesson's. In pixels. */
    private static final int[] LADDER = {360, 720, 1136};

    private static final int WIDEST = LADDER[LADDER.length - 1];

    /** For looking at it alone. */
    private static final int FULL = 2272;

    /** From narrow to wide; never wider than the picture. What moves keeps its size. */
    public List<Integer> widths() {
        if (moving) {
            return List.of(width);
        }
        int most = Math.min(width, WIDEST);
        return IntStream.concat(IntStream.of(LADDER).filter(it -> it < most), IntStream.of(most))
                .boxed()
                .toList();
    }

    /** Of the one to look at alone. */
    public int full() {
        return moving ? width : Math.min(width, FULL);
    }

    /** The best first; the last is one that every browser shows. */
    public List<PictureFormat> formats() {
        return moving ? List.of(format) : List.of(PictureFormat.AVIF, PictureFormat.WEBP, plain());
    }

    public PictureFormat plain() {
        if (moving) {
            return format;
        }
        return format == PictureFormat.JPEG ? PictureFormat.JPEG : PictureFormat.PNG;
    }

    public boolean has(int wanted, PictureFormat in) {
        return formats().contains(in) && (widths().contains(wanted) || full() == wanted);
    }
}
