package org.stoa.stripe;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What moves on the account's balance, and what is paid out of it. */
final class Payouts {
    private Payouts() {}

    static ObjectNode transaction(
            StripeAccount account, String type, long amount, ObjectNode source, long fee) {
        var one = account.draft("balance_transaction");
        one.put("amount", amount);
        one.set("currency", source.get("currency"));
        one.put("fee", fee);
        one.put("net", amount - fee);
        one.put("type", type);
        one.put("reporting_category", type.equals("adjustment") ? "dispute" : type);
        one.put("source", Json.id(source));
        one.put("available_on", account.seconds() + Duration.ofDays(2).toSeconds());
        if (fee > 0) {
            one.putArray("fee_details")
                    .addObject()
                    .put("amount", fee)
                    .putNull("application")
                    .put("currency", Json.text(source, "currency"))
                    .put("description", "Stripe processing fees")
                    .put("type", "stripe_fee");
        }
        return account.keep(one);
    }

    static ObjectNode transactions(Call call) {
        var payout = call.text("payout");
        var paidOut = call.account().paidOut;
        return call.page(
                "balance_transaction",
                one ->
                        call.same("source", "type", "currency").test(one)
                                && (payout.isEmpty() || payout.equals(paidOut.get(Json.id(one)))));
    }

    /** What is not paid out yet, by currency: all of it pending, none available before. */
    static ObjectNode balance(Call call) {
        var balance = Json.object().put("object", "balance");
        var available = balance.putArray("available");
        balance.put("livemode", false);
        var pending = balance.putArray("pending");
        sums(call.account())
                .forEach((currency, sum) -> {
                    available.addObject().put("amount", 0).put("currency", currency);
                    pending.addObject().put("amount", sum).put("currency", currency);
                });
        return balance;
    }

    private static Map<String, Long> sums(StripeAccount account) {
        Map<String, Long> sums = new TreeMap<>();
        for (var one : account.shelf("balance_transaction").all()) {
            if (!account.paidOut.containsKey(Json.id(one))) {
                sums.merge(Json.text(one, "currency"), Json.number(one, "net"), Long::sum);
            }
        }
        return sums;
    }

    /** Pays out what is on the balance, a pay-out for every currency. */
    static void payOut(StripeAccount account) {
        sums(account).forEach((currency, sum) -> payOut(account, currency, sum));
    }

    private static void payOut(StripeAccount account, String currency, long sum) {
        if (sum <= 0) {
            return;
        }
        var payout = account.draft("payout");
        payout.put("amount", sum);
        payout.put("currency", currency);
        payout.put("description", "STRIPE PAYOUT");
        payout.put("arrival_date", account.seconds());
        payout.put("destination", account.stripe().newId("ba_", 24));
        account.keep(payout);
        for (var one : account.shelf("balance_transaction").all()) {
            if (Json.text(one, "currency").equals(currency)
                    && account.paidOut.putIfAbsent(Json.id(one), Json.id(payout)) == null) {
                one.put("status", "available");
            }
        }
        var transaction = transaction(account, "payout", -sum, payout, 0);
        account.paidOut.put(Json.id(transaction), Json.id(payout));
        payout.put("balance_transaction", Json.id(transaction));
        account.tell("payout.created", payout);
        account.tell("payout.paid", payout);
    }
}
