package org.stoa.media;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read from their beginning, as often as wanted. */
@FunctionalInterface
public interface Bytes {
    /** To be closed. */
    InputStream open() throws IOException;
}
