package org.stoa.commerce.stripe;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Stripe is reached; keys and secrets are each school's own.
 *
 * @param apiBase where its API is, without a slash at the end
 */
@ConfigurationProperties("stoa.stripe")
record StripeSettings(@DefaultValue(StripeSettings.STRIPE) String apiBase) {
    private static final String STRIPE = "https://api.stripe.com";

    StripeSettings {
        apiBase = apiBase.isBlank() ? STRIPE : apiBase.strip().replaceFirst("/+$", "");
    }
}
