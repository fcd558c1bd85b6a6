package org.stoa.catalog.markdown.math;

/** A place in a formula that moves on. */
abstract sealed class Cursor permits Formula {
    final String tex;
    int at;

    Cursor(String tex) {
        this.tex = tex;
    }

    /** It is not written in the part of TeX that is understood. */
    static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotUnderstood(String what) {
            super(what, null, false, false);
        }
    }

    boolean letterAt(int index) {
        return index < tex.length()
                && (tex.charAt(index) >= 'a' && tex.charAt(index) <= 'z'
                        || tex.charAt(index) >= 'A' && tex.charAt(index) <= 'Z');
    }

    void skipSpace() {
        while (at < tex.length() && Character.isWhitespace(tex.charAt(at))) {
            at++;
        }
    }

    boolean next(String expected) {
        boolean command = expected.startsWith("\\") && expected.length() > 2;
        if (!tex.startsWith(expected, at) || command && letterAt(at + expected.length())) {
            return false;
        }
        at += expected.length();
        return true;
    }

    void expect(String expected) {
        skipSpace();
        if (!next(expected)) {
            throw new NotUnderstood("no " + expected);
        }
    }
}
