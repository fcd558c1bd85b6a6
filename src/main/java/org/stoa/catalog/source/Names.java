package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What file and folder names say. */
public final class Names {
    static final int LONGEST_TITLE = 200;
    private static final Pattern NUMBERED =
            Pattern.compile("^(?:\\d+[a-z]?(?=[._ -])[._ -]+)(?=.)");
    private static final Pattern PIECES = Pattern.compile("\\d+|\\D+");
    private static final Set<String> NOT_LESSONS =
            Set.of(
                    "license",
                    "licence",
                    "contributing",
                    "code_of_conduct",
                    "code-of-conduct",
                    "security",
                    "support",
                    "changelog",
                    "authors",
                    "contributors",
                    "maintainers",
                    "governance",
                    "notice",
                    "history",
                    "citation",
                    "pull_request_template",
                    "issue_template",
                    "summary",
                    "translations",
                    "todo",
                    "claude",
                    "agents",
                    "_sidebar",
                    "_navbar",
                    "_coverpage",
                    "_footer",
                    "_404",
                    "404");
    private static final Set<String> TRANSLATIONS =
            Set.of("translations", "translation", "translated", "i18n", "locales");
    private static final Set<String> SKIPPED =
            Set.of(
                    "node_modules",
                    "__macosx",
                    "bower_components",
                    "__pycache__",
                    "venv",
                    "site-packages");
    private static final Set<String> GENERIC =
            Set.of(
                    "lessons",
                    "lesson",
                    "docs",
                    "doc",
                    "src",
                    "content",
                    "contents",
                    "chapters",
                    "modules",
                    "course",
                    "courses",
                    "book",
                    "en",
                    "english",
                    "text",
                    "pages");
    private static final Set<String> SAYS_NOTHING =
            Set.of(
                    "archive",
                    "export",
                    "upload",
                    "uploads",
                    "download",
                    "downloads",
                    "file",
                    "files",
                    "folder",
                    "new folder",
                    "untitled",
                    "main",
                    "master",
                    "markdown",
                    "material",
                    "materials",
                    "temp",
                    "tmp",
                    "test",
                    "zip",
                    "blob");
    private static final Pattern MADE_UP = Pattern.compile("tmp[._-].*|stoa-(?:course|import)-.*");
    private static final Pattern TRANSLATED =
            Pattern.compile("(?i)readme[._-](?!en$)[a-z]{2}(?:[_-][a-z]{2,4})?");

    static final Comparator<String> NATURAL = Names::natural;

    private Names() {}

    static boolean markdown(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".md") || lower.endsWith(".markdown");
    }

    public static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static String under(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    public static String stem(String path) {
        String name = last(path);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    static boolean notALesson(String path) {
        String stem = stem(path).toLowerCase(Locale.ROOT);
        return NOT_LESSONS.contains(stem);
    }

    static boolean translated(String path) {
        return TRANSLATED.matcher(stem(path)).matches();
    }

    static boolean translationFolder(String name) {
        return TRANSLATIONS.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean skipped(String name) {
        return name.startsWith(".") || SKIPPED.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean generic(String name) {
        return GENERIC.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a folder or archive of this name is called after its course. */
    public static boolean telling(String name) {
        String words = name.toLowerCase(Locale.ROOT).replaceAll("[\\P{L}&&\\P{M}]+", " ").strip();
        return !words.isEmpty()
                && !MADE_UP.matcher(name).matches()
                && !SAYS_NOTHING.contains(words)
                && !generic(words);
    }

    /** README before index before _index; anything else is no introduction: 0. */
    static int introduction(String path) {
        return switch (stem(path).toLowerCase(Locale.ROOT)) {
            case "readme" -> 3;
            case "index" -> 2;
            case "_index" -> 1;
            default -> 0;
        };
    }

    static boolean numbered(String path) {
        return Character.isDigit(last(path).charAt(0));
    }

    /** {@code 01-first_steps.md} reads "First steps". */
    public static String spoken(String path) {
        String plain = NUMBERED.matcher(markdown(path) ? stem(path) : last(path)).replaceFirst("");
        String words = clean(plain.replaceAll("[_-]+", " "), LONGEST_TITLE);
        return words.isEmpty()
                ? clean(last(path), LONGEST_TITLE)
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    public static String title(String text) {
        return clean(text, LONGEST_TITLE);
    }

    /** Null if the text is kept whole, else what to tell its author. */
    static @Nullable String cut(String what, String text, int longest) {
        int length = clean(text, Integer.MAX_VALUE).length();
        return length <= longest ? null : say("imports.cut", what, length, longest);
    }

    public static @Nullable String cutTitle(String text) {
        return cut(say("imports.title"), text, LONGEST_TITLE);
    }

    /** Without control, direction-changing and invisible characters, spaces collapsed. */
    public static String clean(String text, int longest) {
        String clean =
                text.replaceAll("[\\p{Cntrl}\\s\\p{Z}]+", " ")
                        .replaceAll(
                                "[\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]", "")
                        .replaceAll("\\p{Cs}", "\uFFFD")
                        .strip();
        if (clean.length() <= longest) {
            return clean;
        }
        int end = longest - 1;
        if (Character.isHighSurrogate(clean.charAt(end - 1))) {
            end--;
        }
        return clean.substring(0, end).stripTrailing() + "…";
    }

    private static int natural(String left, String right) {
        Matcher a = PIECES.matcher(left.toLowerCase(Locale.ROOT));
        Matcher b = PIECES.matcher(right.toLowerCase(Locale.ROOT));
        while (true) {
            boolean more = a.find();
            if (!b.find()) {
                return more ? 1 : left.compareTo(right);
            }
            if (!more) {
                return -1;
            }
            int order = piece(a.group(), b.group());
            if (order != 0) {
                return order;
            }
        }
    }

    private static int piece(String a, String b) {
        if (Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0))) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        return a.compareTo(b);
    }
}
