package org.stoa.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The packaged program, running by itself on data of its own. */
final class Server implements AutoCloseable {
    static final int PORT = 9480;
    private static final Path DATA = Path.of("target/bench-data").toAbsolutePath();

    private final Process process;
    private final double secondsToFirstPage;

    private Server(Process process, double secondsToFirstPage) {
        this.process = process;
        this.secondsToFirstPage = secondsToFirstPage;
    }

    static Server start() throws IOException, InterruptedException {
        var app = Path.of("target/app");
        var command = new ArrayList<String>();
        command.add(System.getProperty("stoa.bench.java", "java"));
        command.addAll(
                List.of(
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx3g"));
        if (Files.exists(app.resolve("stoa.aot"))) {
            command.add("-XX:AOTCache=" + app.resolve("stoa.aot"));
        }
        command.addAll(List.of("-jar", app.resolve("stoa.jar").toString()));
        command.addAll(List.of("run", "--empty", "--port", "" + PORT, "--data", DATA.toString()));
        long start = System.nanoTime();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STOA_LIMITS_ADDRESS_PER_MINUTE", "100000000");
        builder.environment().put("STOA_LIMITS_SCHOOL_PER_MINUTE", "100000000");
        var process = builder.redirectOutput(new File("target/bench-server.log")).start();
        await(process);
        return new Server(process, (System.nanoTime() - start) / 1e9);
    }

    private static void await(Process process) throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var page = HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + "/")).build();
            for (int i = 0; i < 6_000; i++) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("It ended: see target/bench-server.log");
                }
                try {
                    if (client.send(page, HttpResponse.BodyHandlers.discarding()).statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            }
            throw new IllegalStateException("It does not answer: see target/bench-server.log");
        }
    }

    double secondsToFirstPage() {
        return secondsToFirstPage;
    }

    long pid() {
        return process.pid();
    }

    /** Memory in use after a collection, in bytes, as the operating system counts it. */
    long memory() throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("stoa.bench.java", "java")).resolveSibling("jcmd");
        new ProcessBuilder(jcmd.toString(), "" + pid(), "GC.run").start().waitFor();
        for (var line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("The system does not tell the memory of " + pid());
    }

    static Properties secrets() throws IOException {
        var secrets = new Properties();
        try (var reader = Files.newBufferedReader(DATA.resolve("postgres/secrets.properties"))) {
            secrets.load(reader);
        }
        return secrets;
    }

    static int databasePort() throws IOException {
        var pid = Files.readAllLines(DATA.resolve("postgres/cluster/postmaster.pid"));
        return Integer.parseInt(pid.get(3).strip());
    }

    /** As an address of a database says it. */
    static int portOf(String url) {
        return java.net.URI.create(url.substring("jdbc:".length())).getPort();
    }

    static Connection connect(String user, String secret) throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort() + "/stoa",
                user,
                secrets().getProperty(secret));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
