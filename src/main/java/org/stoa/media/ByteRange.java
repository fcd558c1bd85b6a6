package org.stoa.media;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a file that a call asks for (RFC 9110, 14).
 *
 * @param from the first byte, counted from 0
 * @param to the last
 */
record ByteRange(long from, long to) {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** The range lies outside of the file. */
    static final class Unsatisfiable extends Exception {
        private static final long serialVersionUID = 1L;

        Unsatisfiable() {
            super("Nothing of the file lies there");
        }
    }

    long length() {
        return to - from + 1;
    }

    /**
     * Empty where the whole is to be sent: nothing is asked for, or nothing that is understood, or
     * several parts at once, which no browser needs and whose answer may be larger than the file.
     */
    static Optional<ByteRange> of(String header, long size) throws Unsatisfiable {
        var found = ONE.matcher(header.strip());
        if (!found.matches() || (found.group(1).isEmpty() && found.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (found.group(1).isEmpty()) {
            long last = Long.parseLong(found.group(2));
            if (last == 0 || size == 0) {
                throw new Unsatisfiable();
            }
            return Optional.of(new ByteRange(Math.max(0, size - last), size - 1));
        }
        long from = Long.parseLong(found.group(1));
        long to = found.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(found.group(2));
        if (to < from) {
            return Optional.empty();
        }
        if (from >= size) {
            throw new Unsatisfiable();
        }
        return Optional.of(new ByteRange(from, Math.min(to, size - 1)));
    }
}
