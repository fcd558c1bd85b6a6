package org.stoa.stripe;

/** How somebody pays, as Stripe's test cards do. Source: docs.stripe.com/testing. */
public enum Card {
    /** Works. */
    GOOD("4242", "", ""),
    /** Works after another step ({@link Buyer#authenticate}). */
    CHALLENGED("3155", "", ""),
    DECLINED("0002", "card_declined", "generic_decline"),
    NO_FUNDS("9995", "card_declined", "insufficient_funds"),
    EXPIRED("0069", "expired_card", ""),
    /** Pays the first time, and is declined at every renewal. */
    FAILS_LATER("0341", "", ""),
    /** A debit that is settled days later ({@link Buyer#settle}). */
    BANK_DEBIT("3000", "", "");

    private final String last4;
    private final String code;
    private final String declineCode;

    Card(String last4, String code, String declineCode) {
        this.last4 = last4;
        this.code = code;
        this.declineCode = declineCode;
    }

    String last4() {
        return last4;
    }

    String type() {
        return this == BANK_DEBIT ? "sepa_debit" : "card";
    }

    boolean declines(boolean renewal) {
        return !code.isEmpty() || (renewal && this == FAILS_LATER);
    }

    StripeRefusal refusal() {
        if (code.isEmpty()) {
            return StripeRefusal.of(402, "card_error", "Your card was declined.")
                    .code("card_declined")
                    .declined("generic_decline");
        }
        var message =
                switch (this) {
                    case NO_FUNDS -> "Your card has insufficient funds.";
                    case EXPIRED -> "Your card has expired.";
                    default -> "Your card was declined.";
                };
        return StripeRefusal.of(402, "card_error", message).code(code).declined(declineCode);
    }
}
