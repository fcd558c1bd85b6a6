package org.stoa.stripe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.stoa.stripe.Faults.Fault;
import tools.jackson.databind.node.ObjectNode;

/** The API itself: who calls, with what, and what they are answered. */
final class ApiServer {
    private final StripeDouble stripe;

    /** What goes back, and what is said beside it. */
    private record Answer(int status, String body, boolean replayed, @Nullable String first) {}

    ApiServer(StripeDouble stripe) {
        this.stripe = stripe;
    }

    private interface Work {
        String run() throws InterruptedException;
    }

    void handle(HttpExchange exchange) throws IOException {
        var request = stripe.newId("req_", 14);
        exchange.getResponseHeaders().set("Request-Id", request);
        try {
            var answer = answer(exchange, request);
            if (answer == null) {
                exchange.close();
            } else {
                send(exchange, answer);
            }
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    /** Nothing where the line is to break. */
    private @Nullable Answer answer(HttpExchange exchange, String request)
            throws IOException, InterruptedException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            var account = caller(exchange);
            version(exchange);
            account.faults().drag();
            var fault = account.faults().next(line(exchange));
            if (fault == Fault.TIMEOUT) {
                account.faults().beSilent();
            }
            var host = exchange.getRequestHeaders().getFirst("Host");
            if (fault == Fault.TIMEOUT
                    || fault == Fault.CUT_BEFORE
                    || !account.watch().comes(line(exchange), host)) {
                return null;
            }
            var answer = once(account, exchange, body, request, fault);
            account.watch().done(line(exchange), host);
            if (fault == Fault.TIMEOUT_AFTER) {
                account.faults().beSilent();
            }
            return fault == Fault.TIMEOUT_AFTER || fault == Fault.CUT_AFTER ? null : answer;
        } catch (StripeRefusal e) {
            return new Answer(e.status(), e.body().toString(), false, null);
        } catch (RuntimeException e) {
            stripe.broke(e);
            var refusal = StripeRefusal.of(500, "api_error", "The double broke: " + e);
            return new Answer(500, refusal.body().toString(), false, null);
        }
    }

    private static String line(HttpExchange exchange) {
        return exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    }

