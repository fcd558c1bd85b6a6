package org.stoa.catalog.markdown;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A block of code: its file's name, its lines, the marked ones, and its words coloured. */
final class CodeFigure {
    private static final Pattern MARKS = Pattern.compile("\\{([\\d,\\s-]+)}");
    private static final Pattern TITLE =
            Pattern.compile("(?:title|file(?:name)?)=(?:\"([^\"]*)\"|'([^']*)'|(\\S+))");
    private static final Pattern NAME =
            Pattern.compile("[\\w@./+-]*\\w\\.\\w{1,12}|Dockerfile|Makefile");
    private static final Set<String> SPOKEN = Set.of("", "bash", "text", "console", "output");
    private static final int NUMBERED_FROM = 3;
    private static final int MOST_LINES = 100_000;

    private CodeFigure() {}

    static String html(@Nullable String info, String literal) {
        Info parsed = Info.of(info == null ? "" : info);
        Language language = Languages.named(parsed.language);
        List<String> lines = Highlighter.lines(literal.stripTrailing(), language);
        boolean numbered =
                parsed.file != null
                        || !parsed.marked.isEmpty()
                        || lines.size() >= NUMBERED_FROM && !SPOKEN.contains(language.name());
        StringBuilder html = new StringBuilder();
        html.append("<figure class=\"code").append(numbered ? " numbered" : "").append("\">");
        if (parsed.file != null) {
            html.append("<figcaption>").append(Highlighter.escape(parsed.file));
            html.append("</figcaption>");
        }
        html.append("<pre tabindex=\"0\"><code");
        if (!language.name().isEmpty()) {
            html.append(" class=\"language-").append(language.name()).append('"');
        }
        html.append('>');
        for (int at = 0; at < lines.size(); at++) {
            boolean marked = parsed.marked.get(Math.min(at + 1, MOST_LINES));
            html.append("<span class=\"line").append(marked ? " marked" : "").append("\">");
            html.append(lines.get(at)).append("</span>\n");
        }
        return html.append("</code></pre></figure>\n").toString();
    }

    /** What stands behind the fence: {@code c greet.c {4,6-8}}. */
    private record Info(String language, @Nullable String file, BitSet marked) {
        static Info of(String info) {
            BitSet marked = new BitSet();
            Matcher marks = MARKS.matcher(info);
            String rest = info;
            if (marks.find()) {
                mark(marks.group(1), marked);
                rest = info.substring(0, marks.start()) + " " + info.substring(marks.end());
            }
            String file = null;
            Matcher title = TITLE.matcher(rest);
            if (title.find()) {
                file = firstOf(title.group(1), title.group(2), title.group(3));
                rest = rest.substring(0, title.start()) + " " + rest.substring(title.end());
            }
            String language = "";
            for (String word : rest.replaceAll("[{}]", " ").strip().split("\\s+", 8)) {
                if (language.isEmpty() && !NAME.matcher(word).matches()) {
                    language = word.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT);
                } else if (file == null && NAME.matcher(word).matches()) {
                    file = word;
                }
            }
            if (language.isEmpty() && file != null) {
                language = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            }
            return new Info(language, file, marked);
        }

        private static @Nullable String firstOf(@Nullable String... values) {
            for (String value : values) {
                if (value != null && !value.isBlank()) {
                    return value;
                }
            }
            return null;
        }

        private static void mark(String ranges, BitSet marked) {
            for (String range : ranges.split(",", -1)) {
                String[] ends = range.strip().split("-", 2);
                try {
                    int from = Integer.parseInt(ends[0].strip());
                    int to = ends.length == 2 ? Integer.parseInt(ends[1].strip()) : from;
                    if (from > 0 && from <= to && to < MOST_LINES) {
                        marked.set(from, to + 1);
                    }
                } catch (NumberFormatException notALine) {
                    continue;
                }
            }
        }
    }
}
