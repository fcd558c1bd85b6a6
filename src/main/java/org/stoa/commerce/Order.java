package org.stoa.commerce;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.commerce.billing.Tax;
import org.stoa.shared.Money;

/**
 * Somebody's wish to buy, with what was agreed on frozen in it.
 *
 * @param code as people say it: eight letters and digits
 * @param person who buys
 * @param course the course whose own price was asked; null for an offer beside that
 * @param slug that course's address
 * @param title of what is bought, as it was then
 * @param price what is paid: the whole of it, or where it is paid more than once, each time
 * @param paid minor units that came in so far; {@code returned} those that went back
 * @param checkout the page where it is paid; null before there is one
 */
public record Order(
        UUID id,
        String code,
        UUID person,
        UUID offer,
        @Nullable UUID course,
        @Nullable String slug,
        String title,
        Terms terms,
        OrderStatus status,
        Money price,
        long paid,
        long returned,
        String provider,
        @Nullable Checkout checkout,
        Instant createdAt,
        @Nullable Instant paidAt) {
    /**
     * Where an order is paid.
     *
     * @param reference the provider's name of it
     * @param url for the payer's browser
     * @param endsAt after which nobody can pay there
     */
    public record Checkout(String reference, String url, Instant endsAt) {}

    /** Whether a payment is all that was asked: tax that comes on top is no part of it. */
    boolean coveredBy(PaymentProvider.State.Paid paid) {
        long onTop = terms.tax() == Tax.ON_TOP ? paid.tax() : 0;
        return paid.amount().currency().equals(price.currency())
                && paid.amount().amount() - onTop >= price.amount();
    }
}
