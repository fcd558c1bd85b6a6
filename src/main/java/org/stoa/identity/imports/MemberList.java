package org.stoa.identity.imports;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stoa.identity.Entry;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Role;

/**
 * A list of people as it was written: its first line names the columns {@code name}, {@code email}
 * and, unless all are students, {@code role}, in any order.
 *
 * @param encoding what it was read as
 */
record MemberList(String encoding, List<Line> lines) {
    static final int MOST_LINES = 10_000;
    static final int MOST_BYTES = 1 << 20;

    private static final Map<String, String> COLUMNS =
            Map.of("name", "name", "email", "email", "e-mail", "email", "role", "role");

    /**
     * One person.
     *
     * @param number of the line in the file, from 1
     * @param email in small letters
     * @param wrong what is wrong with it; empty when nothing is
     */
    record Line(int number, String name, String email, @Nullable Role role, String wrong) {
        Line with(String fault) {
            return new Line(number, name, email, role, fault);
        }
    }

    /**
     * @throws Problem.Invalid for the field {@code file} when it is no list of people at all
     */
    static MemberList read(byte[] bytes) {
        if (bytes.length == 0) {
            throw new Problem.Invalid("file", say("identity.csv.empty"));
        }
        if (bytes.length > MOST_BYTES) {
            throw tooLarge();
        }
        var text = CsvText.read(bytes);
        var rows = Csv.read(text.text(), MOST_LINES);
        var columns = columns(rows);
        var seen = new HashMap<String, Integer>();
        var lines = new ArrayList<Line>();
        for (var row : rows.subList(1, rows.size())) {
            var line = line(row, columns);
            var earlier =
                    line.email().isEmpty() ? null : seen.putIfAbsent(line.email(), row.line());
            lines.add(
                    earlier == null || !line.wrong().isEmpty()
                            ? line
                            : line.with(say("identity.csv.sameAddress", earlier)));
        }
        if (lines.isEmpty()) {
            throw new Problem.Invalid("file", say("identity.csv.nobody"));
        }
        return new MemberList(text.encoding(), lines);
    }

    static Problem.Invalid tooLarge() {
        return new Problem.Invalid("file", say("identity.csv.large"));
    }

    private static List<String> columns(List<Csv.Row> rows) {
        if (rows.isEmpty()) {
            throw new Problem.Invalid("file", say("identity.csv.empty"));
        }
        var columns = new ArrayList<String>();
        for (var cell : rows.getFirst().cells()) {
            var column = COLUMNS.get(cell.toLowerCase(Locale.ROOT));
            if (column == null) {
                throw header(
                        cell.isEmpty()
                                ? say("identity.csv.columns")
                                : say("identity.csv.noColumn", Entry.shortened(cell, 40)));
            }
            if (columns.contains(column)) {
                throw header(say("identity.csv.columnTwice", column));
            }
            columns.add(column);
        }
        if (!columns.containsAll(List.of("name", "email"))) {
            throw header(say("identity.csv.columns"));
        }
        return columns;
    }

    private static Problem.Invalid header(String words) {
        return new Problem.Invalid("file", words);
    }

    private static Line line(Csv.Row row, List<String> columns) {
        var cells = new HashMap<String, String>();
        for (int i = 0; i < Math.min(columns.size(), row.cells().size()); i++) {
            cells.put(columns.get(i), row.cells().get(i));
        }
        var name = cells.getOrDefault("name", "");
        var email = Entry.emailKey(cells.getOrDefault("email", ""));
        var word = cells.getOrDefault("role", "").toLowerCase(Locale.ROOT);
        var role = word.isEmpty() ? Role.STUDENT : roleOrNull(word);
        var errors = new ArrayList<FieldError>();
        if (row.cells().size() > columns.size()
                && row.cells().subList(columns.size(), row.cells().size()).stream()
                        .anyMatch(it -> !it.isEmpty())) {
            errors.add(
                    new FieldError(
                            "", say("identity.csv.cells", row.cells().size(), columns.size())));
        }
        Entry.name("name", name, errors);
        Entry.email("email", email, errors);
        if (role == null) {
            errors.add(
                    new FieldError("role", say("identity.csv.noRole", Entry.shortened(word, 40))));
        }
        var wrong = String.join(" ", errors.stream().map(FieldError::message).toList());
        return new Line(
                row.line(), Entry.shortened(name, 120), Entry.shortened(email, 254), role, wrong);
    }

    private static @Nullable Role roleOrNull(String word) {
        for (var role : Role.values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        return null;
    }
}
