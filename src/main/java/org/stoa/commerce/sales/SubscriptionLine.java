package org.stoa.commerce.sales;

import java.util.UUID;
import org.stoa.commerce.Subscription;
import org.stoa.shared.Money;

/**
 * A subscription as a school reads it.
 *
 * @param code of its order
 * @param price of each payment
 * @param buyer their name
 */
public record SubscriptionLine(
        UUID order,
        String code,
        String title,
        Money price,
        UUID person,
        String buyer,
        String email,
        Subscription subscription) {
    /** The word that its state goes by. */
    public String stands() {
        if (subscription.paidUp()) {
            return "paid-up";
        }
        boolean ends = subscription.cancelsAt() != null && subscription.partsLeft() == null;
        return ends && subscription.status() != Subscription.Status.ENDED
                ? "ending"
                : subscription.status().word();
    }

    /** Something more is to be paid when what is paid is over. */
    public boolean goesOn() {
        return subscription.status() != Subscription.Status.ENDED
                && !stands().equals("ending")
                && !subscription.paidUp();
    }
}
