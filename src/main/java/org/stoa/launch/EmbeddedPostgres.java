package org.stoa.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL under the data folder: it keeps what it acknowledged through {@code kill -9},
 * asks for passwords, listens on loopback only, and ends with the program that started it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * A uid with few rights that stands in every /etc/passwd; PostgreSQL refuses to run as root.
     */
    private static final String SPARE_UID = "65534";

    private final Path folder;
    private final Path binaries;
    private final DatabaseSecrets secrets;
    private final int port;
    private final @Nullable Process server;

    private EmbeddedPostgres(
            Path folder,
            Path binaries,
            DatabaseSecrets secrets,
            int port,
            @Nullable Process server) {
        this.folder = folder;
        this.binaries = binaries;
        this.secrets = secrets;
        this.port = port;
        this.server = server;
    }

    /**
     * Attaches to the server of this data folder if one runs, else starts it; makes it first where
     * there is none.
     *
     * @throws Refusal with a sentence for the person when that cannot be
     */
    public static EmbeddedPostgres attachOrStart(Path data) {
        return open(data, true);
    }

    /**
     * Starts the server of this data folder. One that is left from a program that was killed is on
     * its way out already; it is waited for, and stopped if it stays.
     *
     * @throws Refusal with a sentence for the person when that cannot be
     */
    public static EmbeddedPostgres start(Path data) {
        return open(data, false);
    }

    private static EmbeddedPostgres open(Path data, boolean attach) {
        var folder = data.toAbsolutePath().normalize().resolve("postgres");
        try {
            if (!attach) {
                awaitEnd(folder);
            }
            return open(folder);
        } catch (FileSystemException e) {
            throw new Refusal(
                    "The data folder "
                            + data.toAbsolutePath()
                            + " cannot be written ("
                            + (e.getReason() == null ? e.getMessage() : e.getReason())
                            + "). Free some space or choose another with --data.",
                    e);
        } catch (IOException e) {
            throw new Refusal(
                    "PostgreSQL could not be started: "
                            + e.getMessage()
                            + " Its log is "
                            + folder.resolve("log"),
                    e);
        }
    }

    private static EmbeddedPostgres open(Path folder) throws IOException {
        Files.createDirectories(folder);
        var secrets = DatabaseSecrets.in(folder.resolve("secrets.properties"));
        var cluster = folder.resolve("cluster");
        var running = runningPort(cluster);
        if (running != null) {
            return new EmbeddedPostgres(folder, folder, secrets, running, null).awaitReady();
        }
        var binaries = PostgresBinaries.unpackInto(folder);
        refuseOtherVersion(cluster);
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            PostgresProcess.initialize(folder, binaries, secrets);
        }
        int port = freePort(folder);
        var server = PostgresProcess.start(folder, binaries, port);
        var started = new EmbeddedPostgres(folder, binaries, secrets, port, server).awaitReady();
        started.createRoles();
        return started;
    }

    /** JDBC address of Stoa's database. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/stoa";
    }

    public int port() {
        return port;
    }

    public DatabaseSecrets secrets() {
        return secrets;
    }

    /** Whether this program started the server, and so will stop it. */
    public boolean started() {
        return server != null;
    }

    private static void awaitEnd(Path folder) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        var cluster = folder.resolve("cluster");
        while (runningPort(cluster) != null) {
            try {
                if (System.nanoTime() > deadline) {
                    PostgresProcess.stop(folder, PostgresBinaries.unpackInto(folder));
                }
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for the database to end", e);
            }
        }
    }

    private static void refuseOtherVersion(Path cluster) throws IOException {
        var version = cluster.resolve("PG_VERSION");
        if (Files.exists(version)) {
            var found = Files.readString(version).strip();
            if (!found.equals(Integer.toString(PostgresBinaries.MAJOR))) {
                throw new Refusal(
                        "The data folder "
                                + cluster
                                + " belongs to PostgreSQL "
                                + found
                                + ", and this program brings PostgreSQL "
                                + PostgresBinaries.MAJOR
                                + ". Start the program that wrote it, or choose another folder with"
                                + " --data.");
            }
        }
    }

    /** The port of a living postmaster of this cluster; null when none lives. */
    private static @Nullable Integer runningPort(Path cluster) throws IOException {
        var file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return null;
        }
        var lines = Files.readAllLines(file);
        if (lines.size() < 4) {
            return null;
        }
        long pid = Long.parseLong(lines.getFirst().strip());
        var process = ProcessHandle.of(pid);
        boolean postgres =
                process.isPresent()
                        && process.get().isAlive()
                        && process.get().info().command().orElse("postgres").contains("postgres");
        if (!postgres) {
            // Left behind by kill -9; PostgreSQL itself would refuse if another took its pid.
            Files.deleteIfExists(file);
            return null;
        }
        return Integer.parseInt(lines.get(3).strip());
    }

    private EmbeddedPostgres awaitReady() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            if (server != null && !server.isAlive()) {
                throw new IOException(
                        "the server ended at once: "
                                + PostgresProcess.lastLine(folder.resolve("log"))
                                + PostgresProcess.reachability(folder));
            }
            try (var connection =
                    DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                            "postgres",
                            secrets.superuser())) {
                if (connection.isValid(5)) {
                    return this;
                }
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("it does not answer: " + e.getMessage(), e);
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for the database", e);
            }
        }
    }

    /** Makes the three roles and the database, or sets their passwords again. */
    private void createRoles() throws IOException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                                "postgres",
                                secrets.superuser());
                var statement = connection.createStatement()) {
            if (exists(statement, "select 1 from pg_database where datname = 'stoa'")) {
                return;
            }
            role(statement, "stoa_owner", "nobypassrls", secrets.owner());
            role(statement, "stoa_app", "nobypassrls", secrets.app());
            role(statement, "stoa_service", "bypassrls", secrets.service());
            statement.execute("create database stoa owner stoa_owner");
        } catch (SQLException e) {
            throw new IOException("its roles could not be made: " + e.getMessage(), e);
        }
    }

    private static void role(
            java.sql.Statement statement, String name, String rights, String password)
            throws SQLException {
        var verb =
                exists(statement, "select 1 from pg_roles where rolname = '" + name + "'")
                        ? "alter"
                        : "create";
        // The names and words are this program's own; the password is hexadecimal.
        statement.execute(
                verb
                        + " role "
                        + name
                        + " login nosuperuser "
                        + rights
                        + " password '"
                        + password
                        + "'");
    }

    private static boolean exists(java.sql.Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    /** Stops the server in its fast mode, if this program started it. */
    @Override
    public void close() {
        if (server == null || !server.isAlive()) {
            return;
        }
        try {
            PostgresProcess.stop(folder, binaries);
            server.waitFor();
        } catch (IOException e) {
            server.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.destroy();
        }
    }

    /** The last port of this folder if it is free still, else another. */
    private static int freePort(Path folder) throws IOException {
        var remembered = folder.resolve("port");
        if (Files.exists(remembered)) {
            int port = Integer.parseInt(Files.readString(remembered).strip());
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Another program has it now; any other port serves as well.
            }
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            Files.writeString(remembered, Integer.toString(port));
            return port;
        }
    }
}
