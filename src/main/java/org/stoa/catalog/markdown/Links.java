package org.stoa.catalog.markdown;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.media.WebPicture;

/** Where the {@code lesson:} and {@code file:} addresses in a course's Markdown lead. */
public interface Links {
    /** BCP 47 tag of the course, in which its pages name what its author did not. */
    default String language() {
        return "en";
    }

    /** Nothing is known: every inner link becomes plain text. For previews without a course. */
    Links NONE =
            new Links() {
                @Override
                public @Nullable String lesson(String key) {
                    return null;
                }

                @Override
                public @Nullable FileTarget file(String path) {
                    return null;
                }
            };

    /** The address of the lesson with this key; null leaves the link's text without the link. */
    @Nullable String lesson(String key);

    /** The address of the course's file; null leaves the text, or the image's description. */
    @Nullable FileTarget file(String path);

    /**
     * @param href where a link to it leads, on this host, beginning with {@code /}
     * @param picture how it is shown, if it is a picture
     */
    record FileTarget(String href, WebPicture picture) {
        public FileTarget(String href, int width, int height) {
            this(href, new WebPicture(href, width, height, List.of()));
        }

        public static FileTarget at(String href) {
            return new FileTarget(href, 0, 0);
        }
    }
}
