package org.stoa.stripe;

import java.util.Map;

/** The kinds of objects, and what their ids begin with. */
final class Kinds {
    private static final Map<String, String> PREFIXES =
            Map.ofEntries(
                    Map.entry("customer", "cus_"),
                    Map.entry("product", "prod_"),
                    Map.entry("price", "price_"),
                    Map.entry("checkout.session", "cs_test_"),
                    Map.entry("payment_intent", "pi_"),
                    Map.entry("payment_method", "pm_"),
                    Map.entry("charge", "ch_"),
                    Map.entry("refund", "re_"),
                    Map.entry("promotion_code", "promo_"),
                    Map.entry("discount", "di_"),
                    Map.entry("subscription", "sub_"),
                    Map.entry("subscription_item", "si_"),
                    Map.entry("invoice", "in_"),
                    Map.entry("invoice_payment", "inpay_"),
                    Map.entry("line_item", "il_"),
                    Map.entry("item", "li_"),
                    Map.entry("dispute", "du_"),
                    Map.entry("balance_transaction", "txn_"),
                    Map.entry("payout", "po_"),
                    Map.entry("billing_portal.session", "bps_"),
                    Map.entry("webhook_endpoint", "we_"),
                    Map.entry("event", "evt_"),
                    Map.entry("coupon", ""));

    private Kinds() {}

    static String prefix(String object) {
        var prefix = PREFIXES.get(object);
        if (prefix == null) {
            throw new IllegalArgumentException("No ids of " + object);
        }
        return prefix;
    }

    static int length(String object) {
        return switch (object) {
            case "checkout.session" -> 58;
            case "coupon" -> 8;
            case "customer", "product", "subscription_item" -> 14;
            default -> 24;
        };
    }

    /** Coupons name themselves, so an id without a known beginning is one. */
    static String of(String id) {
        return PREFIXES.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty() && id.startsWith(e.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("coupon");
    }

    /** As messages name it. */
    static String said(String object) {
        return object.equals("promotion_code") ? "promotion code" : object;
    }
}
