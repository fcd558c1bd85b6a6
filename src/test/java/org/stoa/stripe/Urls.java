package org.stoa.stripe;

import java.net.URI;

/** Addresses that are handed to Stripe. */
final class Urls {
    private Urls() {}

    static String absolute(String url, String param) {
        try {
            // The place of the session's id is not part of an address yet.
            var uri = URI.create(url.replace("{CHECKOUT_SESSION_ID}", "cs"));
            var scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        throw StripeRefusal.invalid("Not a valid URL").param(param).code("url_invalid");
    }
}
