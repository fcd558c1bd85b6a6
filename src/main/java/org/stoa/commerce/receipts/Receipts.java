package org.stoa.commerce.receipts;

import static org.stoa.shared.Words.say;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;

/** What people bought. */
@Service
public class Receipts {
    private final ReceiptStore store;

    Receipts(ReceiptStore store) {
        this.store = store;
    }

    /** An order of anybody's, for the school's office; empty when there is none. */
    public Optional<Receipt> of(UUID order) {
        return store.find(order);
    }

    /** The caller's own, the newest first. */
    Slice<Receipt> mine(@Nullable String cursor, int limit) {
        var found = store.list(Caller.current().personId(), Slice.after(cursor), limit + 1);
        return Slice.of(found, limit, Receipt::id);
    }

    /**
     * @throws Problem.NotFound when the caller has no such order
     */
    Receipt mine(UUID order) {
        var caller = Caller.current();
        var person = caller.personId();
        // What goes back is the school's to read; this much of it is its buyer's too.
        return Caller.office(caller.school())
                .get(() -> store.find(order))
                .filter(it -> it.person().equals(person))
                .orElseThrow(() -> new Problem.NotFound(say("commerce.noOrder")));
    }
}
