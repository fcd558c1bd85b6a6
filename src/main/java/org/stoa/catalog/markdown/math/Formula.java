package org.stoa.catalog.markdown.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets a formula of TeX's mathematics as MathML Core. What it writes holds only elements of its own
 * and text that is escaped, whatever it is given.
 */
public final class Formula extends Cursor {
    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 40;
    private static final Map<String, String> FENCES =
            Map.of(
                    "pmatrix", "()", "bmatrix", "[]", "Bmatrix", "{}", "vmatrix", "||", "cases",
                    "{ ");
    private static final Set<String> TABLES =
            Set.of(
                    "matrix",
                    "pmatrix",
                    "bmatrix",
                    "Bmatrix",
                    "vmatrix",
                    "cases",
                    "aligned",
                    "align",
                    "align*",
                    "array",
                    "gathered",
                    "split");

    private final boolean display;
    private int depth;

    private Formula(String tex, boolean display) {
        super(tex);
        this.display = display;
    }

    /** A {@code math} element; empty where the formula is not understood. */
    public static Optional<String> mathml(String tex, boolean display) {
        if (tex.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var formula = new Formula(tex, display);
            var content = formula.rows("");
            return Optional.of(
                    (display ? "<math display=\"block\">" : "<math>") + content + "</math>");
        } catch (NotUnderstood unknown) {
            return Optional.empty();
        }
    }

