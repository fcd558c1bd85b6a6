package org.stoa.stripe;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a session when its buyer acts. Source: docs.stripe.com/payments/checkout. */
final class Checkout {
    private final StripeAccount account;

    Checkout(StripeAccount account) {
        this.account = account;
    }

    private SessionPlan plan(ObjectNode session) {
        return Objects.requireNonNull(account.plans.get(Json.id(session)));
    }

    static void total(StripeAccount account, ObjectNode session, SessionPlan plan, String country) {
        boolean taxed = Json.yes(plan.asked("automatic_tax"), "enabled");
        var coupon = Discount.of(account, plan.coupon());
        int rate = taxed ? Totals.rate(country) : 0;
        boolean free = Billing.trialDays(plan.asked("subscription_data"), account) > 0;
        Totals.of(plan.lines(), coupon, rate, free).into(session);
        if (taxed) {
            var tax = session.putObject("automatic_tax");
            tax.put("enabled", true);
            tax.putObject("liability").put("type", "self");
            tax.put("status", country.isEmpty() ? "requires_location_inputs" : "complete");
            tax.put("provider", "stripe");
        }
        if (!plan.coupon().isEmpty()) {
            var code = plan.promotionCode();
            session.putArray("discounts")
                    .addObject()
                    .put("coupon", code.isEmpty() ? plan.coupon() : null)
                    .put("promotion_code", code.isEmpty() ? null : code);
        }
    }

    static ObjectNode details(
            @Nullable String email, @Nullable String name, @Nullable String country) {
        var details = Json.object();
        var address = details.putObject("address");
        address.putNull("city").put("country", country).putNull("line1").putNull("line2");
        address.putNull("postal_code").putNull("state");
        details.putNull("business_name").put("email", email).putNull("individual_name");
        details.put("name", name).putNull("phone").put("tax_exempt", "none").putArray("tax_ids");
        return details;
    }

    /** The button pressed. */
    Attempt pay(ObjectNode session, Card card, Shopper shopper) {
        if (!Json.text(session, "status").equals("open") || isUnderWay(session)) {
            return new Attempt.Closed(Json.text(session, "status"));
        }
        var plan = plan(session);
        if (!shopper.promotionCode().isEmpty()) {
            redeem(session, plan, shopper);
        }
        total(account, session, plan, shopper.country());
        if (Json.text(session, "mode").equals("subscription")) {
            return account.billing().subscribe(session, plan, card, shopper);
        }
        if (Json.number(session, "amount_total") == 0) {
            return complete(session, "no_payment_required", shopper);
        }
        var intent = intent(session, plan);
        return attempt(session, plan, intent, card, shopper);
    }

    private boolean isUnderWay(ObjectNode session) {
        var intent = account.find("payment_intent", Json.text(session, "payment_intent"));
        return intent != null && Json.text(intent, "status").matches("processing|succeeded");
    }

    private void redeem(ObjectNode session, SessionPlan plan, Shopper shopper) {
        var code = Coupons.byCode(account, shopper.promotionCode());
        if (code == null || !Json.yes(session, "allow_promotion_codes")) {
            throw StripeRefusal.invalid("This code is invalid.");
        }
        Coupons.usable(
                account,
                code,
                Json.number(session, "amount_subtotal"),
                Json.text(session, "customer"),
                "promotion_code");
        var coupon = Json.text(code.path("promotion"), "coupon");
        Coupons.usable(
                account,
                account.require("coupon", coupon, "coupon"),
                Json.text(session, "currency"),
                "promotion_code");
        plan.discount(coupon, Json.id(code));
    }

    /** One for all attempts at a session. */
    private ObjectNode intent(ObjectNode session, SessionPlan plan) {
        var there = account.find("payment_intent", Json.text(session, "payment_intent"));
        if (there != null) {
            there.put("amount", Json.number(session, "amount_total"));
            return there;
        }
        var intent =
                account.payments()
                        .intent(
                                Json.number(session, "amount_total"),
                                Json.text(session, "currency"),
                                Json.orNull(session, "customer"),
                                plan.asked("payment_intent_data"));
        session.put("payment_intent", Json.id(intent));
        return intent;
    }

