package org.stoa.catalog.markdown;

import org.jspecify.annotations.Nullable;

/** Where the {@code lesson:} and {@code file:} addresses in a course's Markdown lead. */
public interface Links {
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
     * @param href an address on this host, beginning with {@code /}
     * @param width in CSS pixels, 0 if not known
     * @param height in CSS pixels, 0 if not known
     */
    record FileTarget(String href, int width, int height) {
        public static FileTarget at(String href) {
            return new FileTarget(href, 0, 0);
        }
    }
}
