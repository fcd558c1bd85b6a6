package org.stoa.commerce.billing;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;

/**
 * Invoices, one for each payment, issued when somebody first asks for it. They are numbered without
 * a gap, for each school from 1, and change no more.
 */
@Service
class Invoices {
    private final InvoiceStore store;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    Invoices(InvoiceStore store, PlatformTransactionManager transactions, Ids ids, Clock clock) {
        this.store = store;
        this.transactions = new TransactionTemplate(transactions);
        this.ids = ids;
        this.clock = clock;
    }

    /** Whose orders somebody asks about. */
    enum Whose {
        /** Their own. */
        MINE,
        /** Anybody's, for an administrator. */
        ANY
    }

    /**
     * The invoices of an order.
     *
     * @param issued the oldest first
     * @param open how many payments have none yet
     * @param ready the school has said how it stands on one
     */
    record OfOrder(
            UUID order, String code, String buyer, List<Invoice> issued, int open, boolean ready) {
        /** Whom the next one is for, unless somebody says otherwise. */
        Invoice.Party next() {
            return issued.isEmpty() ? new Invoice.Party(buyer, "", "") : issued.getLast().to();
        }

        Optional<Invoice> numbered(String number) {
            return issued.stream().filter(it -> it.said().equals(number)).findFirst();
        }
    }

    /**
     * @throws Problem.NotFound when there is no such order of theirs
     */
    OfOrder of(UUID order, Whose whose) {
        var person = Caller.current().personId();
        return office(() -> read(order, whose, person));
    }

    private OfOrder read(UUID order, Whose whose, UUID person) {
        var sold =
                store.sold(order)
                        .filter(it -> whose == Whose.ANY || it.person().equals(person))
                        .orElseThrow(() -> new Problem.NotFound(say("commerce.noOrder")));
        return new OfOrder(
                order, sold.code(), sold.buyer(), store.of(order), sold.open(), sold.ready());
    }

    /** Whom an invoice is for, as somebody typed it; what is null is empty. */
    record To(@Nullable String name, @Nullable String address, @Nullable String taxId) {
        Invoice.Party read() {
            var errors = new ArrayList<FieldError>();
            var party =
                    new Invoice.Party(
                            Lines.one("name", name, Lines.NAME, errors),
                            Lines.some("address", address, Lines.ADDRESS, errors),
                            Lines.one("taxId", taxId, Lines.TAX_ID, errors));
            if (party.name().isEmpty()) {
                errors.add(new FieldError("name", say("billing.forWhom")));
            }
            if (!errors.isEmpty()) {
                throw new Problem.Invalid(List.copyOf(errors));
            }
            return party;
        }
    }

    /**
     * Issues what is not issued yet; asked again, it changes nothing.
     *
     * @throws Problem.NotFound when there is no such order of theirs
     * @throws Problem.Conflict when there is nothing to issue one for, or the school cannot yet
     * @throws Problem.Invalid naming {@code name}, {@code address} or {@code taxId}
     */
    OfOrder issue(UUID order, To to, Whose whose) {
        var person = Caller.current().personId();
        return office(() ->
                transactions.execute(status -> {
                    store.lock(order);
                    var before = read(order, whose, person);
                    if (before.open() == 0 && !before.issued().isEmpty()) {
                        return before;
                    }
                    if (before.open() == 0) {
                        throw new Problem.Conflict(say("billing.nothingPaid"));
                    }
                    if (!before.ready()) {
                        throw new Problem.Conflict(say("billing.notReady"));
                    }
                    write(order, to.read());
                    return read(order, whose, person);
                }));
    }

    private void write(UUID order, Invoice.Party to) {
        for (var payment : store.open(order)) {
            long number = store.next(payment.test());
            var fresh =
                    new InvoiceStore.Fresh(ids.next(), payment.id(), number, to, clock.instant());
            if (!store.add(fresh)) {
                // The number goes back with the transaction.
                throw new Problem.Conflict(say("billing.notReady"));
            }
        }
    }

    private static <T> T office(java.util.function.Supplier<T> work) {
        return Caller.office(Caller.current().school()).get(work);
    }
}
