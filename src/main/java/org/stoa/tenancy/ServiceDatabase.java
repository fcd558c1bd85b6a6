package org.stoa.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database as the service role sees it: every school's rows. Only for what happens before a
 * caller is known (hosts, sign-in, webhooks, jobs) and for the platform's administration; each use
 * names it.
 */
public final class ServiceDatabase {
    private final DataSource source;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    /**
     * @param pool connections of the service role
     */
    ServiceDatabase(DataSource pool) {
        source = new FencedDataSource(pool);
        jdbc = JdbcClient.create(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    public JdbcClient.StatementSpec sql(String sql) {
        return jdbc.sql(sql);
    }

    /** Whether a transaction of this database is under way here. */
    public boolean transacting() {
        return TransactionSynchronizationManager.hasResource(source);
    }

    /** All of the work is kept, or none of it. */
    public <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
        return transactions.execute(status -> work.get());
    }

    /** Plain connections, but behind a {@link Fence}. */
    private static final class FencedDataSource extends DelegatingDataSource {
        FencedDataSource(DataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            return Fence.currentOrNull() == null ? connection : BoundConnection.fenced(connection);
        }
    }
}
