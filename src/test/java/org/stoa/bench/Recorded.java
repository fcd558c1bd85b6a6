package org.stoa.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The statements of one transaction of the program, as PostgreSQL's log has them, made into a
 * script for pgbench: the ids that differ from one transaction to the next are reckoned from its
 * number, those that are drawn are drawn again.
 */
final class Recorded {
    private static final Pattern ENTRY =
            Pattern.compile("^\\d{4}-\\d\\d-\\d\\d \\S+ \\S+ \\[(\\d+)\\] (\\w+):  (.*)$");
    private static final Pattern EXECUTE =
            Pattern.compile("(?s)^(?:execute [^:]+|statement): (.*)$");
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+) = (NULL|'(?:[^']|'')*')");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A statement with its parameters' literals, null for null. */
    private record Statement(String sql, List<String> values) {}

    private final Map<String, String> known;

    /**
     * @param known expressions for what is another value in each transaction, of type text
     */
    Recorded(Map<String, String> known) {
        this.known = known;
    }

    /** Runs the work while everything is logged; what it said in its transaction, as a script. */
    String script(Connection superuser, Path log, Bench.Figure work, String marker)
            throws Exception {
        set(superuser, "alter system set log_statement = 'all'");
        long from = Files.size(log);
        work.take();
        set(superuser, "alter system reset log_statement");
        var text = Files.readString(log, StandardCharsets.UTF_8);
        var script = new StringBuilder();
        int number = 0;
        for (var one : transaction(text.substring((int) from), marker)) {
            script.append(number == 0 ? "\\startpipeline\n" : "")
                    .append(filled(superuser, one).strip())
                    .append(";\n");
            // Begin, whose it is, and the first statement are one round trip.
            if (number++ == 2) {
                script.append("\\endpipeline\n");
            }
        }
        return script.toString();
    }

    private static void set(Connection superuser, String sql) throws Exception {
        try (var statement = superuser.createStatement()) {
            statement.execute(sql);
            statement.execute("select pg_reload_conf()");
        }
        java.util.concurrent.TimeUnit.SECONDS.sleep(1);
    }

    /** The statements of the backend whose transaction contains the marker. */
    private static List<Statement> transaction(String log, String marker) {
        var open = new HashMap<String, List<Statement>>();
        var entry = new StringBuilder();
        var found = new ArrayList<Statement>();
        for (var line : (log + "\n2000-01-01 0 0 [0] LOG:  end").split("\n")) {
            if (line.startsWith("\t")) {
                entry.append('\n').append(line.substring(1));
                continue;
            }
            take(entry.toString(), open);
            entry.setLength(0);
            entry.append(line);
        }
        for (var all : open.values()) {
            int at = 0;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).sql().equalsIgnoreCase("begin")) {
                    at = i;
                }
                if (all.get(i).sql().equalsIgnoreCase("commit")
                        && all.subList(at, i).stream().anyMatch(it -> it.sql().contains(marker))) {
                    found.addAll(all.subList(at, i + 1));
                }
            }
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("The log has no transaction with " + marker);
        }
        return found;
    }

    private static void take(String entry, Map<String, List<Statement>> open) {
        var head = ENTRY.matcher(entry.lines().findFirst().orElse(""));
        if (!head.matches()) {
            return;
        }
        var rest = entry.substring(head.start(3));
        var all = open.computeIfAbsent(head.group(1), pid -> new ArrayList<>());
        var executed = EXECUTE.matcher(rest);
        if (head.group(2).equals("LOG") && executed.matches()) {
            all.add(new Statement(executed.group(1).strip(), new ArrayList<>()));
        } else if (head.group(2).equals("DETAIL") && !all.isEmpty()) {
            var parameters = PARAMETER.matcher(rest);
            while (parameters.find()) {
                all.getLast().values().add(parameters.group(2));
            }
        }
    }

    private String filled(Connection superuser, Statement one) throws SQLException {
        var types = one.values().isEmpty() ? List.<String>of() : types(superuser, one);
        var sql = one.sql();
        for (int i = one.values().size(); i > 0; i--) {
            var value = expression(one.values().get(i - 1), types.get(i - 1));
            sql =
                    sql.replaceAll(
                            "\\$" + i + "(?!\\d)", java.util.regex.Matcher.quoteReplacement(value));
        }
        return sql;
    }

    /** What PostgreSQL takes each parameter for. */
    private static List<String> types(Connection superuser, Statement one) throws SQLException {
        try (var statement = superuser.createStatement()) {
            statement.execute("deallocate all");
            statement.execute("prepare recorded as " + one.sql());
            try (var rows =
                    statement.executeQuery(
                            "select unnest(parameter_types)::text from pg_prepared_statements"
                                    + " where name = 'recorded'")) {
                var types = new ArrayList<String>();
                while (rows.next()) {
                    types.add(rows.getString(1));
                }
                return types;
            }
        }
    }

    private String expression(String literal, String type) {
        if (literal.equals("NULL")) {
            return "null::" + type;
        }
        var text = literal.substring(1, literal.length() - 1);
        var other = known.get(text);
        if (other != null) {
            return "(" + other + ")::" + type;
        }
        if (type.startsWith("timestamp")) {
            return "now()";
        }
        if (UUID.matcher(text).matches() && !type.equals("text[]")) {
            return "gen_random_uuid()::" + type;
        }
        if (text.contains(":")) {
            // What follows a colon would be a variable of pgbench's.
            var bytes = text.replace("''", "'").getBytes(StandardCharsets.UTF_8);
            return "convert_from('\\x"
                    + HexFormat.of().formatHex(bytes)
                    + "'::bytea, 'UTF8')::"
                    + type;
        }
        return literal + "::" + type;
    }
}
