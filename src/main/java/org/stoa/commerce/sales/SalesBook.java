package org.stoa.commerce.sales;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;

/** What a school sold: orders, and the money over time. */
@Service
public class SalesBook {
    private static final int AT_A_TIME = 500;

    private final SalesStore store;
    private final RevenueStore revenue;
    private final Clock clock;

    SalesBook(SalesStore store, RevenueStore revenue, Clock clock) {
        this.store = store;
        this.revenue = revenue;
        this.clock = clock;
    }

    /**
     * The money of a while, and where it does not agree with access.
     *
     * @param provider by whom the school is paid; only that one's money is counted
     * @param taxTrouble it refuses to reckon tax, so that nobody can buy
     */
    public record Overview(
            String provider,
            boolean taxTrouble,
            List<Revenue> revenue,
            List<Mismatch> mismatches) {}

    /**
     * @param months the last twelve months rather than the last thirty days, by the school's clocks
     */
    public Overview overview(boolean months) {
        var zone = Caller.current().school().timeZone();
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, zone);
        var from = Revenue.from(months, today, zone);
        var found = revenue.overview(months ? "month" : "day", from, zone, now, Mismatches.MOST);
        return new Overview(
                found.provider(),
                found.taxTrouble(),
                Revenue.of(found.points(), months, today),
                found.mismatches());
    }

    /** The newest first. */
    public Slice<OrderLine> list(OrderSearch search, @Nullable String cursor, int limit) {
        var found = store.list(search, Slice.after(cursor), limit + 1);
        return Slice.of(found, limit, OrderLine::id);
    }

    /** Each order that is looked for, the newest first, however many there are. */
    public void each(OrderSearch search, Consumer<OrderLine> work) {
        UUID before = null;
        List<OrderLine> some;
        do {
            some = store.list(search, before, AT_A_TIME);
            some.forEach(work);
            before = some.isEmpty() ? null : some.getLast().id();
        } while (some.size() == AT_A_TIME);
    }

    /**
     * @throws Problem.NotFound when the school has no such order
     */
    public OrderWhole one(UUID id) {
        return store.one(id, clock.instant())
                .orElseThrow(() -> new Problem.NotFound(say("commerce.noOrder")));
    }
}