    /** Rows and columns up to the end of the environment; without any, the line itself. */
    private String rows(String environment) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        while (true) {
            row.add(line());
            if (next("&")) {
                continue;
            }
            boolean more = next("\\\\");
            rows.add(row);
            row = new ArrayList<>();
            if (more) {
                continue;
            }
            if (at < tex.length() && environment.isEmpty()) {
                throw new NotUnderstood(tex.substring(at));
            }
            break;
        }
        if (rows.size() > 1 && rows.getLast().equals(List.of("<mrow></mrow>"))) {
            rows.removeLast();
        }
        if (environment.isEmpty() && rows.size() == 1 && rows.getFirst().size() == 1) {
            return rows.getFirst().getFirst();
        }
        var table = new StringBuilder("<mtable>");
        for (var cells : rows) {
            table.append("<mtr>");
            cells.forEach(cell -> table.append("<mtd>").append(cell).append("</mtd>"));
            table.append("</mtr>");
        }
        return table.append("</mtable>").toString();
    }

    /** Up to what ends a group, a cell or a row. */
    private String line() {
        if (++depth > DEEPEST) {
            throw new NotUnderstood("too deep");
        }
        var atoms = new StringBuilder("<mrow>");
        skipSpace();
        while (at < tex.length() && !ends()) {
            atoms.append(scripted());
            skipSpace();
        }
        depth--;
        return atoms.append("</mrow>").toString();
    }

    private boolean ends() {
        return "}]&".indexOf(tex.charAt(at)) >= 0 && !bracket()
                || tex.startsWith("\\\\", at)
                || tex.startsWith("\\right", at) && !letterAt(at + 6)
                || tex.startsWith("\\end", at) && !letterAt(at + 4);
    }

    // A closing bracket ends only the degree of a root; anywhere else it is itself.
    private int inRoot;

    private boolean bracket() {
        return tex.charAt(at) == ']' && inRoot == 0;
    }

    /** An atom with what stands below and above it. */
    private String scripted() {
        int start = at;
        var base = atom();
        boolean limits = display && takesLimits(tex.substring(start, at).strip());
        String below = null;
        String above = null;
        while (true) {
            skipSpace();
            if (next("\\limits")) {
                limits = true;
            } else if (next("\\nolimits")) {
                limits = false;
            } else if (next("_") && below == null) {
                below = argument();
            } else if (next("^") && above == null) {
                above = argument();
            } else if (at < tex.length() && tex.charAt(at) == '\'' && above == null) {
                above = primes();
            } else {
                break;
            }
        }
        return Mathml.scripts(base, below, above, limits);
    }

    private static boolean takesLimits(String word) {
        var name = word.startsWith("\\") ? word.substring(1) : "";
        return Signs.LARGE.containsKey(name)
                || Signs.LIMITS.contains(name)
                || name.startsWith("overbrace")
                || name.startsWith("underbrace");
    }

    private String primes() {
        int from = at;
        while (at < tex.length() && tex.charAt(at) == '\'') {
            at++;
        }
        return Mathml.element("mo", "′".repeat(at - from));
    }

    private String atom() {
        if (at >= tex.length()) {
            throw new NotUnderstood("the end");
        }
        char here = tex.charAt(at);
        if (here == '{') {
            return group();
        }
        if (here == '\\') {
            return command();
        }
        if (Character.isDigit(here)) {
            return number();
        }
        if (here == '~') {
            at++;
            return "<mspace width=\"0.333em\"></mspace>";
        }
        if (here == '^' || here == '_' || here == '#' || here == '%' || here == '$') {
            throw new NotUnderstood(String.valueOf(here));
        }
        int point = tex.codePointAt(at);
        at += Character.charCount(point);
        return Character.isLetter(point)
                ? Mathml.element("mi", Mathml.escaped(point))
                : Mathml.operator(point);
    }

    private String number() {
        int from = at;
        while (at < tex.length()
                && (Character.isDigit(tex.charAt(at))
                        || (tex.charAt(at) == '.' || tex.charAt(at) == ',')
                                && at + 1 < tex.length()
                                && Character.isDigit(tex.charAt(at + 1)))) {
            at++;
        }
        return Mathml.element("mn", tex.substring(from, at));
    }

    private String group() {
        expect("{");
        int outer = inRoot;
        inRoot = 0;
        var inner = line();
        inRoot = outer;
        expect("}");
        return inner;
    }

    /** A group, or the one atom that stands for it. */
    private String argument() {
        skipSpace();
        if (at >= tex.length() || "}]&".indexOf(tex.charAt(at)) >= 0) {
            throw new NotUnderstood("nothing to set");
        }
        if (Character.isDigit(tex.charAt(at))) {
            return Mathml.element("mn", String.valueOf(tex.charAt(at++)));
        }
        return atom();
    }

    private String command() {
        at++;
        if (at >= tex.length()) {
            throw new NotUnderstood("\\");
        }
        int from = at;
        while (letterAt(at)) {
            at++;
        }
        if (at == from) {
            var sign = String.valueOf(tex.charAt(at++));
            return Signs.SPACES.containsKey(sign) ? Mathml.space(sign) : Mathml.escape(sign);
        }
        var name = tex.substring(from, at);
        var sign = Mathml.sign(name);
        return sign != null ? sign : built(name);
    }

    private String built(String name) {
        if (Signs.IGNORED.contains(name)) {
            return "";
        }
        if (Signs.ACCENTS.containsKey(name)) {
            return "<mover accent=\"true\">"
                    + argument()
                    + Mathml.element("mo", Signs.ACCENTS.getOrDefault(name, ""))
                    + "</mover>";
        }
        if (Signs.alphabet(name)) {
            return letters(name);
        }
        return switch (name) {
            case "frac", "dfrac", "tfrac", "cfrac" ->
                    Mathml.element("mfrac", argument() + argument());
            case "binom" ->
                    Mathml.element(
                            "mrow",
                            Mathml.fence("(", true)
                                    + "<mfrac linethickness=\"0\">"
                                    + argument()
                                    + argument()
                                    + "</mfrac>"
                                    + Mathml.fence(")", true));
            case "sqrt" -> root();
            case "underline" ->
                    Mathml.element("munder", argument() + "<mo stretchy=\"true\">_</mo>");
            case "underbrace" ->
                    Mathml.element("munder", argument() + "<mo stretchy=\"true\">⏟</mo>");
            case "text", "textrm", "textit", "textbf", "mbox" -> Mathml.element("mtext", words());
            case "mathrm", "operatorname" -> "<mi mathvariant=\"normal\">" + words() + "</mi>";
            case "left" -> fenced();
            case "begin" -> environment();
            case "overset", "stackrel" -> above();
            case "not" -> Mathml.element("mo", raw() + "\u0338");
            default -> throw new NotUnderstood(name);
        };
    }

    private String above() {
        var over = argument();
        return Mathml.element("mover", argument() + over);
    }

    private String raw() {
        skipSpace();
        var one = atom();
        return one.replaceAll("<[^>]*>", "");
    }

    private String root() {
        skipSpace();
        if (!next("[")) {
            return Mathml.element("msqrt", argument());
        }
        inRoot++;
        var degree = line();
        inRoot--;
        expect("]");
        return Mathml.element("mroot", argument() + degree);
    }

    private String fenced() {
        var open = delimiter();
        var inner = line();
        expect("\\right");
        return Mathml.element("mrow", open + inner + delimiter());
    }

    private String delimiter() {
        skipSpace();
        if (next(".")) {
            return "";
        }
        var sign = at < tex.length() ? raw() : "";
        if (sign.isEmpty()) {
            throw new NotUnderstood("no delimiter");
        }
        return "<mo stretchy=\"true\">" + sign + "</mo>";
    }

    private String environment() {
        var name = words();
        if (!TABLES.contains(name)) {
            throw new NotUnderstood(name);
        }
        if (name.equals("array")) {
            words();
        }
        var table = rows(name);
        expect("\\end");
        if (!words().equals(name)) {
            throw new NotUnderstood("another end");
        }
        var fences = FENCES.getOrDefault(name, "  ");
        return Mathml.element(
                "mrow",
                Mathml.fence(fences.substring(0, 1), true)
                        + table
                        + Mathml.fence(fences.substring(1), true));
    }

    /** What stands between braces, as it is. */
    private String words() {
        skipSpace();
        expect("{");
        int end = tex.indexOf('}', at);
        if (end < 0 || tex.substring(at, end).indexOf('{') >= 0) {
            throw new NotUnderstood("no end");
        }
        var words = tex.substring(at, end);
        at = end + 1;
        return Mathml.escaped(words);
    }

    private String letters(String alphabet) {
        skipSpace();
        if (at < tex.length() && tex.charAt(at) != '{') {
            return Mathml.element("mi", Signs.letter(alphabet, tex.charAt(at++)));
        }
        var set = new StringBuilder();
        for (char one : words().toCharArray()) {
            set.append(Signs.letter(alphabet, one));
        }
        return Mathml.element("mi", set.toString());
    }
}
