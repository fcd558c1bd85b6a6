package org.stoa.stripe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Invoices, and what was paid on them. Source: docs.stripe.com/api/invoices. */
final class Invoicing {
    private final StripeAccount account;
    private final Map<String, List<ObjectNode>> byInvoice = new HashMap<>();
    private int number;

    Invoicing(StripeAccount account) {
        this.account = account;
    }

    /** The receipt of what was bought once. */
    ObjectNode ofSession(ObjectNode session, SessionPlan plan) {
        var data = session.path("invoice_creation").path("invoice_data");
        var invoice = draft(plan.lines(), Json.orNull(session, "customer"), "manual");
        if (data.path("metadata") instanceof ObjectNode metadata) {
            invoice.set("metadata", metadata.deepCopy());
        }
        invoice.set("description", data.get("description"));
        invoice.set("footer", data.get("footer"));
        finish(invoice);
        return invoice;
    }

    /** What a subscription costs for a period. */
    ObjectNode ofSubscription(
            ObjectNode subscription, ArrayNode lines, long start, long end, String reason) {
        var invoice = draft(lines, Json.text(subscription, "customer"), reason);
        invoice.put("period_start", start);
        invoice.put("period_end", start);
        invoice.set("parent", parent(subscription));
        for (var each : invoice.path("lines").path("data")) {
            var line = (ObjectNode) each;
            line.putObject("period").put("end", end).put("start", start);
            line.set("metadata", subscription.path("metadata").deepCopy());
            var parent = line.putObject("parent");
            parent.putNull("invoice_item_details").put("type", "subscription_item_details");
            parent.putObject("subscription_item_details")
                    .putNull("invoice_item")
                    .put("proration", false)
                    .putNull("proration_details")
                    .put("subscription", Json.id(subscription))
                    .set("subscription_item", subscription.at("/items/data/0/id"));
        }
        finish(invoice);
        subscription.put("latest_invoice", Json.id(invoice));
        return invoice;
    }

    private static ObjectNode parent(ObjectNode subscription) {
        var parent = Json.object();
        parent.putNull("quote_details").put("type", "subscription_details");
        var details = parent.putObject("subscription_details");
        details.set("metadata", subscription.path("metadata").deepCopy());
        details.put("subscription", Json.id(subscription));
        return parent;
    }

    private ObjectNode draft(ArrayNode items, @Nullable String customer, String reason) {
        var invoice = account.draft("invoice");
        invoice.put("billing_reason", reason);
        invoice.put("customer", customer);
        addressed(invoice, customer == null ? null : account.find("customer", customer));
        long subtotal = 0;
        long tax = 0;
        long total = 0;
        long discount = 0;
        var lines = Json.array();
        for (var item : items) {
            lines.add(line(invoice, item));
            subtotal += Json.number(item, "amount_subtotal");
            discount += Json.number(item, "amount_discount");
            tax += Json.number(item, "amount_tax");
            total += Json.number(item, "amount_total");
        }
        invoice.put("currency", Json.text(items.get(0), "currency"));
        invoice.put("subtotal", subtotal).put("subtotal_excluding_tax", subtotal);
        invoice.put("total", total).put("total_excluding_tax", total - tax);
        invoice.put("amount_due", total).put("amount_remaining", total);
        if (discount > 0) {
            invoice.putArray("total_discount_amounts").addObject().put("amount", discount);
        }
        if (tax > 0) {
            invoice.putArray("total_taxes")
                    .addObject()
                    .put("amount", tax)
                    .put(
                            "tax_behavior",
                            total - tax < subtotal - discount ? "inclusive" : "exclusive")
                    .put("taxability_reason", "standard_rated")
                    .put("type", "tax_rate_details");
        }
        var url = "/v1/invoices/" + Json.id(invoice) + "/lines";
        invoice.set("lines", Json.list(url, Json.each(lines), false));
        invoice.put("period_start", account.seconds()).put("period_end", account.seconds());
        return account.keep(invoice);
    }

    private static void addressed(ObjectNode invoice, @Nullable ObjectNode customer) {
        if (customer != null) {
            invoice.set("customer_email", customer.get("email"));
            invoice.set("customer_name", customer.get("name"));
            invoice.set("customer_address", customer.get("address"));
        }
    }

