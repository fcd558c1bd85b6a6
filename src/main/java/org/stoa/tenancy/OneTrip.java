package org.stoa.tenancy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGStatement;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.Query;

/**
 * Keeps pgjdbc from parting a binding from its statement. Once a statement has been described, the
 * driver sends a Sync before any other whose answer might be long, for fear that both sides wait
 * for one another to read; that Sync would end the implicit transaction, and the binding with it.
 * Here the fear is void: the only answer that could wait is the binding's one short row. So each
 * part is told to be short. Were the driver to change under us, statements would find no row, and
 * the tests of the bound database would fail.
 */
final class OneTrip {
    private static final VarHandle PREPARED_QUERY;
    private static final VarHandle ROW_SIZE;

    static {
        try {
            var prepared = Class.forName("org.postgresql.jdbc.PgPreparedStatement");
            PREPARED_QUERY =
                    MethodHandles.privateLookupIn(prepared, MethodHandles.lookup())
                            .findVarHandle(prepared, "preparedQuery", CachedQuery.class);
            var simple = Class.forName("org.postgresql.core.v3.SimpleQuery");
            ROW_SIZE =
                    MethodHandles.privateLookupIn(simple, MethodHandles.lookup())
                            .findVarHandle(simple, "cachedMaxResultRowSize", Integer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private OneTrip() {}

    /** The parts of a statement, to be kept together at each of its executions. */
    static Query[] parts(PreparedStatement statement) throws SQLException {
        var cached = (CachedQuery) PREPARED_QUERY.get(statement.unwrap(PGStatement.class));
        var parts = cached.query.getSubqueries();
        if (parts == null) {
            throw new SQLException("The driver did not take the statement as two");
        }
        return parts;
    }

    static void keepTogether(Query[] parts) {
        for (var part : parts) {
            ROW_SIZE.set(part, 0);
        }
    }
}
