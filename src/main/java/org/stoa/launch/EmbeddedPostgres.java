package org.stoa.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL under the data folder: it keeps what it acknowledged through {@code kill -9},
 * asks for passwords, listens on loopback only, and ends with the program that started it.
 *
 * <p>Whoever starts or looks for it holds {@code start.lock}; whoever uses it shares {@code
 * use.lock}, so that a command that started it does not end it under another that found it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ORPHANS_END = Duration.ofSeconds(10);
    private static final long LOG_BYTES = 10_000_000;
    private static final String WRONG_PASSWORD = "28P01";

    private final Path folder;
    private final DatabaseSecrets secrets;
    private final int port;
    private final FolderLock use;
    private final @Nullable Path binaries;
    private final @Nullable Process server;

    private EmbeddedPostgres(
            Path folder,
            DatabaseSecrets secrets,
            int port,
            FolderLock use,
            @Nullable Path binaries,
            @Nullable Process server) {
        this.folder = folder;
        this.secrets = secrets;
        this.port = port;
        this.use = use;
        this.binaries = binaries;
        this.server = server;
    }

    /**
     * Attaches to the server of this data folder if one runs, else starts it; makes it first where
     * there is none.
     *
     * @throws Refusal with a sentence for the person when that cannot be
     */
    public static EmbeddedPostgres attachOrStart(Path data) {
        return attachOrStart(data, begun -> {});
    }

    /**
     * The same.
     *
     * @param begun is given the server as soon as its process lives, before it answers
     */
    static EmbeddedPostgres attachOrStart(Path data, Consumer<EmbeddedPostgres> begun) {
        return open(data, true, begun);
    }

    /**
     * Starts the server of this data folder. One that is left from a program that was killed is on
     * its way out already; it is waited for, and stopped if it stays.
     *
     * @param begun is given the server as soon as its process lives, before it answers
     * @throws Refusal with a sentence for the person when that cannot be
     */
    static EmbeddedPostgres start(Path data, Consumer<EmbeddedPostgres> begun) {
        return open(data, false, begun);
    }

    /** Whether a database was ever made in this data folder. */
    static boolean made(Path data) {
        return Files.exists(data.resolve("postgres/cluster"));
    }

    private static EmbeddedPostgres open(
            Path data, boolean attach, Consumer<EmbeddedPostgres> begun) {
        var folder = data.toAbsolutePath().normalize().resolve("postgres");
        try {
            Folders.make(folder);
            return openIn(folder, attach, begun);
        } catch (IOException e) {
            if (Sentences.diskFull(e, data)) {
                throw new Refusal(Sentences.diskFull(data), e);
            }
            if (e instanceof FileSystemException file) {
                throw new Refusal(Sentences.unwritable(data, file), e);
            }
            throw new Refusal(
                    "PostgreSQL could not be started: "
                            + e.getMessage()
                            + " (its log is "
                            + folder.resolve("log")
                            + ")",
                    e);
        }
    }

    private static EmbeddedPostgres openIn(
            Path folder, boolean attach, Consumer<EmbeddedPostgres> begun) throws IOException {
        try (var starting = FolderLock.alone(folder.resolve("start.lock"), PATIENCE)) {
            if (starting == null) {
                throw new IOException("another Stoa has been starting it for a minute");
            }
            refuseOtherVersion(folder.resolve("cluster"));
            var secrets = DatabaseSecrets.in(folder);
            if (attach) {
                var attached = attach(folder, secrets);
                if (attached != null) {
                    return attached;
                }
            } else {
                awaitEnd(folder);
            }
            return start(folder, secrets, begun);
        }
    }

    /** The running server, once it answers; null when there is none, or it ends meanwhile. */
    private static @Nullable EmbeddedPostgres attach(Path folder, DatabaseSecrets secrets)
            throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var running = Postmaster.of(folder.resolve("cluster"));
                running != null;
                running = Postmaster.of(folder.resolve("cluster"))) {
            var use = FolderLock.shared(folder.resolve("use.lock"));
            if (use != null) {
                var found = new EmbeddedPostgres(folder, secrets, running.port(), use, null, null);
                var failure = found.failure();
                if (failure == null) {
                    return found;
                }
                use.close();
                if (System.nanoTime() > deadline) {
                    throw new IOException("it does not answer: " + failure.getMessage(), failure);
                }
            }
            FolderLock.pause();
        }
        return null;
    }

    /** Waits for the server of a program that was killed, or of a command that still works. */
    private static void awaitEnd(Path folder) throws IOException {
        long start = System.nanoTime();
        while (Postmaster.of(folder.resolve("cluster")) != null) {
            var waited = Duration.ofNanos(System.nanoTime() - start);
            try (var alone = FolderLock.alone(folder.resolve("use.lock"))) {
                if (alone != null && waited.compareTo(ORPHANS_END) > 0) {
                    PostgresProcess.stop(folder, PostgresBinaries.unpackInto(folder));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for the database to end", e);
            }
            if (waited.compareTo(PATIENCE) > 0) {
                throw new Refusal(
                        "A command still works on the data folder "
                                + folder.getParent()
                                + ". Start Stoa again when it has ended.");
            }
            FolderLock.pause();
        }
    }

    private static EmbeddedPostgres start(
            Path folder, DatabaseSecrets secrets, Consumer<EmbeddedPostgres> begun)
            throws IOException {
        var cluster = folder.resolve("cluster");
        var binaries = PostgresBinaries.unpackInto(folder);
        if (!Files.exists(cluster)) {
            PostgresProcess.initialize(folder, binaries, secrets);
        }
        Postmaster.forgetDead(cluster);
        var log = folder.resolve("log");
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, folder.resolve("log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
        var use = FolderLock.shared(folder.resolve("use.lock"), PATIENCE);
        if (use == null) {
            throw new IOException("another Stoa has been ending it for a minute");
        }
        int port = freePort(folder);
        var server = PostgresProcess.start(folder, binaries, port);
        var started = new EmbeddedPostgres(folder, secrets, port, use, binaries, server);
        begun.accept(started);
        try {
            started.awaitReady(server);
            started.createRoles();
        } catch (IOException | RuntimeException e) {
            started.end();
            throw e;
        }
        return started;
    }

    /** JDBC address of Stoa's database. */
    public String url() {
        return url("stoa");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
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

    private void awaitReady(Process server) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var failure = failure(); failure != null; failure = failure()) {
            if (!server.isAlive()) {
                throw new IOException(
                        "it ended at once: " + PostgresProcess.complaint(folder.resolve("log")));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("it does not answer: " + failure.getMessage(), failure);
            }
            FolderLock.pause();
        }
    }

    /** Why the server does not let us in yet; null when it does. */
    private @Nullable SQLException failure() {
        try (var connection = connect()) {
            return connection.isValid(5) ? null : new SQLException("it is not ready");
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new Refusal(
                        "The passwords in "
                                + folder.resolve("secrets.properties")
                                + " are not those of the database beside it. Put the file back from"
                                + " the backup that the database came from.",
                        e);
            }
            return e;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url("postgres"), "postgres", secrets.superuser());
    }

    /** Makes the three roles and the database, or sets their passwords again. */
    private void createRoles() throws IOException {
        try (var connection = connect();
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

    /**
     * Ends the server if this program started it, once no other command uses it any more; whoever
     * only found it leaves it running.
     */
    @Override
    public void close() {
        try {
            use.close();
            if (server != null && server.isAlive()) {
                try (var alone = FolderLock.alone(folder.resolve("use.lock"), PATIENCE)) {
                    end();
                }
            }
        } catch (IOException e) {
            end();
        }
    }

    /** Ends the server if this program started it, whoever uses it. */
    void end() {
        if (server == null || binaries == null || !server.isAlive()) {
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
        try (var socket =
                new ServerSocket(
                        Integer.parseInt(Files.readString(remembered).strip()),
                        1,
                        InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException | IllegalArgumentException e) {
            // There was none, the file is spoilt, or another program has it; any serves as well.
            return anyPort(remembered);
        }
    }

    private static int anyPort(Path remembered) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(remembered, Integer.toString(socket.getLocalPort()));
            return socket.getLocalPort();
        }
    }
}
