package org.stoa.commerce;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.tenancy.Caller;

/** The school's office: it does for people what they may not do themselves. */
@Component
public class Office {
    private final TransactionTemplate transactions;

    Office(PlatformTransactionManager transactions) {
        this.transactions = new TransactionTemplate(transactions);
    }

    /** The office of the school at hand. */
    public static Caller here() {
        return Caller.office(Caller.current().school());
    }

    /** All of it is kept, or nothing. */
    public <T> T together(Supplier<T> work) {
        return Objects.requireNonNull(here().get(() -> transactions.execute(status -> work.get())));
    }

    /** All of it is kept, or nothing. */
    public void together(Runnable work) {
        here().run(() -> transactions.executeWithoutResult(status -> work.run()));
    }
}
