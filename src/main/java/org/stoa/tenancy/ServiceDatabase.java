package org.stoa.tenancy;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database as the service role sees it: every school's rows. Only for what happens before a
 * caller is known (hosts, sign-in, webhooks, jobs) and for the platform's administration; each use
 * names it.
 */
public final class ServiceDatabase {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ServiceDatabase(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    public JdbcClient.StatementSpec sql(String sql) {
        return jdbc.sql(sql);
    }

    /** All of the work is kept, or none of it. */
    public <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
        return transactions.execute(status -> work.get());
    }
}
