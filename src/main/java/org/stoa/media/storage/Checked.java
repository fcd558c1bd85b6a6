package org.stoa.media.storage;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Holds what was read against what it was said to be: a folder may change while it is read. */
final class Checked extends DigestInputStream {
    private static final int DIGITS = 64;

    private final String name;
    private final long size;
    private long read;

    Checked(InputStream bytes, String name, long size) {
        super(bytes, sha256());
        this.name = name;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        read += one < 0 ? 0 : 1;
        return one;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int some = super.read(target, from, length);
        read += Math.max(0, some);
        return some;
    }

    void check() throws IOException {
        var digest = HexFormat.of().formatHex(getMessageDigest().digest());
        if (read != size || (name.length() == DIGITS && !name.equals(digest))) {
            throw new IOException("The file changed while it was read");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
