package org.stoa.catalog.markdown;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of languages. A new one is a row here. */
final class Languages {
    private static final List<Language.Pair> SLASH_STAR = List.of(new Language.Pair("/*", "*/"));
    private static final List<String> QUOTES = List.of("\"", "'");
    private static final String C_WORDS =
            "auto break case char const continue default do double else enum extern float for goto"
                    + " if inline int long register return short signed sizeof static struct switch"
                    + " typedef union unsigned void volatile while bool true false NULL";
    private static final String JS_WORDS =
            "async await break case catch class const continue debugger default delete do else"
                    + " export extends false finally for from function if import in instanceof let"
                    + " new null of return static super switch this throw true try typeof undefined"
                    + " var void while yield";
    private static final Map<String, Language> BY_NAME = new HashMap<>();
    private static final Language PLAIN = plain("");

    static {
        braces("c", C_WORDS, QUOTES, "h");
        braces(
                "cpp",
                C_WORDS
                        + " class namespace template typename public private protected virtual"
                        + " override new delete this throw try catch using nullptr constexpr"
                        + " operator friend explicit",
                QUOTES,
                "c++ cc cxx hpp arduino ino");
        braces(
                "java",
                "abstract assert boolean break byte case catch char class continue default do"
                        + " double else enum extends final finally float for if implements import"
                        + " instanceof int interface long native new null package permits private"
                        + " protected public record return sealed short static super switch"
                        + " synchronized this throw throws transient true false try var void"
                        + " volatile while yield",
                List.of("\"\"\"", "\"", "'"),
                "kotlin kt");
        braces("js", JS_WORDS, List.of("`", "\"", "'"), "javascript jsx mjs");
        braces(
                "ts",
                JS_WORDS
                        + " abstract any as boolean declare enum implements interface is keyof"
                        + " namespace never number private protected public readonly string type"
                        + " unknown",
                List.of("`", "\"", "'"),
                "typescript tsx");
        braces(
                "go",
                "break case chan const continue default defer else fallthrough for func go goto if"
                        + " import interface map package range return select struct switch type var"
                        + " true false nil string int bool byte rune error float64 int64",
                List.of("`", "\"", "'"),
                "golang");
        braces(
                "rust",
                "as async await break const continue crate dyn else enum extern false fn for if"
                        + " impl in let loop match mod move mut pub ref return self Self static"
                        + " struct super trait true type unsafe use where while",
                List.of("\""),
                "rs");
        braces(
                "csharp",
                "abstract as base bool break byte case catch char class const continue decimal"
                        + " default delegate do double else enum event false finally float for"
                        + " foreach if in int interface internal is lock long namespace new null"
                        + " object out override params private protected public readonly ref return"
                        + " sealed static string struct switch this throw true try using var"
                        + " virtual void while async await",
                QUOTES,
                "cs c#");
        braces("css", "important media import supports keyframes layer root", QUOTES, "scss less");
        row(
                "python",
                "and as assert async await break class continue def del elif else except False"
                        + " finally for from global if import in is lambda match None nonlocal not"
                        + " or pass raise return True try while with yield self",
                List.of("#"),
                List.of(),
                List.of("\"\"\"", "'''", "\"", "'"),
                "py python3");
        row(
                "bash",
                "case do done elif else esac exit export fi for function if in local return set"
                        + " then unset until while echo cd sudo",
                List.of("#"),
                List.of(),
                QUOTES,
                "sh shell zsh");
        row("json", "true false null", List.of("//"), List.of(), List.of("\""), "jsonc json5");
        row("yaml", "true false null yes no on off", List.of("#"), List.of(), QUOTES, "yml");
        row("toml", "true false", List.of("#"), List.of(), QUOTES, "ini");
        sql();
        html();
        for (String name : List.of("text", "console", "output", "powershell", "diff")) {
            BY_NAME.put(name, plain(name));
        }
        alias("text", "txt plain plaintext none");
        alias("powershell", "ps1 cmd");
        alias("console", "terminal");
    }

    private Languages() {}

    static Language named(String name) {
        return BY_NAME.getOrDefault(name, PLAIN);
    }

    private static void braces(String name, String words, List<String> strings, String aliases) {
        List<String> line = "css".equals(name) ? List.of() : List.of("//");
        row(name, words, line, SLASH_STAR, strings, aliases);
    }

    private static void row(
            String name,
            String words,
            List<String> lineComments,
            List<Language.Pair> blockComments,
            List<String> strings,
            String aliases) {
        BY_NAME.put(
                name,
                new Language(
                        name,
                        words(words),
                        lineComments,
                        blockComments,
                        strings,
                        Set.of("\"\"\"", "'''", "`"),
                        false,
                        false));
        alias(name, aliases);
    }

    private static void sql() {
        Set<String> words =
                words(
                        "add all alter and as asc begin between by case check commit constraint"
                                + " create cross default delete desc distinct drop else end exists"
                                + " false foreign from full group having if in index inner insert"
                                + " into is join key left like limit not null offset on or order"
                                + " outer primary references returning right rollback select set"
                                + " table then true union unique update using values view when"
                                + " where with int integer text varchar boolean timestamptz uuid");
        BY_NAME.put(
                "sql",
                new Language(
                        "sql", words, List.of("--"), SLASH_STAR, QUOTES, Set.of("'"), true, false));
        alias("sql", "postgresql psql mysql sqlite");
    }

    private static void html() {
        BY_NAME.put(
                "html",
                new Language(
                        "html",
                        Set.of(),
                        List.of(),
                        List.of(new Language.Pair("<!--", "-->")),
                        QUOTES,
                        Set.of("\"", "'"),
                        false,
                        true));
        alias("html", "xml svg xhtml vue");
    }

    private static Language plain(String name) {
        return new Language(
                name, Set.of(), List.of(), List.of(), List.of(), Set.of(), false, false);
    }

    private static void alias(String name, String aliases) {
        for (String alias : aliases.split(" ", -1)) {
            BY_NAME.put(alias, named(name));
        }
    }

    private static Set<String> words(String spaced) {
        return Set.copyOf(List.of(spaced.split(" ", -1)));
    }
}
