package org.stoa.media.pictures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Makes pictures smaller: turned upright, in sRGB, and without anything their makers wrote beside
 * the pixels. The formats of old are decoded and written in Java, WebP by its own library, AVIF by
 * a program beside this one, where the machine can run it.
 */
@Component
public class PictureMaker {
    private final AvifProgram avif;

    PictureMaker(@Value("${stoa.data:data}") Path data) {
        this.avif = new AvifProgram(data.resolve("programs"));
    }

    /** Whether this machine writes this format. */
    public boolean writes(PictureFormat format) {
        return format != PictureFormat.AVIF || avif.runs();
    }

    /** Whether this machine reads this format. */
    public boolean reads(PictureFormat format) {
        return writes(format);
    }

    /**
     * @param width at most the picture's own
     * @param into a file for each format
     * @throws NoPicture when the bytes cannot be decoded
     */
    public void make(Path picture, PictureHeader header, int width, Map<PictureFormat, Path> into)
            throws IOException {
        if (header.moving()) {
            for (var path : into.values()) {
                Stripped.copy(picture, header.format(), path);
            }
            return;
        }
        if (header.format() == PictureFormat.AVIF) {
            var decoded = beside(picture, "decoded.png");
            if (!Files.exists(decoded)) {
                avif.read(picture, decoded);
            }
            make(decoded, PictureHeader.read(decoded).orElseThrow(), width, into);
            return;
        }
        var plain = new EnumMap<>(into);
        var wanted = plain.remove(PictureFormat.AVIF);
        var pixels = plain.getOrDefault(PictureFormat.PNG, beside(picture, width + ".pixels.png"));
        if (wanted != null) {
            plain.put(PictureFormat.PNG, pixels);
        }
        PlainPictures.make(picture, header, width, plain);
        if (wanted != null) {
            avif.write(pixels, header.format(), wanted);
        }
    }

    private static Path beside(Path picture, String name) {
        return picture.resolveSibling(name);
    }
}
