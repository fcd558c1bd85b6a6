package org.stoa.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out connections of the application's role, each of whose transactions is bound to the
 * current {@link Caller} in the same round trip as its first statement. Where no caller is bound,
 * row-level security shows no row and accepts none.
 */
final class BoundDataSource extends DelegatingDataSource {
    BoundDataSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return BoundConnection.wrap(super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("The pool knows its own credentials");
    }
}
