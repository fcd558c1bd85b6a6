package org.stoa.stripe;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was truly paid and given back, for tests to hold theirs against. */
public final class Ledger {
    /**
     * One payment that went through.
     *
     * @param session the checkout session it came of; empty for renewals
     * @param subscription what it paid a period of; empty for what is bought once
     * @param metadata the session's, over that the subscription's, over that the charge's own
     */
    public record Payment(
            String charge,
            String paymentIntent,
            String session,
            String subscription,
            String customer,
            String currency,
            long amount,
            long refunded,
            boolean disputed,
            Map<String, String> metadata) {}

    /** In minor units. */
    public record Sums(long paid, long refunded) {
        Sums plus(Payment one) {
            return new Sums(paid + one.amount(), refunded + one.refunded());
        }
    }

    private final StripeAccount account;

    Ledger(StripeAccount account) {
        this.account = account;
    }

    /** All that went through, oldest first. */
    public List<Payment> payments() {
        return account.with(() -> {
            var sessions = new HashMap<String, ObjectNode>();
            for (var one : account.shelf("checkout.session").all()) {
                sessions.put(Json.text(one, "payment_intent"), one);
                sessions.put(Json.text(one, "invoice"), one);
            }
            sessions.remove("");
            var invoices = new HashMap<String, String>();
            for (var one : account.shelf("invoice_payment").all()) {
                var intent = Json.text(one.path("payment"), "payment_intent");
                invoices.put(intent, Json.text(one, "invoice"));
            }
            return account.shelf("charge").all().stream()
                    .filter(c -> Json.text(c, "status").equals("succeeded"))
                    .map(c -> payment(c, sessions, invoices))
                    .toList();
        });
    }

    private Payment payment(
            ObjectNode charge, Map<String, ObjectNode> sessions, Map<String, String> invoices) {
        var intent = Json.text(charge, "payment_intent");
        var invoice = invoices.getOrDefault(intent, "");
        var bought = account.find("invoice", invoice);
        JsonNode session =
                sessions.getOrDefault(intent, sessions.getOrDefault(invoice, Json.object()));
        JsonNode details =
                bought == null ? Json.object() : bought.at("/parent/subscription_details");
        var metadata = new TreeMap<String, String>();
        for (var one : List.of(session, details, charge)) {
            one.path("metadata")
                    .properties()
                    .forEach(e -> metadata.put(e.getKey(), e.getValue().asString()));
        }
        return new Payment(
                Json.id(charge),
                intent,
                Json.id(session),
                Json.text(details, "subscription"),
                Json.text(charge, "customer"),
                Json.text(charge, "currency"),
                Json.number(charge, "amount"),
                Json.number(charge, "amount_refunded"),
                Json.yes(charge, "disputed"),
                metadata);
    }

    /** Those of a key of their metadata. */
    public List<Payment> of(String key, String value) {
        return payments(p -> value.equals(p.metadata().get(key)));
    }

    public List<Payment> ofCustomer(String customer) {
        return payments(p -> p.customer().equals(customer));
    }

    private List<Payment> payments(Predicate<Payment> fits) {
        return payments().stream().filter(fits).toList();
    }

    public Map<String, Sums> perCurrency() {
        return per(Payment::currency, payments());
    }

    public Map<String, Sums> perCustomer() {
        return per(Payment::customer, payments());
    }

    /** The sums for every value of this key; empty for what has none. */
    public Map<String, Sums> per(String key) {
        return per(p -> p.metadata().getOrDefault(key, ""), payments());
    }

    private static Map<String, Sums> per(
            Function<Payment, String> by, Collection<Payment> payments) {
        var sums = new TreeMap<String, Sums>();
        for (var one : payments) {
            sums.merge(
                    by.apply(one), new Sums(one.amount(), one.refunded()), (a, b) -> a.plus(one));
        }
        return sums;
    }
}
