package org.stoa.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's programs, as a user with few rights where we are root. */
final class PostgresProcess {
    /** A uid that stands in every /etc/passwd; PostgreSQL refuses to run as root. */
    private static final String SPARE_UID = "65534";

    private PostgresProcess() {}

    private static final List<String> SETTINGS =
            List.of(
                    "listen_addresses=127.0.0.1",
                    "unix_socket_directories=",
                    "shared_buffers=256MB",
                    "max_connections=100",
                    "jit=off",
                    "wal_compression=on",
                    "max_wal_size=2GB",
                    "shared_preload_libraries=pg_stat_statements",
                    "log_line_prefix=%m [%p] ");

    static void initialize(Path folder, Path binaries, DatabaseSecrets secrets) throws IOException {
        var cluster = folder.resolve("cluster");
        var fresh = folder.resolve("cluster.new");
        deleteRecursively(fresh);
        Files.createDirectories(fresh);
        var password = folder.resolve("initdb.password");
        Files.writeString(password, secrets.superuser());
        handOver(List.of(fresh, password));
        var command =
                asSpareUser(
                        List.of(
                                binaries.resolve("bin/initdb").toString(),
                                "--pgdata=" + fresh,
                                "--username=postgres",
                                "--pwfile=" + password,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--data-checksums"));
        var log = folder.resolve("initdb.log").toFile();
        try {
            int status = processBuilder(command, log).start().waitFor();
            if (status != 0) {
                throw new IOException(
                        "initdb ended with status "
                                + status
                                + ": "
                                + lastLine(log.toPath())
                                + reachability(folder));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while making the database", e);
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(fresh, cluster);
    }

    static Process start(Path folder, Path binaries, int port) throws IOException {
        var command = new ArrayList<String>();
        command.add(binaries.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", folder.resolve("cluster").toString()));
        command.addAll(List.of("-p", Integer.toString(port)));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        var started = new CompletableFuture<Process>();
        // PostgreSQL is told when the thread that started it ends, so that thread must not.
        Thread.ofPlatform()
                .daemon()
                .name("postgres")
                .start(() -> hold(asSpareUser(command), folder.resolve("log"), started));
        try {
            return started.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IOException("The database's process did not start", e);
        }
    }

    private static void hold(List<String> command, Path log, CompletableFuture<Process> started) {
        try {
            var process = processBuilder(command, log.toFile()).start();
            started.complete(process);
            process.waitFor();
            Thread.sleep(Duration.ofDays(1_000_000));
        } catch (IOException e) {
            started.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void stop(Path folder, Path binaries) throws IOException, InterruptedException {
        var stop =
                asSpareUser(
                        List.of(
                                binaries.resolve("bin/pg_ctl").toString(),
                                "stop",
                                "-D",
                                folder.resolve("cluster").toString(),
                                "-m",
                                "fast",
                                "-w"));
        processBuilder(stop, folder.resolve("log").toFile()).start().waitFor();
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asSpareUser(List<String> command) {
        var whole = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            whole.addAll(List.of("/usr/bin/setpriv", "--pdeathsig=INT"));
            if (root()) {
                whole.addAll(
                        List.of("--reuid=" + SPARE_UID, "--regid=" + SPARE_UID, "--clear-groups"));
            }
        }
        whole.addAll(command);
        return whole;
    }

    private static void handOver(List<Path> paths) throws IOException {
        if (!root()) {
            return;
        }
        for (var path : paths) {
            Files.setAttribute(path, "unix:uid", Integer.parseInt(SPARE_UID));
        }
    }

    private static ProcessBuilder processBuilder(List<String> command, File log) {
        var builder = new ProcessBuilder(command).directory(new File("/"));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** Why a spare user may be unable to work here: a folder above that is closed to others. */
    static String reachability(Path folder) throws IOException {
        if (!root()) {
            return "";
        }
        for (Path above = folder; above != null; above = above.getParent()) {
            if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(above))
                    .endsWith("x")) {
                return ". PostgreSQL does not run as root, and its user cannot pass "
                        + above
                        + "; choose a folder outside of it with --data";
            }
        }
        return "";
    }

    static String lastLine(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        var lines = Files.readAllLines(log);
        return lines.isEmpty() ? "" : lines.getLast();
    }

    private static void deleteRecursively(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var all = Files.walk(path)) {
            for (var one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
