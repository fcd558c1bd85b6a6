package org.stoa.commerce.billing;

import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.shared.Characters;
import org.stoa.shared.Problem;

/** How the caller's school stands on its invoices, and whether its provider reckons the tax. */
@Service
public class Billing {
    private static final int LONGEST_TROUBLE = 1000;

    private final BillingStore store;
    private final PaymentSettings payments;
    private final Clock clock;

    Billing(BillingStore store, PaymentSettings payments, Clock clock) {
        this.store = store;
        this.payments = payments;
        this.clock = clock;
    }

    /** Asked for by the school's office, or its administrators. */
    public BillingDetails current() {
        return store.find().orElse(BillingDetails.NONE);
    }

    /** Whether buyers pay tax on top of the prices that they read. */
    public boolean onTop() {
        return !payments.current().test() && tax() == Tax.ON_TOP;
    }

    /** How tax is reckoned for new orders, where a provider is there to do it. */
    public Tax tax() {
        return current().tax();
    }

    /**
     * From now on; what is issued stays as it is.
     *
     * @throws Problem.Invalid naming {@code name}, {@code address}, {@code taxId}, {@code notes} or
     *     {@code automaticTax}
     */
    @Transactional
    void set(BillingDraft draft) {
        store.set(draft.read(payments.current().test()), clock.instant());
    }

    /** The provider would not reckon tax, so that nobody can buy now. */
    public void refused(String why) {
        var words = Characters.kept(why);
        store.refused(
                words.substring(0, Math.min(words.length(), LONGEST_TROUBLE)), clock.instant());
    }

    /** It does. */
    public void reckoned() {
        store.reckoned();
    }
}
