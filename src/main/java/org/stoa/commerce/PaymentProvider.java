package org.stoa.commerce;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Money;

/**
 * Somebody who takes payments for schools. Each call acts for the school of the bound caller, its
 * office, and leaves the process: never inside a transaction.
 */
public interface PaymentProvider {
    /** Its word in the settings and the database. */
    String name();

    /**
     * Opens a page where the order is paid. Asked again for the same order, it answers with the
     * same page, whatever happened to the first answer.
     *
     * @throws ProviderTrouble when there is none
     */
    Order.Checkout begin(Order order, Buyer buyer);

    /** How the order's checkout stands; only for one that has a checkout. */
    State look(Order order);

    /** Sees to it that nobody pays there any more, and says how it stands then. */
    State end(Order order);

    /**
     * Gives money back. Asked again under the same id, it is given back once.
     *
     * @return the provider's name of it
     * @throws ProviderTrouble when it is not, or not now
     */
    String refund(Giving giving);

    /**
     * Sees to it that an order's subscription is not renewed any more. Asked again, it changes
     * nothing.
     *
     * @throws ProviderTrouble when it is not, or not now
     */
    void stop(Order order, Subscription subscription, Stop when);

    /**
     * Opens a page where whoever pays a subscription sees to how they pay, and ends it.
     *
     * @param root of the school's site, without a slash at the end
     * @param back where they come back to
     * @throws ProviderTrouble when there is none
     */
    String portal(Subscription subscription, String root, String back);

    /** When a subscription is not renewed any more. */
    enum Stop {
        NOW,
        /** When what is paid is over. */
        AT_THE_END,
        /** When as many payments came in as were agreed on. */
        AFTER_ITS_PARTS
    }

    /**
     * Who pays, and where they go from the checkout.
     *
     * @param email may be empty
     * @param root of the school's site, without a slash at the end
     * @param done where they come back to having paid
     * @param back where they come back to without
     */
    record Buyer(UUID person, String email, String root, String done, String back) {}

    /**
     * @param payment the provider's name of the payment
     */
    record Giving(UUID id, UUID order, String payment, Money amount) {}

    /** How a checkout stands. */
    sealed interface State {
        /** It can still be paid. */
        record Open() implements State {}

        /** The payer has done their part; the money is not certain yet. */
        record Awaiting() implements State {}

        /**
         * @param amount all of it
         * @param tax minor units of that
         */
        record Paid(Money amount, long tax, @Nullable String payment, Instant at) implements State {
            public Paid(Money amount, @Nullable String payment, Instant at) {
                this(amount, 0, payment, at);
            }
        }

        /**
         * It is paid again and again.
         *
         * @param payments that came in by now, the oldest first; they may be said again
         */
        record Recurring(Subscription.Told told, List<Paid> payments) implements State {}

        record Failed() implements State {}

        record Expired() implements State {}
    }
}