    private Attempt attempt(
            ObjectNode session, SessionPlan plan, ObjectNode intent, Card card, Shopper shopper) {
        var payments = account.payments();
        if (card.declines(false)) {
            var refusal = payments.decline(intent, card, shopper);
            return new Attempt.Declined(Json.text(refusal, "code"), Json.text(refusal, "message"));
        }
        if (card == Card.CHALLENGED) {
            plan.waitFor(shopper, card);
            payments.challenge(intent);
            return new Attempt.NextStep();
        }
        customer(session, shopper, intent);
        if (card == Card.BANK_DEBIT) {
            plan.waitFor(shopper, card);
            payments.process(intent, card, shopper);
            return complete(session, "unpaid", shopper);
        }
        payments.succeed(intent, card, shopper);
        return complete(session, "paid", shopper);
    }

    /** The bank's step was taken, well or not. */
    Attempt authenticate(ObjectNode session, boolean well) {
        var plan = plan(session);
        var shopper = plan.waiting();
        if (!Json.text(session, "status").equals("open") || shopper == null) {
            return new Attempt.Closed(Json.text(session, "status"));
        }
        plan.waitFor(null, null);
        if (Json.text(session, "mode").equals("subscription")) {
            return account.billing()
                    .subscribe(session, plan, well ? Card.GOOD : Card.DECLINED, shopper);
        }
        var intent = intent(session, plan);
        if (!well) {
            var refusal = account.payments().failAuthentication(intent);
            return new Attempt.Declined(Json.text(refusal, "code"), Json.text(refusal, "message"));
        }
        customer(session, shopper, intent);
        account.payments().succeed(intent, Card.GOOD, shopper);
        return complete(session, "paid", shopper);
    }

    /** The debit came through, or came back. */
    void settle(ObjectNode session, boolean well) {
        var plan = plan(session);
        boolean once = plan.debit().isEmpty();
        var intent =
                account.find(
                        "payment_intent",
                        once ? Json.text(session, "payment_intent") : plan.debit());
        if (intent == null || !Json.text(intent, "status").equals("processing")) {
            throw new IllegalStateException("Nothing is under way for " + Json.id(session));
        }
        var shopper = Objects.requireNonNull(plan.waiting());
        plan.waitFor(null, null);
        account.payments().settle(intent, well, shopper);
        if (well) {
            session.put("payment_status", "paid");
        }
        if (!once) {
            account.billing().settle(session, intent, well);
        } else if (well) {
            invoice(session, intent);
        }
        account.tell("checkout.session.async_payment_" + (well ? "succeeded" : "failed"), session);
    }

    /** Makes a guest a customer, where the session says so. */
    private void customer(ObjectNode session, Shopper shopper, ObjectNode intent) {
        boolean wanted =
                Json.text(session, "customer_creation").equals("always")
                        || !plan(session)
                                .asked("payment_intent_data")
                                .path("setup_future_usage")
                                .isMissingNode();
        if (wanted && Json.text(session, "customer").isEmpty()) {
            session.put("customer", Json.id(Customers.of(account, shopper)));
        }
        intent.put("customer", Json.orNull(session, "customer"));
    }

    Attempt complete(ObjectNode session, String paymentStatus, Shopper shopper) {
        Coupons.redeemed(account, plan(session));
        session.put("status", "complete");
        session.put("payment_status", paymentStatus);
        session.putNull("url");
        session.set(
                "customer_details",
                details(emailOf(session, shopper), shopper.name(), shopper.country()));
        var intent = account.find("payment_intent", Json.text(session, "payment_intent"));
        if (paymentStatus.equals("paid") && intent != null) {
            invoice(session, intent);
        }
        account.tell("checkout.session.completed", session);
        return new Attempt.Done(returnTo(session));
    }

    static String emailOf(ObjectNode session, Shopper shopper) {
        var known = Json.text(session.path("customer_details"), "email");
        return known.isEmpty() ? shopper.email() : known;
    }

    private void invoice(ObjectNode session, ObjectNode intent) {
        if (Json.yes(session.path("invoice_creation"), "enabled")) {
            var plan = plan(session);
            var invoice = account.invoicing().ofSession(session, plan);
            account.invoicing().paid(invoice, intent);
            session.put("invoice", Json.id(invoice));
        }
    }

    static URI returnTo(ObjectNode session) {
        return URI.create(
                Json.text(session, "success_url")
                        .replace("{CHECKOUT_SESSION_ID}", Json.id(session)));
    }

    void expire(ObjectNode session) {
        if (!Json.text(session, "status").equals("open") || isUnderWay(session)) {
            return;
        }
        session.put("status", "expired");
        session.putNull("url");
        var intent = account.find("payment_intent", Json.text(session, "payment_intent"));
        if (intent != null) {
            account.payments().cancel(intent, "expired");
        }
        account.tell("checkout.session.expired", session);
    }
}
