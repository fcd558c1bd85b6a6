package org.stoa.interop;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.stoa.shared.Problem;

/** A file of an archive that is held against the archive's size, and against its own checksum. */
final class CountedStream extends FilterInputStream {
    private static final long UNSUSPECTED = 64L << 20;
    private static final int STEEPEST_RATIO = 150;

    private final String path;
    private final long checksum;
    private final long archiveSize;
    private final CRC32 sum = new CRC32();
    private long size;

    CountedStream(InputStream in, String path, long checksum, long archiveSize) {
        super(in);
        this.path = path;
        this.checksum = checksum;
        this.archiveSize = archiveSize;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int most) throws IOException {
        int read = super.read(buffer, from, most);
        if (read < 0) {
            if (sum.getValue() != checksum) {
                throw new Problem.Invalid("file", path + " is damaged.");
            }
            return read;
        }
        size += read;
        if (size > UNSUSPECTED && size / STEEPEST_RATIO > archiveSize) {
            throw new Problem.Invalid("file", path + " unpacks to far more than a school would.");
        }
        sum.update(buffer, from, read);
        return read;
    }
}
