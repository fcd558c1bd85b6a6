package org.stoa.look;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a template as its engine does, and finds what people would read of it that is not said:
 * words between tags, in attributes that are read out, and in the arguments of other templates.
 */
final class TemplateText {
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");
    private static final Pattern SPOKEN =
            Pattern.compile(
                    "\\s(?:aria-label|title|placeholder|alt|aria-description)=\"([^\"]*)\"");
    private static final Pattern LOOKS_SPOKEN =
            Pattern.compile("\\p{Lu}\\p{L}.*|.*\\p{L}{2,}[.,:…]? \\p{L}{2,}.*");

    /** Names and codes, the same in every language. */
    private static final Pattern NAMES = Pattern.compile("\\b(API|Stoa|JSON|Markdown)\\b");

    private final String text;
    private final List<String> found = new ArrayList<>();
    private int at;

    private TemplateText(String text) {
        this.text = text;
    }

    static List<String> of(String template) {
        var body = new StringBuilder();
        for (var line : template.split("\n", -1)) {
            if (!line.startsWith("@import") && !line.startsWith("@param")) {
                body.append(line).append('\n');
            }
        }
        // What keyboards and programs are shown is the same in every language.
        var rest = body.toString().replaceAll("<(kbd|code|pre)\\b[^>]*>[^<]*</\\1>", "");
        var reader = new TemplateText(rest);
        reader.markup();
        return reader.found;
    }

    /** Markup up to the end, or to the backtick that closes a block of content. */
    private void markup() {
        var words = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '`') {
            if (starts("${") || starts("$unsafe{") || starts("!{")) {
                at = text.indexOf('{', at) + 1;
                expression('}', true);
                words.append(' ');
            } else if (starts("@if(") || starts("@elseif(") || starts("@for(")) {
                at = text.indexOf('(', at) + 1;
                expression(')', false);
            } else if (starts("@template.")) {
                at = text.indexOf('(', at) + 1;
                expression(')', true);
                words.append(' ');
            } else if (text.charAt(at) == '@') {
                at++;
                while (at < text.length() && Character.isLetter(text.charAt(at))) {
                    at++;
                }
            } else if (text.charAt(at) == '<') {
                tag();
                words.append('\n');
            } else {
                words.append(text.charAt(at++));
            }
        }
        for (var line : words.toString().split("\n")) {
            var rest = NAMES.matcher(line.replaceAll("&\\w+;", " ")).replaceAll("");
            if (WORD.matcher(rest).find()) {
                found.add(line.strip());
            }
        }
    }

    /**
     * Java up to what closes it; blocks of content in it are markup again.
     *
     * @param shown whether a text in it may come to be read
     */
    private void expression(char close, boolean shown) {
        int depth = 0;
        int from = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                int end = at + 1;
                while (text.charAt(end) != '"' || text.charAt(end - 1) == '\\') {
                    end++;
                }
                var literal = text.substring(at + 1, end);
                if (shown
                        && LOOKS_SPOKEN.matcher(literal).matches()
                        && !literal.contains(" is-")
                        && !literal.contains("+Arrow")
                        && !said(at)) {
                    found.add(literal);
                }
                at = end + 1;
            } else if (starts("@`")) {
                at += 2;
                markup();
                at++;
            } else if (c == close && depth == 0) {
                at++;
                return;
            } else {
                depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
                at++;
            }
        }
        throw new IllegalStateException("Not closed: " + text.substring(from));
    }

    private boolean said(int quote) {
        return text.substring(Math.max(0, quote - 4), quote).endsWith("say(");
    }

    private void tag() {
        int from = at;
        boolean quoted = false;
        var plain = new StringBuilder();
        while (text.charAt(at) != '>' || quoted) {
            quoted ^= text.charAt(at) == '"';
            if (starts("${") || starts("$unsafe{")) {
                at = text.indexOf('{', at) + 1;
                expression('}', true);
            } else {
                plain.append(text.charAt(at++));
            }
        }
        at++;
        if (text.startsWith("<!--", from)) {
            return;
        }
        SPOKEN.matcher(plain)
                .results()
                .map(r -> r.group(1))
                .filter(value -> WORD.matcher(value).find())
                .forEach(found::add);
    }

    private boolean starts(String mark) {
        return text.startsWith(mark, at);
    }
}
