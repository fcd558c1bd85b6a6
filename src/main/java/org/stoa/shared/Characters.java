package org.stoa.shared;

/** What single characters are, by the Unicode standard's categories. */
public final class Characters {
    private Characters() {}

    /** Whether a name had better not hold it: nobody sees it, or it turns what stands around it. */
    public static boolean hidden(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT -> !joins(point);
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }

    /** NUL, and half of a pair that stands for one character: PostgreSQL takes neither. */
    public static boolean cannotBeKept(int point) {
        return point == 0 || Character.getType(point) == Character.SURROGATE;
    }

    /** A text without what cannot be kept. */
    public static String kept(String text) {
        return text.codePoints()
                .filter(point -> !cannotBeKept(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /**
     * What somebody says to others: without what cannot be kept, and without what has letters stand
     * in another order than they are written in, so that nobody reads {@code exe.pdf} for {@code
     * fdp.exe}. Marks that say a direction stay: some scripts need them.
     */
    public static String said(String text) {
        return kept(text).replace("\u202D", "").replace("\u202E", "");
    }

    /** Joiners shape Persian and hold an emoji together; tags tell its flags apart. */
    private static boolean joins(int point) {
        return point == 0x200C || point == 0x200D || (point >= 0xE0020 && point <= 0xE007F);
    }
}
