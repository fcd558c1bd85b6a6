package org.stoa.media;

import java.util.List;

/**
 * A picture as a page names it.
 *
 * @param src in a format that every browser shows
 * @param width in CSS pixels, 0 if not known
 * @param height in CSS pixels, 0 if not known
 * @param sources smaller ones, the best format first; empty where there is only {@code src}
 */
public record WebPicture(String src, int width, int height, List<Source> sources) {
    /**
     * @param type the media type
     * @param srcset addresses with their widths
     */
    public record Source(String type, String srcset) {}

    public static WebPicture at(String src) {
        return new WebPicture(src, 0, 0, List.of());
    }
}