    private StripeAccount caller(HttpExchange exchange) {
        var header =
                Objects.requireNonNullElse(
                        exchange.getRequestHeaders().getFirst("Authorization"), "");
        var key = "";
        if (header.startsWith("Bearer ")) {
            key = header.substring("Bearer ".length()).trim();
        } else if (header.startsWith("Basic ")) {
            key = basic(header.substring("Basic ".length()).trim());
        }
        if (key.isEmpty()) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"Stripe\"");
            throw StripeRefusal.of(
                            401,
                            "invalid_request_error",
                            "You did not provide an API key. You need to provide your API key in the"
                                    + " Authorization header, using Bearer auth (e.g. 'Authorization:"
                                    + " Bearer YOUR_SECRET_KEY').")
                    .unprocessed();
        }
        var account = stripe.find(key);
        if (account == null) {
            var end = key.length() > 12 ? key.substring(key.length() - 4) : "";
            throw StripeRefusal.of(
                            401,
                            "invalid_request_error",
                            "Invalid API Key provided: "
                                    + key.replaceAll("(?s)^(sk_test_)?.*$", "$1")
                                    + "********"
                                    + end)
                    .unprocessed();
        }
        return account;
    }

    private static String basic(String encoded) {
        try {
            var pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.split(":", 2)[0];
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static void version(HttpExchange exchange) {
        var version = exchange.getRequestHeaders().getFirst("Stripe-Version");
        if (version != null && !version.matches("20\\d\\d-\\d\\d-\\d\\d(\\.[a-z]+)?")) {
            throw StripeRefusal.invalid("Invalid Stripe API version: " + version).unprocessed();
        }
        if (version != null) {
            exchange.getResponseHeaders().set("Stripe-Version", version);
        }
    }

    /** Answers once for every idempotency key. */
    private Answer once(
            StripeAccount account,
            HttpExchange exchange,
            String body,
            String request,
            @Nullable Fault planned)
            throws InterruptedException {
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        var sent = sent(exchange, body);
        var refusal = Faults.refusal(planned);
        Work work =
                () -> {
                    if (planned == Fault.SLOW) {
                        account.faults().beSilent();
                    }
                    if (refusal != null) {
                        throw refusal;
                    }
                    return run(account, exchange, sent, request, key);
                };
        if (key == null || !exchange.getRequestMethod().equals("POST")) {
            return new Answer(200, work.run(), false, null);
        }
        exchange.getResponseHeaders().set("Idempotency-Key", key);
        var path = exchange.getRequestURI().getPath();
        var kept = account.idempotency().begin(key, "POST", path, sorted(sent));
        return kept == null
                ? first(account, key, request, work)
                : new Answer(kept.status(), kept.body(), true, kept.request());
    }

    private static Answer first(StripeAccount account, String key, String request, Work work)
            throws InterruptedException {
        int status = 200;
        String answer = null;
        try {
            answer = work.run();
        } catch (StripeRefusal e) {
            if (e.isUnprocessed()) {
                throw e;
            }
            status = e.status();
            answer = e.body().toString();
        } finally {
            if (answer == null) {
                account.idempotency().forget(key);
            } else {
                account.idempotency().end(key, new Idempotency.Answer(status, answer, request));
            }
        }
        return new Answer(status, answer, false, null);
    }

    private static Map<String, Object> sent(HttpExchange exchange, String body) {
        var query = exchange.getRequestURI().getRawQuery();
        var sent = Form.read(query == null ? "" : query);
        var type =
                Objects.requireNonNullElse(
                        exchange.getRequestHeaders().getFirst("Content-Type"), "");
        if (!body.isEmpty() && !type.startsWith("application/x-www-form-urlencoded")) {
            throw StripeRefusal.invalid(
                            "Invalid request: the body must be application/x-www-form-urlencoded.")
                    .unprocessed();
        }
        sent.putAll(Form.read(body));
        return sent;
    }

    private static String sorted(Map<?, ?> sent) {
        var sorted = new TreeMap<String, String>();
        sent.forEach(
                (k, v) -> sorted.put("" + k, v instanceof Map<?, ?> m ? sorted(m) : "'" + v + "'"));
        return sorted.toString();
    }

    private static String run(
            StripeAccount account,
            HttpExchange exchange,
            Map<String, Object> sent,
            String request,
            @Nullable String key) {
        var path = exchange.getRequestURI().getPath();
        var method = exchange.getRequestMethod();
        for (var route : Routes.matching(path)) {
            if (route.method().equals(method)) {
                return run(account, route, path, sent, request, key);
            }
        }
        throw StripeRefusal.of(
                        404,
                        "invalid_request_error",
                        ("Unrecognized request URL (%s: %s). Please see https://stripe.com/docs or"
                                        + " we can help at https://support.stripe.com/.")
                                .formatted(method, path))
                .unprocessed();
    }

    private static String run(
            StripeAccount account,
            Route route,
            String path,
            Map<String, Object> sent,
            String request,
            @Nullable String key) {
        var matcher = route.path().matcher(path);
        var named = matcher.matches() && matcher.groupCount() > 0 ? matcher.group(1) : "";
        var params = Parameters.checked(route.params(), sent);
        route.refuseUndone(params);
        return account.with(() -> {
            account.told().because(request, key);
            try {
                var call = new Call(account, path, named, params, route.does());
                ObjectNode answer = route.answer().apply(call).deepCopy();
                new Expansion(account).expand(answer, params.path("expand"));
                return Json.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
            } finally {
                account.told().because(null, null);
            }
        });
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        if (answer.replayed()) {
            headers.set("Idempotent-Replayed", "true");
            headers.set("Original-Request", Objects.requireNonNull(answer.first()));
        }
        if (answer.status() == 409 || answer.status() == 429 || answer.status() == 503) {
            headers.set("Stripe-Should-Retry", "true");
        }
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
