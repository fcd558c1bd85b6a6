package org.stoa.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Money;

/** What all stores read of a row alike. */
public final class Rows {
    private Rows() {}

    /** A {@code timestamptz}; null where there is none. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** A sum in the columns {@code amount} and {@code currency}; null where there is none. */
    public static @Nullable Money money(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return currency == null ? null : new Money(row.getLong("amount"), currency);
    }
}
