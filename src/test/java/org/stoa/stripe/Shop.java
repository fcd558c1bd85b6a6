package org.stoa.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.Recurring;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/** Somebody who sells by Stripe's own library, and by hand where that would not send it. */
final class Shop {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final String key = "sk_test_" + UUID.randomUUID().toString().replace("-", "");
    final StripeAccount account;
    final StripeClient client;
    private final StripeDouble stripe;

    Shop(StripeDouble stripe) {
        this.stripe = stripe;
        account = stripe.account(key);
        client = client(0, 20_000);
    }

    StripeClient client(int retries, int patience) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(stripe.address())
                .setMaxNetworkRetries(retries)
                .setReadTimeout(patience)
                .build();
    }

    static LineItem line(String name, long amount, String currency) {
        return line(name, amount, currency, null);
    }

    static LineItem line(
            String name,
            long amount,
            String currency,
            Recurring.@org.jspecify.annotations.Nullable Interval every) {
        var price =
                PriceData.builder()
                        .setCurrency(currency)
                        .setUnitAmount(amount)
                        .setProductData(PriceData.ProductData.builder().setName(name).build());
        if (every != null) {
            price.setRecurring(Recurring.builder().setInterval(every).build());
        }
        return LineItem.builder().setQuantity(1L).setPriceData(price.build()).build();
    }

    static SessionCreateParams.Builder once(long amount, String currency) {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl("https://school.example/back?session={CHECKOUT_SESSION_ID}")
                .setCancelUrl("https://school.example/courses/knots")
                .addLineItem(line("Knots", amount, currency));
    }

    static SessionCreateParams.Builder monthly(long amount) {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setSuccessUrl("https://school.example/back?session={CHECKOUT_SESSION_ID}")
                .addLineItem(line("Knots", amount, "eur", Recurring.Interval.MONTH));
    }

    Session open(SessionCreateParams.Builder session) throws StripeException {
        return client.v1().checkout().sessions().create(session.build());
    }

    Session session(String id) throws StripeException {
        return client.v1().checkout().sessions().retrieve(id);
    }

    /** A session that is paid. */
    Session sold(long amount) throws StripeException {
        var session = open(once(amount, "eur"));
        account.buyer().pay(session.getId());
        return session(session.getId());
    }

    static RequestOptions under(String idempotencyKey) {
        return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    }

    /** A call by hand. */
    HttpResponse<String> call(String method, String path, String form, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(stripe.address() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(method, HttpRequest.BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        } else {
            request.header("Authorization", "Bearer " + key);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
