package org.stoa.commerce;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is paid again and again for an order, as its provider told it last.
 *
 * @param order whose it is; there is one for each
 * @param reference the provider's name of it
 * @param customer the provider's name of who pays; may be empty
 * @param paidUntil what came in pays for the time until then, a trial too
 * @param cancelsAt it is not renewed any more then; null where nobody said so
 * @param partsLeft payments that are still to come; null where it goes on until somebody ends it
 * @param failedAt since when a renewal is not paid; null where all are
 * @param toldAt when the provider said so
 */
public record Subscription(
        UUID order,
        String provider,
        String reference,
        String customer,
        Status status,
        Instant paidUntil,
        @Nullable Instant cancelsAt,
        @Nullable Integer partsLeft,
        @Nullable Instant failedAt,
        Instant toldAt) {
    /** How it stands with the provider. */
    public enum Status {
        TRIALING,
        ACTIVE,
        /** The last renewal is not paid; the provider may try again. */
        PAST_DUE,
        /** Nothing will be paid any more. */
        ENDED;

        /** As the database and JSON say it: {@code past-due}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Status of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * What a provider says of it.
     *
     * @param at when it said so: of two, the later is true
     */
    public record Told(
            String reference,
            String customer,
            Status status,
            Instant paidUntil,
            @Nullable Instant cancelsAt,
            Instant at) {}

    /** It is paid again when what is paid is over, and nobody said otherwise. */
    public boolean renews() {
        return status != Status.ENDED && cancelsAt == null && !paidUp();
    }

    /** All of its parts are paid: it is theirs for good. */
    public boolean paidUp() {
        return partsLeft != null && partsLeft == 0;
    }

    /**
     * When the access that it gives ends, unless it is paid again; null for never.
     *
     * @param grace how long a payment may be late
     */
    @Nullable Instant accessUntil(Duration grace) {
        if (paidUp()) {
            return null;
        }
        return status == Status.ENDED ? paidUntil : paidUntil.plus(grace);
    }
}
