package org.stoa.stripe;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What has happened in an account, told as it happens. Source: docs.stripe.com/api/events. */
final class Events {
    private final StripeAccount account;
    private final Deliveries deliveries;
    private @Nullable String request;
    private @Nullable String idempotencyKey;

    Events(StripeAccount account, Deliveries deliveries) {
        this.account = account;
        this.deliveries = deliveries;
    }

    /** Events from now on come of this call. */
    void because(@Nullable String request, @Nullable String idempotencyKey) {
        this.request = request;
        this.idempotencyKey = idempotencyKey;
    }

    /**
     * @param before what its changed keys were, for events of updates
     */
    void tell(String type, ObjectNode about, @Nullable ObjectNode before) {
        var event = account.draft("event");
        event.put("type", type);
        event.put("api_version", account.apiVersion());
        var data = Json.object();
        var object = about.deepCopy();
        Older.shape(object, account.apiVersion());
        data.set("object", object);
        if (before != null) {
            data.set("previous_attributes", before);
        }
        event.set("data", data);
        var because = event.putObject("request");
        because.put("id", request);
        because.put("idempotency_key", idempotencyKey);
        account.keep(event);
        deliveries.send(event);
    }

    static ObjectNode list(Call call) {
        var type = Json.text(call.params(), "type");
        var types = call.params().path("types");
        var delivered = call.params().path("delivery_success");
        long oldest = call.account().seconds() - 30L * 24 * 3600;
        return call.page(
                "event",
                event ->
                        Json.number(event, "created") >= oldest
                                && (type.isEmpty() || matches(type, event))
                                && (!types.isArray()
                                        || Json.JSON
                                                .convertValue(types, java.util.List.class)
                                                .contains(Json.text(event, "type")))
                                && (!delivered.isBoolean()
                                        || delivered.asBoolean()
                                                == (Json.number(event, "pending_webhooks") == 0)));
    }

    /** {@code charge.*} names all of them. */
    static boolean matches(String pattern, ObjectNode event) {
        var type = Json.text(event, "type");
        return pattern.equals("*")
                || pattern.equals(type)
                || (pattern.endsWith(".*")
                        && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
