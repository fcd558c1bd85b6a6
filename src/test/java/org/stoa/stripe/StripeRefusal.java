package org.stoa.stripe;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A call that Stripe refuses, with its words. Source: docs.stripe.com/api/errors. */
final class StripeRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private String code = "";
    private String param = "";
    private String declineCode = "";
    private boolean unprocessed;
    private transient @Nullable ObjectNode about;

    private StripeRefusal(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    static StripeRefusal of(int status, String type, String message) {
        return new StripeRefusal(status, type, message);
    }

    static StripeRefusal invalid(String message) {
        return of(400, "invalid_request_error", message);
    }

    static StripeRefusal missing(String param) {
        return invalid("Missing required param: " + param + ".")
                .param(param)
                .code("parameter_missing")
                .unprocessed();
    }

    /** What a parameter names and is not there. */
    static StripeRefusal noSuch(String object, String id, String param) {
        return invalid("No such " + object + ": '" + id + "'")
                .param(param)
                .code("resource_missing");
    }

    /** What the address names and is not there. */
    static StripeRefusal notThere(String object, String id) {
        return of(404, "invalid_request_error", "No such " + object + ": '" + id + "'")
                .param("id")
                .code("resource_missing");
    }

    static StripeRefusal either(String one, String other) {
        return invalid("You may only specify one of these parameters: " + one + ", " + other + ".")
                .param(one)
                .unprocessed();
    }

    StripeRefusal code(String code) {
        this.code = code;
        return this;
    }

    StripeRefusal param(String param) {
        this.param = param;
        return this;
    }

    StripeRefusal declined(String declineCode) {
        this.declineCode = declineCode;
        return this;
    }

    StripeRefusal about(ObjectNode paymentIntent) {
        this.about = paymentIntent.deepCopy();
        return this;
    }

    /** Refused before anything ran, so its idempotency key stays free. */
    StripeRefusal unprocessed() {
        this.unprocessed = true;
        return this;
    }

    boolean isUnprocessed() {
        return unprocessed;
    }

    int status() {
        return status;
    }

    /** The body of the answer. */
    ObjectNode body() {
        var error = Json.object();
        if (!code.isEmpty()) {
            error.put("code", code);
            error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        if (!declineCode.isEmpty()) {
            error.put("decline_code", declineCode);
        }
        error.put("message", getMessage());
        if (!param.isEmpty()) {
            error.put("param", param);
        }
        if (about != null) {
            error.set("payment_intent", about);
        }
        error.put("type", type);
        var body = Json.object();
        body.set("error", error);
        return body;
    }

    /** As it stands in a payment intent's {@code last_payment_error}. */
    ObjectNode asLastError() {
        return (ObjectNode) body().path("error");
    }
}
