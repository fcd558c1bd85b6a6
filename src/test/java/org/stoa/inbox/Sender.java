package org.stoa.inbox;

import com.svix.Webhook;
import com.svix.exceptions.EmptyWebhookSecretException;
import com.svix.exceptions.WebhookSigningException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.UUID;

/** Somebody who signs what they send, or seems to. */
public final class Sender {
    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final String source;
    private final String secret;
    private final String prefix;

    public Sender(int port, String source, String secret) {
        this(port, source, secret, "svix");
    }

    Sender(int port, String source, String secret, String prefix) {
        this.port = port;
        this.source = source;
        this.secret = secret;
        this.prefix = prefix;
    }

    public static String newId() {
        return "msg_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** The same to the host of a school. */
    public HttpResponse<String> sendTo(String host, String id, String body) {
        return post(signed(id, body, Instant.now()).setHeader("Host", host), body);
    }

    public HttpResponse<String> send(String id, String body) {
        return send(id, body, Instant.now());
    }

    HttpResponse<String> send(String id, String body, Instant at) {
        return post(signed(id, body, at), body);
    }

    HttpRequest.Builder signed(String id, String body, Instant at) {
        try {
            var signature = new Webhook(secret).sign(id, at.getEpochSecond(), body);
            return HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/api/webhooks/" + source))
                    .header("Host", "localhost:" + port)
                    .header("Content-Type", "application/json")
                    .header(prefix + "-id", id)
                    .header(prefix + "-timestamp", "" + at.getEpochSecond())
                    .header(prefix + "-signature", signature);
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> post(HttpRequest.Builder request, String body) {
        return post(request, BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(HttpRequest.Builder request, HttpRequest.BodyPublisher body) {
        try {
            return HTTP.send(request.POST(body).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
