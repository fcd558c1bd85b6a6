package org.stoa.launch;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program in a process of its own, in a process group of its own, as a terminal starts it. */
final class StoaProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;
    private final Path out;
    private final Path err;

    private StoaProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What is started in the background by a script has SIGINT ignored, and its children too. */
    private static final List<String> FREED =
            succeeds("env", "--default-signal=INT", "true")
                    ? List.of("env", "--default-signal=INT")
                    : List.of();

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static StoaProcess start(Path folder, String... arguments) {
        return start(folder, List.of(), arguments);
    }

    /**
     * @param folder the current folder, where {@code stoa.yaml} would be
     * @param before a command that starts the program's own
     */
    static StoaProcess start(Path folder, List<String> before, String... arguments) {
        var command = new ArrayList<>(before);
        // Of its own group and free of an ignored SIGINT, as a shell with a terminal does it.
        command.addAll(FREED);
        command.addAll(
                List.of("setsid", Path.of(System.getProperty("java.home"), "bin/java") + ""));
        command.addAll(
                List.of(
                        "-Xmx400m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath(),
                        "org.stoa.Stoa"));
        command.addAll(List.of(arguments));
        try {
            var out = Files.createTempFile("stoa", ".out");
            var err = Files.createTempFile("stoa", ".err");
            var builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("STOA_"));
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            return new StoaProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command to its end. */
    static StoaProcess run(Path folder, String... arguments) {
        var process = start(folder, arguments);
        process.exitCode();
        return process;
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the server to answer. */
    StoaProcess ready(int port) {
        await(
                "an answer",
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("It ended: " + out() + err());
                    }
                    return get(port, "localhost", "/livez").startsWith("200");
                });
        return this;
    }

    /** The status and the answer; "0" where nobody answers. */
    static String get(int port, String host, String path, String... headers) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            var request = "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n" + more + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.UTF_8).replaceFirst("HTTP/1.\\d ", "");
        } catch (IOException e) {
            return "0";
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("There was no " + what + " within " + PATIENCE);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Sends a signal to the whole process group, as Ctrl-C in a terminal does. */
    StoaProcess signalGroup(String name) {
        return kill("-" + name, "-" + process.pid());
    }

    StoaProcess signal(String name) {
        return kill("-" + name, "" + process.pid());
    }

    private StoaProcess kill(String signal, String whom) {
        try {
            new ProcessBuilder("kill", signal, "--", whom).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("It did not end: " + out() + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    String out() {
        return read(out);
    }

    /** What it said to the person, without what the JVM says. */
    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
