package org.stoa.stripe;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Money given back. Source: docs.stripe.com/api/refunds. */
final class Refunds {
    private Refunds() {}

    static ObjectNode create(Call call) {
        var account = call.account();
        var charge = charge(call);
        var amount = call.has("amount") ? Json.number(call.params(), "amount") : null;
        var refund = make(account, charge, amount, Json.orNull(call.params(), "reason"));
        call.echo(refund);
        tell(account, refund, charge);
        return refund;
    }

    private static ObjectNode charge(Call call) {
        var account = call.account();
        if (call.has("charge") == call.has("payment_intent") && !call.has("charge")) {
            throw StripeRefusal.invalid(
                            "One of the following params should be provided for this request:"
                                    + " payment_intent or charge.")
                    .code("parameter_missing");
        }
        if (call.has("charge")) {
            return account.require("charge", call.text("charge"), "charge");
        }
        var intent = call.text("payment_intent");
        account.require("payment_intent", intent, "payment_intent");
        var charge = account.payments().paidCharge(intent);
        if (charge == null) {
            throw StripeRefusal.invalid(
                            "This PaymentIntent ("
                                    + intent
                                    + ") does not have a successful charge to refund.")
                    .param("payment_intent");
        }
        return charge;
    }

    /** Told by {@link #tell}. */
    static ObjectNode make(
            StripeAccount account,
            ObjectNode charge,
            @Nullable Long asked,
            @Nullable String reason) {
        var currency = Json.text(charge, "currency");
        long left = Json.number(charge, "amount_captured") - Json.number(charge, "amount_refunded");
        refuse(charge, asked, left, currency);
        long amount = asked == null ? left : asked;
        var refund = account.draft("refund");
        refund.put("amount", amount);
        refund.put("currency", currency);
        refund.put("charge", Json.id(charge));
        refund.set("payment_intent", charge.get("payment_intent"));
        refund.put("reason", reason);
        account.keep(refund);
        var transaction = Payouts.transaction(account, "refund", -amount, refund, 0);
        refund.put("balance_transaction", Json.id(transaction));
        charge.put("amount_refunded", Json.number(charge, "amount_refunded") + amount);
        charge.put("refunded", amount == left);
        return refund;
    }

    private static void refuse(
            ObjectNode charge, @Nullable Long asked, long left, String currency) {
        if (!Json.text(charge, "status").equals("succeeded")) {
            throw StripeRefusal.invalid(
                    "Charge " + Json.id(charge) + " has not succeeded; it cannot be refunded.");
        }
        if (Json.yes(charge, "disputed")) {
            throw StripeRefusal.invalid(
                            "Charge "
                                    + Json.id(charge)
                                    + " has been charged back; cannot issue a refund.")
                    .code("charge_disputed");
        }
        if (left == 0) {
            throw StripeRefusal.invalid("Charge " + Json.id(charge) + " has already been refunded.")
                    .code("charge_already_refunded");
        }
        if (asked != null && asked < 1) {
            throw StripeRefusal.invalid("Invalid positive integer")
                    .param("amount")
                    .code("parameter_invalid_integer");
        }
        if (asked != null && asked > left) {
            throw StripeRefusal.invalid(
                            "Refund amount (%s) is greater than unrefunded amount on charge (%s)"
                                    .formatted(
                                            Currencies.shown(asked, currency),
                                            Currencies.shown(left, currency)))
                    .param("amount");
        }
    }

    static void tell(StripeAccount account, ObjectNode refund, ObjectNode charge) {
        var before = Json.object();
        before.put(
                "amount_refunded",
                Json.number(charge, "amount_refunded") - Json.number(refund, "amount"));
        if (Json.yes(charge, "refunded")) {
            before.put("refunded", false);
        }
        account.tell("refund.created", refund);
        account.told().tell("charge.refunded", charge, before);
    }

    /** The bank sent it back, days later: the money is the school's again. */
    static void fail(StripeAccount account, ObjectNode refund) {
        if (Json.text(refund, "status").equals("failed")) {
            throw new IllegalStateException("It has failed already: " + Json.id(refund));
        }
        var charge = account.require("charge", Json.text(refund, "charge"), "charge");
        long amount = Json.number(refund, "amount");
        refund.put("status", "failed");
        refund.put("failure_reason", "expired_or_canceled_card");
        var back = Payouts.transaction(account, "refund_failure", amount, refund, 0);
        refund.put("failure_balance_transaction", Json.id(back));
        charge.put("amount_refunded", Json.number(charge, "amount_refunded") - amount);
        charge.put("refunded", false);
        account.tell("refund.updated", refund);
        account.tell("refund.failed", refund);
        account.tell("charge.refund.updated", refund);
    }
}
