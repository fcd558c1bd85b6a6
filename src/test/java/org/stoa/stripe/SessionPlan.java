package org.stoa.stripe;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What Stripe knows of a session beside what it shows. */
final class SessionPlan {
    private final ArrayNode lines;
    private final ObjectNode asked;
    private String coupon = "";
    private String promotionCode = "";
    private String debit = "";
    private @Nullable Shopper waiting;
    private @Nullable Card presented;

    SessionPlan(ArrayNode lines, ObjectNode asked) {
        this.lines = lines;
        this.asked = asked;
    }

    /** Objects of the kind {@code item}. */
    ArrayNode lines() {
        return lines;
    }

    /** The parameters it was made with. */
    ObjectNode asked() {
        return asked;
    }

    ObjectNode asked(String key) {
        return asked.path(key) instanceof ObjectNode given ? given : Json.object();
    }

    void discount(String coupon, String promotionCode) {
        this.coupon = coupon;
        this.promotionCode = promotionCode;
    }

    String coupon() {
        return coupon;
    }

    String promotionCode() {
        return promotionCode;
    }

    /** Who pays with what, while the bank asks for another step or takes its days. */
    void waitFor(@Nullable Shopper shopper, @Nullable Card card) {
        waiting = shopper;
        presented = card;
    }

    /** The payment intent of a debit that is not shown in the session. */
    void debit(String intent) {
        debit = intent;
    }

    String debit() {
        return debit;
    }

    @Nullable Shopper waiting() {
        return waiting;
    }

    @Nullable Card presented() {
        return presented;
    }
}
