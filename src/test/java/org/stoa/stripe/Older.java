package org.stoa.stripe;

import tools.jackson.databind.node.ObjectNode;

/**
 * Objects as API versions before 2025-03-31 wrote them, as far as what moved since then goes.
 * Source: docs.stripe.com/changelog.
 */
final class Older {
    private static final String BASIL = "2025-03-31";

    private Older() {}

    static void shape(ObjectNode object, String version) {
        if (version.compareTo(BASIL) >= 0) {
            return;
        }
        switch (Json.text(object, "object")) {
            case "subscription" -> {
                var item = object.at("/items/data/0");
                object.put("current_period_start", Json.number(item, "current_period_start"));
                object.put("current_period_end", Json.number(item, "current_period_end"));
            }
            case "invoice" -> {
                var details = object.at("/parent/subscription_details");
                object.put("subscription", Json.orNull(details, "subscription"));
                object.put("paid", Json.text(object, "status").equals("paid"));
                object.remove("parent");
            }
            default -> {}
        }
    }
}
