package org.stoa.identity.imports;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.List;
import org.stoa.shared.Problem;

/** Comma-separated values as RFC 4180 has them; semicolons and tabs separate too. */
final class Csv {
    /**
     * One record.
     *
     * @param line where it begins, from 1
     */
    record Row(int line, List<String> cells) {
        boolean blank() {
            return cells.stream().allMatch(String::isBlank);
        }
    }

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    private Csv(String text) {
        this.text = text;
        this.separator = separator(text);
    }

    /**
     * The records that are not blank.
     *
     * @param most how many lines are read before the rest is refused
     * @throws Problem.Invalid for the field {@code file}
     */
    static List<Row> read(String text, int most) {
        var csv = new Csv(text);
        var rows = new ArrayList<Row>();
        while (csv.at < text.length()) {
            var row = csv.row();
            if (csv.line > most + 2) {
                throw new Problem.Invalid("file", say("identity.csv.lines"));
            }
            if (!row.blank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** A record written out; what a spreadsheet would take for a formula is kept from being one. */
    static String line(List<String> cells) {
        var line = new StringBuilder();
        for (var cell : cells) {
            boolean formula = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
            line.append(line.isEmpty() ? "\"" : ",\"")
                    .append(formula ? "'" : "")
                    .append(cell.replace("\"", "\"\""))
                    .append('"');
        }
        return line.append("\r\n").toString();
    }

    /** Whichever the first line has most of, outside of quotes. */
    private static char separator(String text) {
        int end = text.indexOf('\n');
        var first = (end < 0 ? text : text.substring(0, end)).replaceAll("\"[^\"]*\"", "");
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            long found = first.chars().filter(c -> c == candidate).count();
            if (found > most) {
                most = found;
                best = candidate;
            }
        }
        return best;
    }

    private Row row() {
        int begins = line;
        var cells = new ArrayList<String>();
        while (true) {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (at >= text.length()) {
                return new Row(begins, cells);
            }
            char next = text.charAt(at++);
            if (next == separator) {
                continue;
            }
            if (next == '\r' && at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            line++;
            return new Row(begins, cells);
        }
    }

    private String plain() {
        int from = at;
        while (at < text.length() && !ends(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private String quoted() {
        int begins = line;
        var cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"' && at < text.length() && text.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else if (next == '"') {
                if (at < text.length() && !ends(text.charAt(at))) {
                    throw broken(begins, "identity.csv.afterQuote");
                }
                return cell.toString().strip();
            } else {
                line += next == '\n' ? 1 : 0;
                cell.append(next);
            }
        }
        throw broken(begins, "identity.csv.openQuote");
    }

    private boolean ends(char next) {
        return next == separator || next == '\n' || next == '\r';
    }

    private static Problem.Invalid broken(int line, String how) {
        return new Problem.Invalid("file", say(how, line));
    }
}
