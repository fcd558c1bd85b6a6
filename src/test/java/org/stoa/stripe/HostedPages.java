package org.stoa.stripe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The pages that stand at Stripe's: where a buyer pays, and sees to subscriptions. */
final class HostedPages {
    private static final String PAGE =
            """
            <!doctype html><html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Checkout (a double of Stripe's)</title></head>
            <body><h1>A double of Stripe's checkout</h1>%s</body></html>
            """;
    private static final String BUTTONS =
            """
            <p><button name="card" value="GOOD">Pay</button></p>
            <p><button name="card" value="DECLINED">Pay with a card that is declined</button></p>
            <p><button name="card" value="NO_FUNDS">Pay with a card without funds</button></p>
            <p><button name="card" value="CHALLENGED">Pay with a card that asks again</button></p>
            <p><button name="card" value="BANK_DEBIT">Pay by bank debit</button></p>
            """;
    private static final String STEP =
            """
            <p role="status">Your bank asks for another step.</p>
            <p><button name="step" value="well">Confirm at the bank</button></p>
            <p><button name="step" value="badly">Fail at the bank</button></p>
            """;

    private final StripeDouble stripe;

    HostedPages(StripeDouble stripe) {
        this.stripe = stripe;
    }

    private static String last(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().replaceFirst("^.*/", "");
    }

    private @Nullable StripeAccount holder(String object, String id) {
        return stripe.all().stream()
                .filter(a -> a.with(() -> a.find(object, id) != null))
                .findFirst()
                .orElse(null);
    }

    void pay(HttpExchange exchange) throws IOException {
        var id = last(exchange);
        var account = holder("checkout.session", id);
        if (account == null) {
            show(exchange, 404, "<p>There is no such page.</p>");
            return;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            show(exchange, 200, page(account, id, "", BUTTONS));
            return;
        }
        Attempt attempt;
        try {
            attempt = act(account, id, form(exchange));
        } catch (StripeRefusal e) {
            show(exchange, 200, page(account, id, said(e.getMessage()), BUTTONS));
            return;
        }
        switch (attempt) {
            case Attempt.Done done -> go(exchange, done.returnTo());
            case Attempt.Declined no ->
                    show(exchange, 200, page(account, id, said(no.message()), BUTTONS));
            case Attempt.NextStep step -> show(exchange, 200, page(account, id, "", STEP));
            case Attempt.Closed closed -> show(exchange, 200, page(account, id, "", BUTTONS));
        }
    }

    private static String said(@Nullable String message) {
        return "<p role=\"alert\">" + escaped("" + message) + "</p>";
    }

    private static Attempt act(StripeAccount account, String id, Map<String, Object> form) {
        var step = form.get("step");
        if (step != null) {
            return account.buyer().authenticate(id, step.equals("well"));
        }
        var shopper =
                new Shopper(
                        text(form, "email", "jenny@example.org"),
                        text(form, "name", "Jenny Rosen"),
                        text(form, "country", "DE"),
                        text(form, "code", ""));
        return account.buyer().pay(id, Card.valueOf(text(form, "card", "GOOD")), shopper);
    }

    private static String text(Map<String, Object> form, String key, String otherwise) {
        var value = form.get(key);
        return value instanceof String text && !text.isBlank() ? text : otherwise;
    }

    private static Map<String, Object> form(HttpExchange exchange) throws IOException {
        return Form.read(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String page(StripeAccount account, String id, String message, String buttons) {
        return account.with(() -> {
            var session = account.require("checkout.session", id, "session");
            var status = Json.text(session, "status");
            return status.equals("open")
                    ? message + open(account, session, buttons)
                    : "<p role=\"status\">"
                            + (status.equals("expired")
                                    ? "This checkout has expired."
                                    : "This checkout is complete.")
                            + "</p>";
        });
    }

    private static String open(StripeAccount account, ObjectNode session, String buttons) {
        var lines = new StringBuilder();
        var plan = account.plans.get(Json.id(session));
        for (var line : plan == null ? Json.array() : plan.lines()) {
            lines.append("<li>")
                    .append(escaped(Json.text(line, "description")))
                    .append(" × ")
                    .append(Json.number(line, "quantity"));
        }
        var email = Json.text(session.path("customer_details"), "email");
        var back = Json.text(session, "cancel_url");
        return """
        <ul>%s</ul><p>Total: <strong>%s</strong></p>
        <form method="post">
        <p><label>Email <input name="email" type="email" value="%s"></label></p>
        <p><label>Name <input name="name" value="Jenny Rosen"></label></p>
        <p><label>Country <input name="country" value="DE"></label></p>
        <p><label>Promotion code <input name="code"></label></p>
        %s</form><p>%s</p>
        """
                .formatted(
                        lines,
                        Currencies.shown(
                                Json.number(session, "amount_total"),
                                Json.text(session, "currency")),
                        escaped(email),
                        buttons,
                        back.isEmpty() ? "" : "<a href=\"" + escaped(back) + "\">Back</a>");
    }

    void portal(HttpExchange exchange) throws IOException {
        var id = last(exchange);
        var account = holder("billing_portal.session", id);
        if (account == null) {
            show(exchange, 404, "<p>There is no such page.</p>");
            return;
        }
        if (exchange.getRequestMethod().equals("POST")) {
            var form = form(exchange);
            var subscription = text(form, "cancel", "");
            if (subscription.isEmpty()) {
                account.buyer().resumeSubscription(text(form, "resume", ""));
            } else {
                account.buyer().cancelSubscription(subscription);
            }
        }
        show(exchange, 200, account.with(() -> subscriptions(account, id)));
    }

    private static String subscriptions(StripeAccount account, String id) {
        var session = account.require("billing_portal.session", id, "id");
        var page = new StringBuilder("<form method=\"post\">");
        for (var one : account.billing().ofCustomer(Json.text(session, "customer"))) {
            boolean ending = Json.yes(one, "cancel_at_period_end");
            page.append("<p>")
                    .append(Json.text(one, "status"))
                    .append(" <button name=\"")
                    .append(ending ? "resume" : "cancel")
                    .append("\" value=\"")
                    .append(Json.id(one))
                    .append(ending ? "\">Go on after all" : "\">Cancel at the end of the period")
                    .append("</button></p>");
        }
        var back = Json.text(session, "return_url");
        return page.append("</form><p><a href=\"")
                .append(escaped(back))
                .append("\">Back</a></p>")
                .toString();
    }

    private static void go(HttpExchange exchange, URI to) throws IOException {
        exchange.getResponseHeaders().set("Location", to.toString());
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }

    private static void show(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = PAGE.formatted(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
