package org.stoa.shared;

/**
 * How a language writes whole numbers and counts with them, after Unicode's CLDR.
 *
 * @param group between thousands
 * @param ungrouped the most digits that are written without a group
 */
enum Numerals {
    ENGLISH(',', 3) {
        @Override
        String category(long n) {
            return n == 1 ? "one" : "other";
        }
    },
    SPANISH('.', 4) {
        @Override
        String category(long n) {
            if (n == 1) {
                return "one";
            }
            return n != 0 && n % 1_000_000 == 0 ? "many" : "other";
        }
    };

    private final char group;
    private final int ungrouped;

    Numerals(char group, int ungrouped) {
        this.group = group;
        this.ungrouped = ungrouped;
    }

    /** CLDR's name for how this many are spoken of. */
    abstract String category(long n);

    static Numerals of(String tag) {
        return tag.equals("es") || tag.startsWith("es-") ? SPANISH : ENGLISH;
    }

    void write(long n, StringBuilder text) {
        int from = text.length() + (n < 0 ? 1 : 0);
        text.append(n);
        if (text.length() - from <= ungrouped) {
            return;
        }
        for (int at = text.length() - 3; at > from; at -= 3) {
            text.insert(at, group);
        }
    }
}
