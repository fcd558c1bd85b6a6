package org.stoa.tenancy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Short news between the nodes of an installation: "this school changed", "this person moved on".
 * Listeners of this node hear it at once after the commit, those of other nodes through
 * PostgreSQL's NOTIFY. News are hints: whoever misses one must still become right by itself, for a
 * node that dies between its commit and its news sends none.
 */
@Component
public class Signals implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Signals.class);
    private static final String CHANNEL = "stoa";
    private static final int MOST_AT_ONCE = 200;

    private final DatabaseSettings database;
    private final String node = Long.toHexString(new java.security.SecureRandom().nextLong());
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(100_000);
    private volatile boolean running;
    private @Nullable Thread sender;
    private @Nullable Thread receiver;

    Signals(DatabaseSettings database) {
        this.database = database;
    }

    /** Calls the listener with the text of each signal of this kind, from this node and others. */
    public void listen(String kind, Consumer<String> listener) {
        listeners.computeIfAbsent(kind, k -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /**
     * Tells everyone after the current transaction has committed, or at once where there is none.
     *
     * @param text at most 7,000 bytes
     */
    public void send(String kind, String text) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tell(kind, text);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        tell(kind, text);
                    }
                });
    }

    private void tell(String kind, String text) {
        hear(kind, text);
        if (!outgoing.offer(node + " " + kind + " " + text)) {
            log.warn(
                    "Too many signals wait for the other nodes; one of kind {} was left out", kind);
        }
    }

    private void hear(String kind, String text) {
        for (var listener : listeners.getOrDefault(kind, List.of())) {
            listener.accept(text);
        }
    }

    @Override
    public void start() {
        running = true;
        sender = Thread.ofVirtual().name("signals-out").start(() -> keep(this::sendAll));
        receiver = Thread.ofVirtual().name("signals-in").start(() -> keep(this::receiveAll));
    }

    /** The commands that end beside a running server must not leave before their news have. */
    @Override
    public void stop() {
        running = false;
        for (var thread : new Thread[] {sender, receiver}) {
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (!outgoing.isEmpty()) {
            try (var connection = connect()) {
                flush(connection, new ArrayList<>());
            } catch (SQLException e) {
                log.warn("The last signals did not reach the other nodes", e);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private interface Work {
        void with(Connection connection) throws SQLException, InterruptedException;
    }

    private void keep(Work work) {
        while (running) {
            try (var connection = connect()) {
                work.with(connection);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (SQLException e) {
                if (running) {
                    log.warn("The connection for signals broke; trying again: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void sendAll(Connection connection) throws SQLException, InterruptedException {
        while (running) {
            var first = new ArrayList<String>();
            first.add(outgoing.take());
            flush(connection, first);
        }
    }

    private void flush(Connection connection, List<String> texts) throws SQLException {
        outgoing.drainTo(texts, MOST_AT_ONCE);
        try (var statement =
                connection.prepareStatement(
                        "select pg_notify('" + CHANNEL + "', text) from unnest(?::text[]) text")) {
            statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
            statement.execute();
        }
    }

    private void receiveAll(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
        }
        var postgres = connection.unwrap(PGConnection.class);
        while (running) {
            var news = postgres.getNotifications(1_000);
            for (var one : news == null ? new PGNotification[0] : news) {
                receive(one.getParameter());
            }
        }
    }

    private void receive(String line) {
        var parts = line.split(" ", 3);
        if (parts.length == 3 && !parts[0].equals(node)) {
            hear(parts[1], parts[2]);
        }
    }

    private Connection connect() throws SQLException {
        var login = database.service();
        return DriverManager.getConnection(database.url(), login.username(), login.password());
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
