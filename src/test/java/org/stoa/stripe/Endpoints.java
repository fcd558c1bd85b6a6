package org.stoa.stripe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Where events are sent, and what they are signed with. Source: docs.stripe.com/webhooks. */
final class Endpoints {
    private Endpoints() {}

    static ObjectNode create(Call call) {
        call.need("enabled_events", "url");
        Urls.absolute(call.text("url"), "url");
        var endpoint = call.account().make("webhook_endpoint");
        call.echo(endpoint);
        endpoint.put("url", call.text("url"));
        endpoint.set("enabled_events", call.params().get("enabled_events"));
        endpoint.put("api_version", Json.orNull(call.params(), "api_version"));
        var secret = call.account().stripe().newId("whsec_", 32);
        call.account().deliveries().secret(Json.id(endpoint), List.of(secret));
        // Shown this once.
        return endpoint.deepCopy().put("secret", secret);
    }

    static ObjectNode add(StripeAccount account, String url, String secret, String... types) {
        var endpoint = account.make("webhook_endpoint");
        endpoint.put("url", url);
        if (types.length > 0) {
            var enabled = endpoint.putArray("enabled_events");
            List.of(types).forEach(enabled::add);
        }
        account.deliveries().secret(Json.id(endpoint), List.of(secret));
        return endpoint;
    }

    static ObjectNode rotate(
            StripeAccount account, String endpoint, String secret, boolean keepOld) {
        var before = account.deliveries().secrets(endpoint);
        account.deliveries()
                .secret(endpoint, keepOld ? List.of(secret, before.getFirst()) : List.of(secret));
        return account.require("webhook_endpoint", endpoint, "id");
    }

    /** The endpoints that want an event, by id. */
    static Map<String, String> wanting(StripeAccount account, ObjectNode event) {
        var wanting = new HashMap<String, String>();
        for (var endpoint : account.shelf("webhook_endpoint").all()) {
            for (var pattern : endpoint.path("enabled_events")) {
                if (Json.text(endpoint, "status").equals("enabled")
                        && Events.matches(pattern.asString(), event)) {
                    wanting.put(Json.id(endpoint), Json.text(endpoint, "url"));
                }
            }
        }
        return wanting;
    }
}
