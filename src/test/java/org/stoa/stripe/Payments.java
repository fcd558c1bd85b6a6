package org.stoa.stripe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Payment intents and the charges they make. */
final class Payments {
    private final StripeAccount account;

    Payments(StripeAccount account) {
        this.account = account;
    }

    /**
     * @param data {@code payment_intent_data} of the session
     */
    ObjectNode intent(long amount, String currency, @Nullable String customer, JsonNode data) {
        var intent = account.draft("payment_intent");
        intent.put("amount", amount);
        intent.put("currency", currency);
        intent.put("customer", customer);
        intent.put("client_secret", Json.id(intent) + "_secret_" + account.stripe().newId("", 24));
        data.properties().stream()
                .filter(e -> intent.has(e.getKey()))
                .forEach(e -> intent.set(e.getKey(), e.getValue().deepCopy()));
        account.keep(intent);
        account.tell("payment_intent.created", intent);
        return intent;
    }

    void succeed(ObjectNode intent, Card card, Shopper shopper) {
        var charge = charge(intent, card, shopper);
        capture(charge, intent);
    }

    private void capture(ObjectNode charge, ObjectNode intent) {
        long amount = Json.number(intent, "amount");
        charge.put("amount_captured", amount);
        charge.put("paid", true);
        charge.put("captured", true);
        charge.put("status", "succeeded");
        charge.set("outcome", outcome("approved_by_network", null, "Payment complete."));
        charge.put("receipt_url", account.stripe().address() + "/receipts/" + Json.id(charge));
        intent.put("status", "succeeded");
        intent.put("amount_received", amount);
        intent.putNull("next_action");
        intent.putNull("last_payment_error");
        account.tell("charge.succeeded", charge);
        account.tell("payment_intent.succeeded", intent);
        // Captured later than told, since capture_method is automatic_async.
        var transaction = Payouts.transaction(account, "charge", amount, charge, fee(amount));
        charge.put("balance_transaction", Json.id(transaction));
        account.told().tell("charge.updated", charge, Json.object().putNull("balance_transaction"));
    }

    static long fee(long amount) {
        return amount * 15 / 1000 + 25;
    }

    /** What the intent says of why. */
    ObjectNode decline(ObjectNode intent, Card card, Shopper shopper) {
        var charge = charge(intent, card, shopper);
        var refusal = card.refusal();
        var error = refusal.asLastError();
        charge.put("status", "failed");
        charge.put("paid", false);
        charge.put("captured", false);
        charge.set("failure_code", error.get("code"));
        charge.set("failure_message", error.get("message"));
        var reason = Json.text(error, "decline_code");
        charge.set(
                "outcome",
                outcome(
                        "declined_by_network",
                        reason.isEmpty() ? Json.text(error, "code") : reason,
                        "The bank did not return any further details with this decline."));
        fail(intent, error);
        account.tell("charge.failed", charge);
        account.tell("payment_intent.payment_failed", intent);
        return error;
    }

    private static void fail(ObjectNode intent, ObjectNode error) {
        intent.put("status", "requires_payment_method");
        intent.putNull("payment_method");
        intent.putNull("next_action");
        intent.set("last_payment_error", error);
    }

    void challenge(ObjectNode intent) {
        intent.put("status", "requires_action");
        var step = intent.putObject("next_action").put("type", "redirect_to_url");
        step.putObject("redirect_to_url")
                .put("url", account.stripe().address() + "/pay/")
                .putNull("return_url");
        account.tell("payment_intent.requires_action", intent);
    }

    ObjectNode failAuthentication(ObjectNode intent) {
        var error =
                StripeRefusal.of(
                                402,
                                "card_error",
                                "We are unable to authenticate your payment method. Please choose a"
                                        + " different payment method and try again.")
                        .code("payment_intent_authentication_failure")
                        .asLastError();
        fail(intent, error);
        account.tell("payment_intent.payment_failed", intent);
        return error;
    }

    /** A debit begun: settled by {@link #settle}. */
    void process(ObjectNode intent, Card card, Shopper shopper) {
        var charge = charge(intent, card, shopper);
        charge.put("status", "pending");
        charge.put("paid", false);
        intent.put("status", "processing");
        intent.putObject("processing").put("type", card.type());
        account.tell("charge.pending", charge);
        account.tell("payment_intent.processing", intent);
    }

