package org.stoa.catalog.files;

import org.stoa.media.MediaFile;

/**
 * A file of a draft.
 *
 * @param path in the course, as {@code file:} links name it
 * @param used whether a lesson or the cover refers to it
 */
public record CourseFile(String path, MediaFile media, boolean used) {
    /** Its last name, as it stands in addresses. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** As a lesson refers to it; {@code words} are its description or the link's. */
    public String markdown(String words) {
        boolean shown = media.mediaType().startsWith("image/");
        return (shown ? "!" : "") + "[" + words + "](file:" + path + ")";
    }
}
