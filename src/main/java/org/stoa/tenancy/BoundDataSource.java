package org.stoa.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out connections of the application's role, each of whose transactions is bound to the
 * current {@link Caller} in the same round trip as its first statement. Where no caller is bound,
 * row-level security shows no row and accepts none.
 */
final class BoundDataSource extends DelegatingDataSource {
    private static final int LONGEST_WAIT_SECONDS = 10;

    // Whoever must wait, waits here: the pool itself starts a task for everyone who does.
    private final Semaphore free;

    /**
     * @param connections how many the pool has
     */
    BoundDataSource(DataSource pool, int connections) {
        super(pool);
        free = new Semaphore(connections);
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            if (!free.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new SQLTransientConnectionException("No connection came free in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted before one came free", e);
        }
        try {
            return BoundConnection.wrap(super.getConnection(), free::release);
        } catch (SQLException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("The pool knows its own credentials");
    }
}
