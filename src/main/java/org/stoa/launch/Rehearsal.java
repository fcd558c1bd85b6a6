package org.stoa.launch;

import com.svix.Webhook;
import com.svix.exceptions.EmptyWebhookSecretException;
import com.svix.exceptions.WebhookSigningException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;

/**
 * A little of what a server does all day, at the demonstration school: the JVM keeps what it learns
 * of it, so that a server which was just started is quick from its first call on.
 */
final class Rehearsal {
    /** Signs webhooks of a folder that is thrown away. */
    static final String SECRET = "whsec_cmVoZWFyc2FsIG9mIGFuIGVtcHR5IGhvdXNl";

    private static final int TIMES = 40;
    private static final List<String> PAGES =
            List.of("/", "/sign-in", "/courses", "/api/v1/courses", "/readyz");
    private static final String USER =
            """
            {"type":"user.created","data":{"id":"user_%d","first_name":"Ann","last_name":"Berg",\
            "primary_email_address_id":"idn","email_addresses":[{"id":"idn",\
            "email_address":"ann%d@example.org","verification":{"status":"verified"}}],"updated_at":%d}}
            """;

    private final HttpClient http;
    private final int port;
    private final Clock clock;

    Rehearsal(HttpClient http, int port, Clock clock) {
        this.http = http;
        this.port = port;
        this.clock = clock;
    }

    void play() throws IOException, InterruptedException {
        for (int i = 0; i < TIMES; i++) {
            for (var page : PAGES) {
                send(to("localhost", page));
                send(to(DemoSchool.SUBDOMAIN + ".localhost", page));
            }
            webhook(i);
        }
    }

    private void webhook(int number) throws IOException, InterruptedException {
        var now = clock.instant();
        var body = USER.formatted(number, number, now.toEpochMilli());
        var id = "msg_" + number;
        try {
            var signature = new Webhook(SECRET).sign(id, now.getEpochSecond(), body);
            send(
                    to("localhost", "/api/webhooks/clerk")
                            .header("Content-Type", "application/json")
                            .header("svix-id", id)
                            .header("svix-timestamp", "" + now.getEpochSecond())
                            .header("svix-signature", signature)
                            .POST(BodyPublishers.ofString(body)));
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder to(String host, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Host", host + ":" + port);
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        http.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }
}
