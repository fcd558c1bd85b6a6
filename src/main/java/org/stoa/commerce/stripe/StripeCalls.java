package org.stoa.commerce.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeObjectInterface;
import com.stripe.net.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.stoa.commerce.ProviderTrouble;
import org.stoa.commerce.settings.PaymentSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls Stripe's API for the school whose office is bound, by Stripe's own library. */
@Component
@EnableConfigurationProperties({StripeSettings.class, ReconcileSettings.class})
class StripeCalls {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 20_000;
    private static final int RETRIES = 2;
    private static final int SOON_MILLIS = 8_000;

    private final PaymentSettings payments;
    private final StripeSettings settings;
    private final JsonMapper json;

    StripeCalls(PaymentSettings payments, StripeSettings settings, JsonMapper json) {
        this.payments = payments;
        this.settings = settings;
        this.json = json;
    }

    /** One call, or some that belong together. */
    @FunctionalInterface
    interface Call<T> {
        T on(StripeClient client) throws StripeException;
    }

    /** A page of a list, after the object of this id; null for the first. */
    @FunctionalInterface
    interface Page<T extends HasId> {
        StripeCollection<T> after(StripeClient client, @Nullable String id) throws StripeException;
    }

    /**
     * @throws ProviderTrouble when Stripe does not do it, or the school has no key
     */
    <T> T call(Call<T> call) {
        return call(call, READ_MILLIS, RETRIES);
    }

    /**
     * The same for somebody who waits for the answer: asked once, and not for long.
     *
     * @throws ProviderTrouble when Stripe does not do it, or the school has no key
     */
    <T> T ask(Call<T> call) {
        return call(call, SOON_MILLIS, 0);
    }

    private <T> T call(Call<T> call, int patience, int retries) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Stripe is not called inside a transaction");
        }
        try {
            return call.on(client(patience, retries));
        } catch (StripeException e) {
            throw StripeErrors.trouble(e);
        }
    }

    private StripeClient client(int patience, int retries) {
        var setup = payments.current();
        if (!setup.provider().equals(PaymentSettings.STRIPE) || setup.secretKey().isEmpty()) {
            throw new ProviderTrouble(true, "The school has no secret key for Stripe");
        }
        return StripeClient.builder()
                .setApiKey(setup.secretKey())
                .setApiBase(settings.apiBase())
                .setConnectTimeout(CONNECT_MILLIS)
                .setReadTimeout(patience)
                .setMaxNetworkRetries(retries)
                .build();
    }

    /** Hands over each page of a list as Stripe wrote it. */
    <T extends HasId> void list(Page<T> page, Consumer<List<JsonNode>> each) {
        String last = null;
        boolean more = true;
        while (more) {
            var after = last;
            var got = call(client -> page.after(client, after));
            var items = new ArrayList<JsonNode>();
            read(got).path("data").forEach(items::add);
            each.accept(items);
            last = items.isEmpty() ? null : items.getLast().path("id").asString("");
            more = !items.isEmpty() && Boolean.TRUE.equals(got.getHasMore());
        }
    }

    /** What Stripe wrote: the library leaves out what its version does not know. */
    JsonNode read(StripeObjectInterface object) {
        return json.readTree(object.getLastResponse().body());
    }

    static RequestOptions once(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }
}
