package org.stoa.media.pictures;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A picture's bytes at their places, a piece at a time: it may be large, and lie about itself. */
final class PictureBytes implements Closeable {
    private static final int PIECE = 1 << 16;

    private final FileChannel channel;
    private final long size;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long at;

    PictureBytes(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
    }

    /** The file ended where something was said to be. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ended() {
            super(null, null, false, false);
        }
    }

    long size() {
        return size;
    }

    int u8(long place) throws IOException {
        return around(place, 1).get() & 0xFF;
    }

    int u16(long place) throws IOException {
        return around(place, 2).order(ByteOrder.BIG_ENDIAN).getShort() & 0xFFFF;
    }

    long u32(long place) throws IOException {
        return around(place, 4).order(ByteOrder.BIG_ENDIAN).getInt() & 0xFFFF_FFFFL;
    }

    int u16(long place, ByteOrder order) throws IOException {
        return around(place, 2).order(order).getShort() & 0xFFFF;
    }

    long u32(long place, ByteOrder order) throws IOException {
        return around(place, 4).order(order).getInt() & 0xFFFF_FFFFL;
    }

    int u24le(long place) throws IOException {
        return u8(place) | u8(place + 1) << 8 | u8(place + 2) << 16;
    }

    /** Four letters. */
    String name(long place) throws IOException {
        var letters = new StringBuilder(4);
        for (int i = 0; i < 4; i++) {
            letters.append((char) u8(place + i));
        }
        return letters.toString();
    }

    private ByteBuffer around(long place, int length) throws IOException {
        if (place < 0 || place + length > size) {
            throw new Ended();
        }
        if (place < at || place + length > at + piece.limit()) {
            piece = ByteBuffer.allocate((int) Math.min(PIECE, size - place));
            at = place;
            while (piece.hasRemaining() && channel.read(piece, at + piece.position()) > 0) {
                // The rest of the piece.
            }
            piece.flip();
            if (piece.limit() < length) {
                throw new Ended();
            }
        }
        return piece.duplicate().position((int) (place - at));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
