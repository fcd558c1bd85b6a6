package org.stoa.stripe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts an event, signed. Source: docs.stripe.com/webhooks#verify-manually. */
final class WebhookSender {
    static {
        if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private WebhookSender() {}

    /** The status that was answered, or 0 for none. */
    static int send(String url, String payload, List<String> secrets, StripeAccount account)
            throws InterruptedException {
        var at = URI.create(url);
        var request =
                HttpRequest.newBuilder(URI.create(reachable(at)))
                        .header("Host", at.getAuthority())
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("Accept", "*/*; q=0.5, application/xml")
                        .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                        .header(
                                "Stripe-Signature",
                                header(payload, secrets, account.stripe().signingTime()))
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(payload))
                        .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Not every machine knows that *.localhost is itself. */
    private static String reachable(URI at) {
        var url = at.toString();
        return at.getHost().endsWith(".localhost")
                ? url.replaceFirst(java.util.regex.Pattern.quote(at.getHost()), "127.0.0.1")
                : url;
    }

    /** One signature for every secret that holds. */
    static String header(String payload, List<String> secrets, Instant now) {
        long time = now.getEpochSecond();
        var header = new StringBuilder("t=").append(time);
        for (var secret : secrets) {
            header.append(",v1=").append(signature(secret, time + "." + payload));
        }
        // Of a scheme that test-mode events carry and nobody shall trust.
        return header.append(",v0=").append("0".repeat(64)).toString();
    }

    static String signature(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
