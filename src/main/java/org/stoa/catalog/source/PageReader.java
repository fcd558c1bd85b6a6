package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.Dialect;

/** Reads Markdown files, each once, whatever their encoding. */
final class PageReader {
    private static final long LARGEST = 2L << 20;
    private static final Pattern FRONT =
            Pattern.compile(
                    "\\A(---|\\+\\+\\+)[ \\t]*\\n(?=[\\w-]+[ \\t]*[:=]|#|\\1)(.*?\\n)?\\1[ \\t]*(?:\\n|\\z)",
                    Pattern.DOTALL);
    private static final Pattern FIELD =
            Pattern.compile("(?m)^([A-Za-z_]+)[ \\t]*[:=][ \\t]*(.*?)[ \\t]*$");

    private final Tree tree;
    private final List<Finding> report;
    private final Map<String, @Nullable Page> pages = new HashMap<>();

    PageReader(Tree tree, List<Finding> report) {
        this.tree = tree;
        this.report = report;
    }

    boolean has(String path) {
        return tree.file(path) != null;
    }

    /** Null if there is no such file or it cannot be read, which is then in the report. */
    @Nullable Page page(String path) {
        if (!pages.containsKey(path)) {
            Path file = tree.file(path);
            pages.put(path, file == null ? null : read(path, file));
        }
        return pages.get(path);
    }

    private @Nullable Page read(String path, Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                report.add(Finding.error(path, null, say("imports.pageSize")));
                return null;
            }
            return page(path, decoded(path, Files.readAllBytes(file)));
        } catch (IOException failed) {
            report.add(Finding.error(path, null, say("imports.unreadableOut")));
            return null;
        }
    }

    /** The text as UTF-8 or, where it is not, by its mark or as Windows-1252, which is reported. */
    String decoded(String path, byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            boolean marked =
                    bytes.length >= 2
                            && (((bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF)
                                    || ((bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE));
            Charset charset = marked ? StandardCharsets.UTF_16 : Charset.forName("windows-1252");
            report.add(Finding.warning(path, null, say("imports.charset", charset.name())));
            text = new String(bytes, charset);
        }
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return unmarked.replace("\r\n", "\n").replace('\r', '\n').replace('\0', '\uFFFD');
    }

    private static Page page(String path, String whole) {
        Matcher front = FRONT.matcher(whole);
        if (!front.find()) {
            return new Page(path, whole, Dialect.parse(whole), 0, null, 0, null, false);
        }
        String text = whole.substring(front.end());
        int skipped = (int) front.group().chars().filter(c -> c == '\n').count();
        String fields = front.group(2) == null ? "" : front.group(2);
        String title = null;
        int titleLine = 0;
        Double weight = null;
        boolean draft = false;
        Matcher field = FIELD.matcher(fields);
        while (field.find()) {
            String value = unquoted(field.group(2));
            switch (field.group(1)) {
                case "title" -> {
                    title = Names.title(value).isEmpty() ? null : value;
                    titleLine = line(whole, front.start(2) + field.start());
                }
                case "weight", "order", "position", "sidebar_position", "nav_order" ->
                        weight = number(value);
                case "draft" -> draft = value.equals("true");
                default -> {}
            }
        }
        return new Page(path, text, Dialect.parse(text), skipped, title, titleLine, weight, draft);
    }

    private static int line(String whole, int at) {
        return 1 + (int) whole.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() >= 2
                        && ((value.startsWith("\"") && value.endsWith("\""))
                                || (value.startsWith("'") && value.endsWith("'")));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static @Nullable Double number(String value) {
        try {
            double number = Double.parseDouble(value);
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
