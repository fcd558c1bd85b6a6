package org.stoa.media.pictures;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a picture says of itself before any of it is decoded.
 *
 * @param width in pixels, as it is to be seen: turned as its maker's camera was held
 * @param height likewise
 * @param frames 1 unless it moves
 * @param orientation how the camera was held, as EXIF counts it: 1 for upright
 */
public record PictureHeader(
        PictureFormat format, int width, int height, int frames, int orientation) {
    /** Of one picture; more than any camera in a pocket makes. */
    static final long MOST_PIXELS = 60_000_000;

    /** Of all the frames of one that moves. */
    static final long MOST_MOVING_PIXELS = 60_000_000;

    static final int LONGEST_SIDE = 30_000;

    public boolean moving() {
        return frames > 1;
    }

    /**
     * Empty where the bytes do not begin as a picture does.
     *
     * @throws NoPicture when they do, and are broken, or would become too much when decoded
     */
    public static Optional<PictureHeader> read(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(PictureFormat.HEAD);
        }
        var format = PictureFormat.of(head).orElse(null);
        if (format == null) {
            return Optional.empty();
        }
        try (var bytes = new PictureBytes(file)) {
            var header =
                    switch (format) {
                        case PNG -> PngHeader.read(bytes);
                        case JPEG -> JpegHeader.read(bytes);
                        case GIF -> GifHeader.read(bytes);
                        case WEBP -> WebpHeader.read(bytes);
                        case AVIF -> AvifHeader.read(bytes);
                    };
            return Optional.of(header.sensible());
        } catch (PictureBytes.Ended e) {
            throw new NoPicture(say("media.broken.ends"));
        }
    }

    /**
     * As {@link #read}, of a picture that nobody has seen yet: all of it must be there.
     *
     * @throws NoPicture when its end is missing, too
     */
    public static Optional<PictureHeader> whole(Path file) throws IOException {
        var header = read(file);
        if (header.isPresent()) {
            try (var bytes = new PictureBytes(file)) {
                if (PictureEnd.missing(bytes, header.get().format())) {
                    throw new NoPicture(say("media.broken.cut"));
                }
            }
        }
        return header;
    }

    PictureHeader(PictureFormat format, int width, int height, int frames) {
        this(format, width, height, frames, 1);
    }

    PictureHeader turned(int how) {
        return how >= 5
                ? new PictureHeader(format, height, width, frames, how)
                : new PictureHeader(format, width, height, frames, how);
    }

    private PictureHeader sensible() throws NoPicture {
        if (width < 1 || height < 1) {
            throw new NoPicture(say("media.broken.noSize"));
        }
        long pixels = (long) width * height;
        if (width > LONGEST_SIDE || height > LONGEST_SIDE || pixels > MOST_PIXELS) {
            throw new NoPicture(
                    "The picture is %,d × %,d pixels, more than can be shown. Make it smaller."
                            .formatted(width, height));
        }
        if (moving() && pixels * frames > MOST_MOVING_PIXELS) {
            throw new NoPicture(
                    "The picture moves through %,d frames of %,d × %,d pixels, too many for a page."
                                    .formatted(frames, width, height)
                            + " A short film (MP4) is smaller.");
        }
        return this;
    }
}
