package org.stoa.media;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stoa.media.pictures.NoPicture;
import org.stoa.media.pictures.PictureFormat;
import org.stoa.media.pictures.PictureHeader;

/**
 * What a file is, by its bytes first and its name second.
 *
 * @param picture null where it is no picture made of pixels
 * @param complaint a sentence on what is wrong with it; empty where nothing is
 */
public record Examined(String mediaType, @Nullable PictureHeader picture, String complaint) {

    /** Reads no more than a file's beginning; of a picture, all of it. */
    public static Examined of(String name, Path content) throws IOException {
        Optional<PictureHeader> header;
        try {
            header = PictureHeader.whole(content);
        } catch (NoPicture e) {
            return new Examined(FileTypes.UNKNOWN, null, String.valueOf(e.getMessage()));
        }
        if (header.isPresent()) {
            return new Examined(header.get().format().mediaType(), header.get(), "");
        }
        var ending = FileTypes.ending(name);
        if (PictureFormat.ofEnding(ending).isPresent()) {
            return new Examined(
                    FileTypes.UNKNOWN,
                    null,
                    "It is called a picture (.%s), and what is in it is none.".formatted(ending));
        }
        return switch (ending) {
            case "svg" -> drawing(content);
            case "heic", "heif" ->
                    new Examined(
                            FileTypes.UNKNOWN,
                            null,
                            "Browsers do not show pictures of this kind (%s). Save it as a JPEG."
                                    .formatted(ending.toUpperCase(Locale.ROOT)));
            default -> new Examined(FileTypes.of(name), null, "");
        };
    }

    private static Examined drawing(Path content) throws IOException {
        return switch (Drawings.look(content)) {
            case STILL -> new Examined(FileTypes.SVG, null, "");
            // Served so that nothing in it runs; its author should know all the same.
            case ACTIVE -> new Examined(FileTypes.SVG, null, say("media.svgScripts"));
            case BROKEN -> new Examined(FileTypes.UNKNOWN, null, say("media.svgNot"));
        };
    }
}
