package org.stoa.commerce.sales;

import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.CsvWriter;

/** Orders as a table, for spreadsheets: sums in the currency's own unit. */
final class SalesTable implements AutoCloseable {
    private static final List<String> COLUMNS =
            List.of(
                    "code",
                    "id",
                    "created",
                    "status",
                    "buyer",
                    "email",
                    "title",
                    "amount",
                    "paid",
                    "returned",
                    "tax",
                    "currency",
                    "provider",
                    "paid_at",
                    "kind",
                    "buys",
                    "quantity",
                    "discount",
                    "coupon");

    private final CsvWriter out;

    SalesTable(OutputStream stream) {
        out = new CsvWriter(stream, COLUMNS);
    }

    void add(OrderLine line) {
        var less = line.reduction();
        out.row(
                List.of(
                        line.code(),
                        line.id().toString(),
                        line.createdAt().toString(),
                        line.status().word(),
                        line.buyer(),
                        line.email(),
                        line.title(),
                        units(line, line.price().amount()),
                        units(line, line.paid()),
                        units(line, line.returned()),
                        units(line, line.tax()),
                        line.price().currency(),
                        line.provider(),
                        at(line.paidAt()),
                        line.kind().word(),
                        line.buys().word(),
                        "" + line.quantity(),
                        units(line, less == null ? 0 : less.amount()),
                        less == null ? "" : less.code()));
    }

    private static String units(OrderLine line, long amount) {
        return line.money(amount).units().toPlainString();
    }

    private static String at(@Nullable Instant moment) {
        return moment == null ? "" : moment.toString();
    }

    @Override
    public void close() throws java.io.IOException {
        out.close();
    }
}
