package org.stoa.stripe;

import tools.jackson.databind.node.ObjectNode;

/** Customers, and the portal where they see to themselves. */
final class Customers {
    private Customers() {}

    static ObjectNode create(Call call) {
        var customer = blank(call.account());
        call.echo(customer);
        call.account().keep(customer);
        call.account().tell("customer.created", customer);
        return customer;
    }

    static ObjectNode update(Call call) {
        return Catalog.update(call, "customer");
    }

    private static ObjectNode blank(StripeAccount account) {
        var customer = account.draft("customer");
        customer.put(
                "invoice_prefix", account.stripe().newId("", 8).toUpperCase(java.util.Locale.ROOT));
        return customer;
    }

    /** Somebody who became one at the checkout. */
    static ObjectNode of(StripeAccount account, Shopper shopper) {
        var customer = blank(account);
        customer.put("email", shopper.email());
        customer.put("name", shopper.name());
        customer.putObject("address").put("country", shopper.country());
        for (var line : new String[] {"city", "line1", "line2", "postal_code", "state"}) {
            ((ObjectNode) customer.path("address")).putNull(line);
        }
        account.keep(customer);
        account.tell("customer.created", customer);
        return customer;
    }

    static ObjectNode portal(Call call) {
        call.need("customer");
        var account = call.account();
        account.require("customer", call.text("customer"), "customer");
        if (call.has("return_url")) {
            Urls.absolute(call.text("return_url"), "return_url");
        }
        var session = account.make("billing_portal.session");
        call.echo(session);
        session.put("customer", call.text("customer"));
        session.put("return_url", Json.orNull(call.params(), "return_url"));
        session.put("configuration", account.stripe().newId("bpc_", 24));
        session.put("url", account.stripe().address() + "/portal/" + Json.id(session));
        account.tell("billing_portal.session.created", session);
        return session;
    }
}
