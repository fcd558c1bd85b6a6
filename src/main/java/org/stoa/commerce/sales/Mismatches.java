package org.stoa.commerce.sales;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.stoa.commerce.Access;
import org.stoa.commerce.Refunds;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/**
 * Payments without access, access without payments, money that does not go back; and their mending.
 */
@Service
public class Mismatches {
    static final int MOST = 100;

    private final RevenueStore store;
    private final Access access;
    private final Refunds refunds;
    private final Clock clock;

    Mismatches(RevenueStore store, Access access, Refunds refunds, Clock clock) {
        this.store = store;
        this.access = access;
        this.refunds = refunds;
        this.clock = clock;
    }

    /** The oldest first, at most 100. */
    public List<Mismatch> all() {
        return store.mismatches(null, clock.instant(), MOST);
    }

    /**
     * Gives the access that was paid for, ends the one that was not, or has the money tried again.
     *
     * @return what was mended
     * @throws Problem.NotFound when it is none, or not any more
     * @throws Problem.Conflict when the course is full
     */
    public Mismatch mend(String id) {
        var by = Caller.current().personId();
        var one =
                store.mismatches(id, clock.instant(), 1).stream()
                        .findFirst()
                        .orElseThrow(() -> new Problem.NotFound(say("sales.noMismatch")));
        switch (one.kind()) {
            case "payment-without-access" ->
                    access.give(
                            Objects.requireNonNull(one.order()),
                            Objects.requireNonNull(one.course()),
                            by);
            case "access-without-payment" -> access.end(one.reference(), one.order(), by);
            default -> refunds.again(Objects.requireNonNull(one.order()), by);
        }
        return one;
    }
}
