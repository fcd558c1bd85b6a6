package org.stoa.media;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.stoa.media.pictures.PictureFormat;
import org.stoa.media.pictures.PictureSizes;

/**
 * A file that a school keeps.
 *
 * @param size in bytes
 * @param width in pixels; 0 where it is no picture made of pixels
 * @param moving whether the picture has more than one frame
 * @param released whether learners may have it; else only the school's staff
 */
public record MediaFile(
        String sha256,
        String mediaType,
        long size,
        int width,
        int height,
        boolean moving,
        boolean released) {

    /** A file that was looked at. */
    public static MediaFile of(String sha256, long size, Examined examined) {
        var picture = examined.picture();
        return picture == null
                ? new MediaFile(sha256, examined.mediaType(), size, 0, 0, false, false)
                : new MediaFile(
                        sha256,
                        examined.mediaType(),
                        size,
                        picture.width(),
                        picture.height(),
                        picture.moving(),
                        false);
    }

    /** What is made of it, if it is a picture made of pixels. */
    public Optional<PictureSizes> sizes() {
        if (width == 0) {
            return Optional.empty();
        }
        for (var format : PictureFormat.values()) {
            if (format.mediaType().equals(mediaType)) {
                return Optional.of(new PictureSizes(format, width, moving));
            }
        }
        return Optional.empty();
    }

    /** Where its own bytes are; of a picture, for its authors only. */
    public String address(String name) {
        return "/media/" + sha256 + "/" + encoded(name);
    }

    /** Where the picture is in another size. */
    public String address(String name, int wide, PictureFormat format) {
        int dot = name.lastIndexOf('.');
        var stem = dot > 0 ? name.substring(0, dot) : name;
        return "/media/" + sha256 + "/" + wide + "/" + encoded(stem) + "." + format.ending();
    }

    /** Whether it is a picture made of pixels. */
    public boolean pixels() {
        return sizes().isPresent();
    }

    /** Of a name that says what the picture is; empty where it is none made of pixels. */
    public Optional<String> ending() {
        return sizes().map(it -> it.format().ending());
    }

    /** As pages show it. */
    public WebPicture picture(String name) {
        var made = sizes().orElse(null);
        if (made == null) {
            return WebPicture.at(address(name));
        }
        var widths = made.widths();
        var sources =
                made.formats().stream()
                        .filter(it -> it != made.plain())
                        .map(format ->
                                new WebPicture.Source(
                                        format.mediaType(),
                                        widths.stream()
                                                .map(it ->
                                                        address(name, it, format) + " " + it + "w")
                                                .collect(Collectors.joining(", "))))
                        .toList();
        return new WebPicture(
                address(name, widths.getLast(), made.plain()), width, height, sources);
    }

    /** Where it leads to be looked at alone, or saved. */
    public String alone(String name) {
        return sizes().map(it -> address(name, it.full(), it.plain()))
                .orElseGet(() -> address(name));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
