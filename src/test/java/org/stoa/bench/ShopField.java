package org.stoa.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.stoa.stripe.StripeDouble;

/** Two servers of the whole program on one database, behind one address, and Stripe's double. */
public final class ShopField implements AutoCloseable {
    private static final int NODES = 2;
    private static final Duration START = Duration.ofMinutes(3);

    /** The servers' database, and how it goes away. */
    public interface Ground {
        /** The program's settings of the database. */
        Map<String, String> properties();

        /** The password of PostgreSQL's own administrator. */
        String superuser();

        /** Nobody reaches it for so long, and whoever is in is thrown out. */
        void away(Duration time) throws Exception;
    }

    private final Ground ground;
    private final Path folder;
    private final List<String> program;
    private final Duration reconcileEvery;
    private final StripeDouble stripe;
    private final int[] ports = new int[NODES];
    private final Process[] nodes = new Process[NODES];
    private final Balancer balancer;

    /**
     * @param program the Java machine's options and what it runs, up to the program's own arguments
     */
    public ShopField(Ground ground, Path folder, List<String> program, Duration reconcileEvery)
            throws IOException {
        this.ground = ground;
        this.folder = folder;
        this.program = program;
        this.reconcileEvery = reconcileEvery;
        this.stripe = new StripeDouble();
        Files.createDirectories(folder);
        for (int i = 0; i < NODES; i++) {
            ports[i] = freePort();
        }
        this.balancer = new Balancer(ports);
    }

    /** This build's own classes, for a program that is not packaged. */
    public static List<String> unpackaged(String... machine) {
        var command = new ArrayList<>(List.of(machine));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.stoa.Stoa"));
        return command;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Ground ground() {
        return ground;
    }

    StripeDouble stripe() {
        return stripe;
    }

    /** Of the one address that leads to both. */
    int port() {
        return balancer.port();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                ground.properties().get("stoa.database.url"), "postgres", ground.superuser());
    }

    /** The first migrates; the other finds it done. */
    public void startAll() throws Exception {
        start(0);
        awaitReady(0);
        start(1);
        awaitReady(1);
    }

    private static String name(int node) {
        return "shop-" + node;
    }

    /** Which server that is to the database. */
    static int node(String applicationName) {
        return applicationName.endsWith("-0") ? 0 : 1;
    }

    /** Which server that is to Stripe's double. */
    static int nodeOf(String host) {
        return host.startsWith("127.") ? 0 : 1;
    }

    void start(int node) throws IOException {
        var command = new ArrayList<String>();
        command.add(
                System.getProperty(
                        "stoa.bench.java",
                        Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(
                List.of(
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(program);
        command.addAll(List.of("run", "--empty", "--port", "" + ports[node]));
        command.addAll(List.of("--data", folder.resolve(name(node)).toString()));
        var log = ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), name(node) + ".log"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        var environment = builder.environment();
        ground.properties()
                .forEach((key, value) ->
                        environment.put(
                                key.toUpperCase(java.util.Locale.ROOT).replace('.', '_'), value));
        environment.remove("STOA_DATA");
        environment.put(
                "STOA_DATABASE_URL",
                ground.properties().get("stoa.database.url") + "?ApplicationName=" + name(node));
        // The double is called by another name by each, so it knows who calls.
        var base = stripe.address();
        environment.put(
                "STOA_STRIPE_API_BASE", node == 0 ? base : base.replace("127.0.0.1", "localhost"));
        environment.put("STOA_COMMERCE_RECONCILE_EVERY", reconcileEvery.toSeconds() + "s");
        environment.put("STOA_LIMITS_ADDRESS_PER_MINUTE", "100000000");
        environment.put("STOA_LIMITS_SCHOOL_PER_MINUTE", "100000000");
        nodes[node] = builder.start();
    }

    boolean ready(int node) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports[node] + "/readyz"))
                        .timeout(Duration.ofSeconds(2))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    void awaitReady(int node) throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (!ready(node)) {
            if (!nodes[node].isAlive()) {
                // It may have come while the database was away.
                start(node);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("It does not answer: see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** As {@code kill -9}, and started again at once. */
    void strike(int node) throws IOException, InterruptedException {
        nodes[node].destroyForcibly().waitFor();
        start(node);
    }

    @Override
    public void close() throws Exception {
        balancer.close();
        for (var node : nodes) {
            if (node != null) {
                node.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
        stripe.close();
    }
}
