package org.stoa.stripe;

import tools.jackson.databind.node.ObjectNode;

/** What the shop may ask of its checkout sessions. */
final class Sessions {
    private Sessions() {}

    static ObjectNode list(Call call) {
        var details = call.params().path("customer_details");
        return call.page(
                "checkout.session",
                one ->
                        call.same("customer", "payment_intent", "subscription", "status").test(one)
                                && (!Json.given(details, "email")
                                        || details.get("email")
                                                .equals(
                                                        one.path("customer_details")
                                                                .get("email"))));
    }

    /** What the shop noted of it. */
    static ObjectNode update(Call call) {
        var session = call.subject("checkout.session");
        call.echo(session);
        return session;
    }

    static ObjectNode lines(Call call) {
        var session = call.subject("checkout.session");
        var plan = call.account().plans.get(Json.id(session));
        return call.pageOf(plan == null ? java.util.List.of() : Json.each(plan.lines()));
    }

    static ObjectNode expire(Call call) {
        var session = call.subject("checkout.session");
        if (!Json.text(session, "status").equals("open")) {
            throw StripeRefusal.invalid(
                    ("Only Checkout Sessions with a status in [\"open\"] can be expired. This"
                                    + " Checkout Session has a status of `%s`.")
                            .formatted(Json.text(session, "status")));
        }
        call.account().checkout().expire(session);
        return session;
    }
}
