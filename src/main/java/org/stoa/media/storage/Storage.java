package org.stoa.media.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.stoa.media.Bytes;

/**
 * Bytes under names, each school's apart. What stands under a name is there as a whole and never
 * changes: whoever finds it may keep it for ever.
 */
public interface Storage {
    /** A SHA-256, or one with what was made of it: {@code …-720.avif}. */
    Pattern NAME = Pattern.compile("[0-9a-f]{64}(?:-[0-9a-z.]{1,30})?");

    /**
     * Keeps a copy; nothing to do where the name is taken.
     *
     * @param size how many bytes there are
     * @throws IOException when it is not kept; also when the bytes are not what the name or the
     *     size says
     */
    void keep(UUID school, String name, long size, Bytes content) throws IOException;

    /** How many bytes stand under the name; empty where nothing does. */
    OptionalLong size(UUID school, String name) throws IOException;

    /**
     * Some of the bytes, as they are read; to be closed.
     *
     * @param from the first, counted from 0
     * @param length as many, which must be there
     * @throws FileNotFoundException when nothing stands under the name
     */
    InputStream open(UUID school, String name, long from, long length) throws IOException;

    /** All of the bytes. */
    default InputStream open(UUID school, String name) throws IOException {
        var size = size(school, name);
        if (size.isEmpty()) {
            throw new FileNotFoundException(name);
        }
        return open(school, name, 0, size.getAsLong());
    }

    /** Takes a name and its bytes away; nothing to do where there are none. */
    void remove(UUID school, String name) throws IOException;

    /** Refuses what could lead anywhere else. */
    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Nothing can be kept under this name");
        }
        return name;
    }
}
