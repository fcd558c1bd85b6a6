package org.stoa.media.pictures;

import static org.stoa.shared.Words.say;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Pictures in motion, as they are but for what was written beside their frames. */
final class Stripped {
    private static final Set<String> PRIVATE = Set.of("EXIF", "XMP ");
    private static final int COMMENT = 0xFE;
    private static final int APPLICATION = 0xFF;

    private Stripped() {}

    static void copy(Path picture, PictureFormat format, Path to) throws IOException {
        var bytes = Files.readAllBytes(picture);
        try (var out = new DataOutputStream(Files.newOutputStream(to))) {
            if (format == PictureFormat.GIF) {
                gif(bytes, out);
            } else {
                webp(bytes, out);
            }
        } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException cut) {
            throw (IOException) new NoPicture(say("media.broken")).initCause(cut);
        }
    }

    private static void gif(byte[] in, DataOutputStream out) throws IOException {
        int at = 13 + colours(in[10]);
        out.write(in, 0, at);
        while (at < in.length && in[at] != 0x3B) {
            int end;
            boolean kept = true;
            if (in[at] == 0x2C) {
                end = passed(in, at + 11 + colours(in[at + 9]));
            } else {
                int kind = in[at + 1] & 0xFF;
                end = passed(in, at + 2);
                kept = kind != COMMENT && (kind != APPLICATION || loops(in, at + 3));
            }
            if (kept) {
                out.write(in, at, end - at);
            }
            at = end;
        }
        out.write(0x3B);
    }

    /** The one word of an application that browsers heed: how often to repeat. */
    private static boolean loops(byte[] in, int at) {
        var name = new String(in, at, 11, StandardCharsets.ISO_8859_1);
        return name.equals("NETSCAPE2.0") || name.equals("ANIMEXTS1.0");
    }

    private static int colours(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static int passed(byte[] in, int from) {
        int at = from;
        while (in[at] != 0) {
            at += 1 + (in[at] & 0xFF);
        }
        return at + 1;
    }

    private static void webp(byte[] in, DataOutputStream out) throws IOException {
        var chunks = new ByteArrayOutputStream();
        chunks.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        int at = 12;
        while (at + 8 <= in.length) {
            var name = new String(in, at, 4, StandardCharsets.ISO_8859_1);
            int size = Integer.reverseBytes(ByteBuffer.wrap(in, at + 4, 4).getInt());
            if (size < 0) {
                throw new NoPicture(say("media.broken"));
            }
            int end = Math.min(in.length, at + 8 + size + (size & 1));
            if (name.equals("VP8X")) {
                // It says that there is what is left out now.
                in[at + 8] &= (byte) ~0x0C;
            }
            if (!PRIVATE.contains(name)) {
                chunks.write(in, at, end - at);
            }
            at = end;
        }
        out.writeBytes("RIFF");
        out.writeInt(Integer.reverseBytes(chunks.size()));
        chunks.writeTo(out);
    }
}
