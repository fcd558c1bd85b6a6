package org.stoa.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs wrk and pgbench, and reads what they say. */
final class Load {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern WRONG = Pattern.compile("wrong answers: (\\d+)");
    private static final Pattern TPS = Pattern.compile("tps = ([\\d.]+) \\(without");

    private Load() {}

    /**
     * One request of a load: which host and path, by whom, and what its answer must contain.
     *
     * @param method GET or POST
     */
    record Request(String method, String host, String path, String cookie, String token) {}

    /** Answers a second; fails when any answer had another status or content than expected. */
    static double wrk(
            String url,
            List<Request> requests,
            int status,
            String marker,
            boolean gzip,
            int seconds)
            throws IOException, InterruptedException {
        var list = Files.createTempFile("stoa-load", ".txt");
        var lines = new ArrayList<String>();
        for (var r : requests) {
            lines.add(String.join("\t", r.method(), r.host(), r.path(), r.cookie(), r.token()));
        }
        Files.write(list, lines);
        var script = script();
        var command =
                List.of(
                        "wrk",
                        "-t2",
                        "-c64",
                        "-d" + seconds + "s",
                        "--timeout",
                        "10s",
                        "-s",
                        script.toString(),
                        url,
                        "--",
                        list.toString(),
                        "" + status,
                        marker,
                        gzip ? "gzip" : "identity");
        var output = run(command, Map.of());
        var wrong = WRONG.matcher(output);
        if (!wrong.find() || !wrong.group(1).equals("0") || output.contains("Socket errors")) {
            throw new IllegalStateException(
                    "The figure is void, for answers were wrong:\n" + output);
        }
        return number(RATE, output);
    }

    /** Transactions a second. */
    static double pgbench(String sql, int seconds, String... more)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(more));
        if (seconds > 0) {
            all.addAll(List.of("-T", "" + seconds));
        }
        var password = Server.secrets().getProperty("app");
        return pgbenchAt(Server.databasePort(), password, sql, all.toArray(String[]::new));
    }

    /** The same in another database than the benchmarks' large one. */
    static double pgbenchAt(int port, String password, String sql, String... more)
            throws IOException, InterruptedException {
        var file = Files.createTempFile("stoa-load", ".sql");
        Files.writeString(file, sql);
        var command =
                new ArrayList<>(
                        List.of(
                                pgbenchPath(),
                                "-n",
                                "-M",
                                "prepared",
                                "-c",
                                "16",
                                "-j",
                                "2",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                "" + port,
                                "-U",
                                "stoa_app",
                                "-f",
                                file.toString()));
        command.addAll(List.of(more));
        command.add("stoa");
        var output = run(command, Map.of("PGPASSWORD", password));
        return number(TPS, output);
    }

    private static String pgbenchPath() throws IOException {
        var versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (var all = Files.list(versions)) {
                var found =
                        all.map(v -> v.resolve("bin/pgbench"))
                                .filter(Files::exists)
                                .sorted()
                                .toList();
                if (!found.isEmpty()) {
                    return found.getLast().toString();
                }
            }
        }
        return "pgbench";
    }

    static String run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + " failed:\n" + output);
        }
        return output;
    }

    private static double number(Pattern pattern, String output) {
        var found = pattern.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException("No figure in:\n" + output);
        }
        return Double.parseDouble(found.group(1));
    }

    private static Path script() throws IOException {
        var script = Files.createTempFile("stoa-load", ".lua");
        try (var resource = Load.class.getResourceAsStream("/bench/load.lua")) {
            if (resource == null) {
                throw new IOException("The load script is not on the class path");
            }
            Files.write(script, resource.readAllBytes());
        }
        return script;
    }
}
