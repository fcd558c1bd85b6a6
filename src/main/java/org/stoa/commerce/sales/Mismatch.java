package org.stoa.commerce.sales;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Money;

/**
 * Where money and access do not agree.
 *
 * @param kind {@code payment-without-access}, {@code access-without-payment}, {@code
 *     refund-refused}, or {@code return-refused} where there was nothing to give for the money
 * @param order null where access names an order that there is not
 * @param course null where it is about money alone
 * @param title of the course, or of what was bought
 * @param person whose it is
 * @param amount minor units it is about
 * @param detail what the payment service said, or how the order stands
 * @param reference what the access comes from
 */
public record Mismatch(
        String id,
        String kind,
        @Nullable UUID order,
        @Nullable String code,
        @Nullable UUID course,
        String title,
        String person,
        @Nullable Long amount,
        @Nullable String currency,
        String detail,
        Instant since,
        String reference) {
    /** How much it is about; empty where nobody knows. */
    public String said() {
        return amount == null || currency == null ? "" : new Money(amount, currency).said();
    }
}
