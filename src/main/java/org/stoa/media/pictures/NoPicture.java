package org.stoa.media.pictures;

import java.io.IOException;

/**
 * The bytes are not the picture they begin as, or one that is not taken; the message says which.
 */
public final class NoPicture extends IOException {
    private static final long serialVersionUID = 1L;

    public NoPicture(String sentence) {
        super(sentence);
    }
}
