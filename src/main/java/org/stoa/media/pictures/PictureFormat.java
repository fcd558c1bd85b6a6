package org.stoa.media.pictures;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The formats of pictures made of pixels that are taken in and given out. */
public enum PictureFormat {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp"),
    AVIF("image/avif", "avif");

    /** As many of a file's first bytes as {@link #of} needs. */
    static final int HEAD = 32;

    private final String mediaType;
    private final String ending;

    PictureFormat(String mediaType, String ending) {
        this.mediaType = mediaType;
        this.ending = ending;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of a file's name, without the dot. */
    public String ending() {
        return ending;
    }

    public static Optional<PictureFormat> ofEnding(String ending) {
        for (var format : values()) {
            if (format.ending.equals(ending) || (format == JPEG && ending.equals("jpeg"))) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** By the bytes that a file of this format begins with, whatever it is called. */
    static Optional<PictureFormat> of(byte[] head) {
        var text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        // Of the same family, HEIC has other brands; an AVIF may name itself second.
        boolean family = text.startsWith("ftyp", 4);
        boolean avif = family && (text.startsWith("avi", 8) || text.indexOf("avif", 16) > 0);
        return avif ? Optional.of(AVIF) : Optional.empty();
    }
}
