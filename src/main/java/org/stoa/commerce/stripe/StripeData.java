package org.stoa.commerce.stripe;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.shared.Money;
import tools.jackson.databind.JsonNode;

/**
 * Reads Stripe's objects as they were written, whatever the version of its API: what is not there,
 * or not as expected, is nothing.
 */
final class StripeData {
    static final String ORDER = "stoa_order";
    static final String ORGANIZATION = "stoa_organization";
    static final String REFUND = "stoa_refund";

    private StripeData() {}

    static String text(JsonNode object, String field) {
        var node = object.path(field);
        return node.isString() ? node.asString() : "";
    }

    /** The id of another object, whether it stands there alone or with what it names. */
    static String id(JsonNode object, String field) {
        var node = object.path(field);
        return node.isObject() ? text(node, "id") : text(object, field);
    }

    static @Nullable Instant time(JsonNode object, String field) {
        var node = object.path(field);
        return node.isIntegralNumber() && node.canConvertToLong()
                ? Instant.ofEpochSecond(node.asLong())
                : null;
    }

    /** A sum in the currency of the object; null where there is none. */
    static @Nullable Money money(JsonNode object, String field) {
        return sum(object.path(field), text(object, "currency"));
    }

    private static @Nullable Money sum(JsonNode node, String currency) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
            return null;
        }
        try {
            return StripeMoney.money(node.asLong(), currency);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    /** Whether a session says what of its sum is tax; the oldest versions do not. */
    static boolean saysTax(JsonNode session) {
        return session.path("total_details").path("amount_tax").isIntegralNumber();
    }

    private static long tax(JsonNode session, Money amount) {
        return tax(session, session.path("total_details").path("amount_tax"), amount);
    }

    /** What of the sum that was paid on an invoice is tax, in minor units. */
    static long taxOfInvoice(JsonNode invoice, Money paid) {
        long sum = 0;
        for (var one : invoice.path("total_taxes")) {
            sum += tax(invoice, one.path("amount"), paid);
        }
        return Math.min(sum, paid.amount());
    }

    private static long tax(JsonNode object, JsonNode some, Money of) {
        var tax = sum(some, text(object, "currency"));
        return tax == null ? 0 : Math.min(tax.amount(), of.amount());
    }

    /** The order that an object of this school was made for, as the school wrote it there. */
    static Optional<UUID> order(JsonNode object, UUID school) {
        var metadata = object.path("metadata");
        boolean ours = text(metadata, ORGANIZATION).equals(school.toString());
        return ours ? uuid(text(metadata, ORDER)) : Optional.empty();
    }

    /**
     * The order that a subscription, or an invoice of one, was made for: newer versions of the API
     * say so in the invoice's parent, older ones beside it or in its lines.
     */
    static Optional<UUID> subscribed(JsonNode object, UUID school) {
        return order(object, school)
                .or(() -> order(object.path("parent").path("subscription_details"), school))
                .or(() -> order(object.path("subscription_details"), school))
                .or(() -> order(object.path("lines").path("data").path(0), school));
    }

    /** The subscription that an object is, or is an invoice of; empty where it names none. */
    static String subscription(JsonNode object) {
        if (text(object, "object").equals("subscription")) {
            return text(object, "id");
        }
        var newer = id(object.path("parent").path("subscription_details"), "subscription");
        return newer.isEmpty() ? id(object, "subscription") : newer;
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /**
     * How a checkout session stands; null where it does not say so.
     *
     * @param at when it was paid, if it does not say that either
     */
    static @Nullable State state(JsonNode session, Instant at) {
        return switch (text(session, "status")) {
            case "open" -> new State.Open();
            case "expired" -> new State.Expired();
            case "complete" -> complete(session, at);
            default -> null;
        };
    }

    /** The same for a session that is said to be complete, by what else it says. */
    static @Nullable State completed(JsonNode session, Instant at) {
        var status = text(session, "status");
        return status.isEmpty() ? complete(session, at) : state(session, at);
    }

    private static @Nullable State complete(JsonNode session, Instant at) {
        return switch (text(session, "payment_status")) {
            case "paid" -> paid(session, at);
            case "no_payment_required" -> {
                var amount = money(session, "amount_total");
                yield amount == null ? null : new State.Paid(amount, null, at);
            }
            case "unpaid" ->
                    switch (text(session.path("payment_intent"), "status")) {
                        case "requires_payment_method", "canceled" -> new State.Failed();
                        default -> new State.Awaiting();
                    };
            default -> null;
        };
    }

    private static @Nullable State paid(JsonNode session, Instant at) {
        var amount = money(session, "amount_total");
        var intent = id(session, "payment_intent");
        var payment = intent.isEmpty() ? text(session, "id") : intent;
        if (amount == null || payment.isEmpty()) {
            return null;
        }
        var charged = time(session.path("payment_intent").path("latest_charge"), "created");
        return new State.Paid(
                amount, tax(session, amount), payment, charged == null ? at : charged);
    }

    /** How a dispute stands: {@code open}, {@code won} or {@code lost}; null for an inquiry. */
    static @Nullable String dispute(JsonNode dispute) {
        return switch (text(dispute, "status")) {
            case "needs_response", "under_review" -> "open";
            case "won" -> "won";
            case "lost" -> "lost";
            default -> null;
        };
    }
}