    private ObjectNode line(ObjectNode invoice, JsonNode item) {
        var line = account.draft("line_item");
        line.put("invoice", Json.id(invoice));
        line.put("amount", Json.number(item, "amount_subtotal"));
        line.put("subtotal", Json.number(item, "amount_subtotal"));
        line.set("currency", item.get("currency"));
        line.set("description", item.get("description"));
        line.set("quantity", item.get("quantity"));
        line.putObject("period").put("end", account.seconds()).put("start", account.seconds());
        var price = item.path("price");
        var pricing = line.putObject("pricing");
        pricing.putObject("price_details")
                .put("price", Json.id(price))
                .put("product", Json.text(price, "product"));
        pricing.put("type", "price_details");
        pricing.set("unit_amount_decimal", price.get("unit_amount_decimal"));
        return line;
    }

    private void finish(ObjectNode invoice) {
        account.tell("invoice.created", invoice);
        var id = Json.id(invoice);
        number++;
        invoice.put("status", "open");
        invoice.put("number", "STOA-%04d".formatted(number));
        invoice.put("effective_at", account.seconds());
        invoice.put("hosted_invoice_url", account.stripe().address() + "/invoices/" + id);
        invoice.put("invoice_pdf", account.stripe().address() + "/invoices/" + id + "/pdf");
        ((ObjectNode) invoice.path("status_transitions")).put("finalized_at", account.seconds());
        account.tell("invoice.finalized", invoice);
    }

    /**
     * @param intent what paid it; nothing where nothing was due
     */
    void paid(ObjectNode invoice, @Nullable ObjectNode intent) {
        long due = Json.number(invoice, "amount_due");
        invoice.put("status", "paid");
        invoice.put("amount_paid", due).put("amount_remaining", 0);
        invoice.put("attempted", true).put("auto_advance", false);
        invoice.putNull("next_payment_attempt");
        ((ObjectNode) invoice.path("status_transitions")).put("paid_at", account.seconds());
        if (intent != null) {
            invoice.put("attempt_count", Json.number(invoice, "attempt_count") + 1);
            var payment = payment(invoice, intent);
            payment.put("amount_paid", due).put("status", "paid");
            ((ObjectNode) payment.path("status_transitions")).put("paid_at", account.seconds());
            account.tell("invoice_payment.paid", payment);
        }
        account.tell("invoice.paid", invoice);
        account.tell("invoice.payment_succeeded", invoice);
    }

    void failed(ObjectNode invoice, ObjectNode intent, @Nullable Long nextAttempt) {
        payment(invoice, intent);
        invoice.put("attempted", true);
        invoice.put("attempt_count", Json.number(invoice, "attempt_count") + 1);
        invoice.put("next_payment_attempt", nextAttempt);
        account.tell("invoice.payment_failed", invoice);
    }

    private ObjectNode payment(ObjectNode invoice, ObjectNode intent) {
        var there = paymentsOf(Json.id(invoice));
        if (!there.isEmpty()) {
            return there.getFirst();
        }
        var payment = account.draft("invoice_payment");
        payment.put("status", "open");
        payment.put("invoice", Json.id(invoice));
        payment.set("currency", invoice.get("currency"));
        payment.set("amount_requested", invoice.get("amount_due"));
        payment.putObject("payment")
                .put("payment_intent", Json.id(intent))
                .put("type", "payment_intent");
        byInvoice.put(Json.id(invoice), List.of(payment));
        return account.keep(payment);
    }

    List<ObjectNode> paymentsOf(String invoice) {
        return byInvoice.getOrDefault(invoice, List.of());
    }

    static ObjectNode pay(Call call) {
        var invoice = call.subject("invoice");
        if (!Json.text(invoice, "status").equals("open")) {
            throw StripeRefusal.invalid("Invoice is already " + Json.text(invoice, "status"))
                    .code("invoice_not_editable");
        }
        call.account().billing().payNow(invoice);
        if (!Json.text(invoice, "status").equals("paid")) {
            throw Card.DECLINED.refusal();
        }
        return invoice;
    }

    static ObjectNode list(Call call) {
        var subscription = call.text("subscription");
        return call.page(
                "invoice",
                one ->
                        call.same("customer", "status", "collection_method").test(one)
                                && (subscription.isEmpty()
                                        || Json.text(
                                                        one.at("/parent/subscription_details"),
                                                        "subscription")
                                                .equals(subscription)));
    }

    /** By invoice, or by the payment intent that paid. */
    static ObjectNode payments(Call call) {
        var intent = Json.text(call.params().path("payment"), "payment_intent");
        return call.page(
                "invoice_payment",
                one ->
                        call.same("invoice", "status").test(one)
                                && (intent.isEmpty()
                                        || Json.text(one.path("payment"), "payment_intent")
                                                .equals(intent)));
    }
}
