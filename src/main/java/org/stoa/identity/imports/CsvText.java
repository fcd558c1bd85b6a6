package org.stoa.identity.imports;

import static org.stoa.shared.Words.say;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.stoa.shared.Problem;

/**
 * The text of a file whose encoding nobody says. A mark at its beginning decides, else what its
 * bytes can be read as.
 *
 * @param encoding as people know it: {@code UTF-8}
 */
record CsvText(String text, String encoding) {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int LOOKED_AT = 4_000;

    /**
     * @throws Problem.Invalid for the field {@code file} when it is no text
     */
    static CsvText read(byte[] bytes) {
        if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
            return new CsvText(decoded(bytes, 3, StandardCharsets.UTF_8, "UTF-8"), "UTF-8");
        }
        if (begins(bytes, 0xFF, 0xFE)) {
            return new CsvText(decoded(bytes, 2, StandardCharsets.UTF_16LE, "UTF-16"), "UTF-16");
        }
        if (begins(bytes, 0xFE, 0xFF)) {
            return new CsvText(decoded(bytes, 2, StandardCharsets.UTF_16BE, "UTF-16"), "UTF-16");
        }
        if (zeros(bytes, 1) > zeros(bytes, 0) * 4 + 2) {
            return new CsvText(decoded(bytes, 0, StandardCharsets.UTF_16LE, "UTF-16"), "UTF-16");
        }
        if (zeros(bytes, 0) > zeros(bytes, 1) * 4 + 2) {
            return new CsvText(decoded(bytes, 0, StandardCharsets.UTF_16BE, "UTF-16"), "UTF-16");
        }
        try {
            return new CsvText(strictly(bytes, 0, StandardCharsets.UTF_8), "UTF-8");
        } catch (CharacterCodingException e) {
            // What is not UTF-8 was written by a spreadsheet of this part of the world.
            return new CsvText(decoded(bytes, 0, WINDOWS, "Windows-1252"), "Windows-1252");
        }
    }

    private static boolean begins(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many of the bytes at even (0) or odd (1) places are zero. */
    private static int zeros(byte[] bytes, int from) {
        int zeros = 0;
        for (int i = from; i < Math.min(bytes.length, LOOKED_AT); i += 2) {
            zeros += bytes[i] == 0 ? 1 : 0;
        }
        return zeros;
    }

    private static String decoded(byte[] bytes, int from, Charset charset, String name) {
        try {
            var text = strictly(bytes, from, charset);
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // Said below.
        }
        throw new Problem.Invalid("file", say("identity.csv.unreadable", name));
    }

    private static String strictly(byte[] bytes, int from, Charset charset)
            throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                .toString();
    }
}
