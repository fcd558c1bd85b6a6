package org.stoa.catalog.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Colours code, one pass from left to right: comments, strings, numbers, keywords, called names.
 * Not a parser: where a language is subtler than its row in {@link Languages}, a word keeps its
 * plain colour.
 */
final class Highlighter {
    private static final int TOO_LONG = 100_000;

    private final String code;
    private final Language language;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private int at;
    private boolean inTag;

    private Highlighter(String code, Language language) {
        this.code = code;
        this.language = language;
    }

    /** Each line as HTML, without its end. */
    static List<String> lines(String code, Language language) {
        Highlighter highlighter = new Highlighter(code, language);
        if (language.strings().isEmpty() || code.length() > TOO_LONG) {
            highlighter.emit("", code.length());
        } else {
            highlighter.run();
        }
        highlighter.lines.add(highlighter.line.toString());
        return highlighter.lines;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void run() {
        while (at < code.length()) {
            if (comment() || tagEdge() || string()) {
                continue;
            }
            char here = code.charAt(at);
            if (Character.isDigit(here)) {
                emit("tok-m", number());
            } else if (Character.isLetter(here) || here == '_') {
                word();
            } else {
                emit("", at + 1);
            }
        }
    }

    private boolean comment() {
        for (String opening : language.lineComments()) {
            // In a shell, # begins a comment only where a word could begin.
            boolean begins =
                    !opening.equals("#") || at == 0 || Character.isWhitespace(code.charAt(at - 1));
            if (begins && code.startsWith(opening, at)) {
                int end = code.indexOf('\n', at);
                emit("tok-c", end < 0 ? code.length() : end);
                return true;
            }
        }
        for (Language.Pair pair : language.blockComments()) {
            if (code.startsWith(pair.open(), at)) {
                int end = code.indexOf(pair.close(), at + pair.open().length());
                emit("tok-c", end < 0 ? code.length() : end + pair.close().length());
                return true;
            }
        }
        return false;
    }

    private boolean tagEdge() {
        if (!language.markup()) {
            return false;
        }
        char here = code.charAt(at);
        if (here == '<') {
            int end = at + 1;
            while (end < code.length() && nameAt(end)) {
                end++;
            }
            inTag = end > at + 1;
            emit(inTag ? "tok-k" : "", end);
            return true;
        }
        if (here == '>' && inTag) {
            inTag = false;
            emit("tok-k", at + 1);
            return true;
        }
        return false;
    }

    private boolean nameAt(int index) {
        char c = code.charAt(index);
        return Character.isLetterOrDigit(c) || c == '/' || c == '!' || c == '-' || c == ':';
    }

    private boolean string() {
        if (language.markup() && !inTag) {
            return false;
        }
        for (String quote : language.strings()) {
            if (code.startsWith(quote, at)) {
                emit("tok-s", stringEnd(quote));
                return true;
            }
        }
        return false;
    }

    private int stringEnd(String quote) {
        boolean multiline = language.multiline().contains(quote);
        int end = at + quote.length();
        while (end < code.length()) {
            char here = code.charAt(end);
            if (here == '\n' && !multiline) {
                return end;
            }
            if (code.startsWith(quote, end)) {
                return end + quote.length();
            }
            end += here == '\\' && end + 1 < code.length() ? 2 : 1;
        }
        return code.length();
    }

    private int number() {
        int end = at + 1;
        while (end < code.length()
                && (Character.isLetterOrDigit(code.charAt(end))
                        || code.charAt(end) == '_'
                        || code.charAt(end) == '.'
                                && end + 1 < code.length()
                                && Character.isDigit(code.charAt(end + 1)))) {
            end++;
        }
        return end;
    }

    private void word() {
        int end = at + 1;
        while (end < code.length()
                && (Character.isLetterOrDigit(code.charAt(end)) || code.charAt(end) == '_')) {
            end++;
        }
        String word = code.substring(at, end);
        String looked = language.caseless() ? word.toLowerCase(Locale.ROOT) : word;
        if (language.markup()) {
            emit(inTag ? "tok-a" : "", end);
        } else if (language.keywords().contains(looked)) {
            emit("tok-k", end);
        } else {
            emit(end < code.length() && code.charAt(end) == '(' ? "tok-f" : "", end);
        }
    }

    /** Writes up to {@code end}; a token that runs over lines is closed and opened at each. */
    private void emit(String kind, int end) {
        int from = at;
        while (from < end) {
            int newline = code.indexOf('\n', from);
            int until = newline < 0 || newline >= end ? end : newline;
            if (until > from) {
                String text = escape(code.substring(from, until));
                if (kind.isEmpty()) {
                    line.append(text);
                } else {
                    line.append("<span class=\"").append(kind).append("\">");
                    line.append(text).append("</span>");
                }
            }
            if (until < end) {
                lines.add(line.toString());
                line.setLength(0);
                until++;
            }
            from = until;
        }
        at = end;
    }
}