    void settle(ObjectNode intent, boolean well, Shopper shopper) {
        var charge = account.require("charge", Json.text(intent, "latest_charge"), "charge");
        intent.putNull("processing");
        if (well) {
            capture(charge, intent);
            return;
        }
        var error =
                StripeRefusal.of(
                                402,
                                "card_error",
                                "The bank account of " + shopper.name() + " refused the debit.")
                        .code("payment_intent_payment_attempt_failed")
                        .asLastError();
        charge.put("status", "failed");
        charge.put("captured", false);
        charge.put("failure_code", "insufficient_funds");
        charge.set("failure_message", error.get("message"));
        fail(intent, error);
        account.tell("charge.failed", charge);
        account.tell("payment_intent.payment_failed", intent);
    }

    private ObjectNode charge(ObjectNode intent, Card card, Shopper shopper) {
        var method = method(card, shopper);
        var charge = account.draft("charge");
        for (var key : List.of("amount", "currency", "customer", "description", "receipt_email")) {
            charge.set(key, intent.get(key));
        }
        charge.set("metadata", intent.path("metadata").deepCopy());
        charge.put("payment_intent", Json.id(intent));
        charge.put("payment_method", Json.id(method));
        charge.put("calculated_statement_descriptor", "STOA");
        charge.set("billing_details", method.path("billing_details").deepCopy());
        var details = charge.putObject("payment_method_details").put("type", card.type());
        details.putObject(card.type()).put("last4", card.last4()).put("country", "DE");
        if (card.type().equals("card")) {
            ((ObjectNode) details.path("card"))
                    .put("brand", "visa")
                    .put("exp_month", 8)
                    .put("exp_year", 2034)
                    .put("funding", "credit")
                    .put("network", "visa");
        }
        account.keep(charge);
        intent.put("latest_charge", Json.id(charge));
        intent.put("payment_method", Json.id(method));
        return charge;
    }

    private ObjectNode method(Card card, Shopper shopper) {
        var method = account.make("payment_method");
        method.put("type", card.type());
        var details = (ObjectNode) method.path("billing_details");
        details.put("email", shopper.email()).put("name", shopper.name());
        ((ObjectNode) details.path("address")).put("country", shopper.country());
        method.putObject(card.type()).put("last4", card.last4()).put("brand", "visa");
        return method;
    }

    private static ObjectNode outcome(String network, @Nullable String reason, String message) {
        var outcome = Json.object();
        outcome.putNull("advice_code").putNull("network_advice_code");
        outcome.putNull("network_decline_code").put("network_status", network);
        outcome.put("reason", reason).put("seller_message", message);
        return outcome.put("type", reason == null ? "authorized" : "issuer_declined");
    }

    void cancel(ObjectNode intent, @Nullable String reason) {
        intent.put("status", "canceled");
        intent.put("canceled_at", account.seconds());
        intent.put("cancellation_reason", reason);
        account.tell("payment_intent.canceled", intent);
    }

    /** What the shop noted of it; charges that are made already keep theirs. */
    static ObjectNode update(Call call) {
        var intent = call.subject("payment_intent");
        call.echo(intent);
        return intent;
    }

    static ObjectNode cancel(Call call) {
        var intent = call.subject("payment_intent");
        var status = Json.text(intent, "status");
        if (status.matches("succeeded|canceled|processing")) {
            throw StripeRefusal.invalid(
                            ("You cannot cancel this PaymentIntent because it has a status of %s."
                                            + " Only a PaymentIntent with one of the following"
                                            + " statuses may be canceled: requires_payment_method,"
                                            + " requires_capture, requires_confirmation,"
                                            + " requires_action.")
                                    .formatted(status))
                    .code("payment_intent_unexpected_state");
        }
        call.account().payments().cancel(intent, Json.orNull(call.params(), "cancellation_reason"));
        return intent;
    }

    /** The one that was paid, of an intent's charges. */
    @Nullable ObjectNode paidCharge(String intent) {
        var found = account.find("payment_intent", intent);
        var charge =
                found == null ? null : account.find("charge", Json.text(found, "latest_charge"));
        return charge != null && Json.text(charge, "status").equals("succeeded") ? charge : null;
    }

    List<ObjectNode> refundsOf(String charge) {
        return account.shelf("refund").all().reversed().stream()
                .filter(r -> Json.text(r, "charge").equals(charge))
                .toList();
    }
}
