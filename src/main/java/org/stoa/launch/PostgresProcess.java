package org.stoa.launch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs PostgreSQL's programs on the cluster of a data folder. */
final class PostgresProcess {
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

    private PostgresProcess() {}

    /** Makes the cluster; it gets its name when it is whole. */
    static void initialize(Path folder, Path binaries, DatabaseSecrets secrets) throws IOException {
        var password = folder.resolve("initdb.password");
        Files.deleteIfExists(password);
        Folders.deleteThoseNamed(folder, "cluster.new*");
        var fresh = Files.createTempDirectory(folder, "cluster.new");
        var log = folder.resolve("initdb.log");
        Files.deleteIfExists(log);
        try {
            writeForOwner(password, secrets.superuser());
            DatabaseUser.handOver(fresh);
            DatabaseUser.handOver(password);
            int status = process(fresh, initdb(binaries, fresh, password), log).waitFor();
            if (status != 0) {
                throw new IOException("initdb ended with status " + status + ": " + complaint(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while making the database", e);
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(fresh, folder.resolve("cluster"));
    }

    private static List<String> initdb(Path binaries, Path fresh, Path password) {
        return List.of(
                binaries.resolve("bin/initdb").toString(),
                "--pgdata=" + fresh,
                "--username=postgres",
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
    }

    private static void writeForOwner(Path file, String text) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    static Process start(Path folder, Path binaries, int port) throws IOException {
        var command = new ArrayList<String>();
        command.add(binaries.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", folder.resolve("cluster").toString()));
        command.addAll(List.of("-p", Integer.toString(port)));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        var started = new CompletableFuture<Process>();
        // PostgreSQL is told when the thread that started it ends, so that thread must not.
        Thread.ofPlatform().daemon().name("postgres").start(() -> hold(command, folder, started));
        try {
            return started.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IOException("The database's process did not start", e);
        }
    }

    private static void hold(
            List<String> command, Path folder, CompletableFuture<Process> started) {
        try {
            var process = process(folder.resolve("cluster"), command, folder.resolve("log"));
            started.complete(process);
            process.waitFor();
            Thread.sleep(Duration.ofDays(1_000_000));
        } catch (IOException | Refusal e) {
            started.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the server: gives up open transactions, and where even that takes long, breaks off. */
    static void stop(Path folder, Path binaries) throws IOException, InterruptedException {
        if (stop(folder, binaries, "fast") != 0) {
            stop(folder, binaries, "immediate");
        }
    }

    private static int stop(Path folder, Path binaries, String mode)
            throws IOException, InterruptedException {
        var cluster = folder.resolve("cluster");
        var command =
                List.of(
                        binaries.resolve("bin/pg_ctl").toString(),
                        "stop",
                        "--pgdata=" + cluster,
                        "--mode=" + mode,
                        "--timeout=20",
                        "--silent");
        return process(cluster, command, folder.resolve("log")).waitFor();
    }

    private static Process process(Path cluster, List<String> command, Path log)
            throws IOException {
        var builder = new ProcessBuilder(DatabaseUser.command(cluster, command));
        builder.directory(new File("/")).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** What PostgreSQL complained of last. */
    static String complaint(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
        for (var line : lines.reversed()) {
            if (line.matches(".*(FATAL|PANIC|error): .*")) {
                return line.replaceFirst(".*?(FATAL|PANIC|error): +", "");
            }
        }
        return lines.isEmpty() ? "" : lines.getLast();
    }
}
