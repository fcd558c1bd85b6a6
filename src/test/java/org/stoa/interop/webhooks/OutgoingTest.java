package org.stoa.interop.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.svix.Webhook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/**
 * What happens in a school reaches the addresses it named: signed, once each, and after failures.
 */
@StoaTest
class OutgoingTest {
    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]+");

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
    private volatile int answer = 200;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private String subdomain = "";
    private String token = "";

    private record Received(Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .map(e -> e.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    var body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
                    open(gate);
                    exchange.sendResponseHeaders(answer, -1);
                    exchange.close();
                });
        server.start();
        var founded = new Visitor(port).found("Knots");
        subdomain = founded.text("subdomain");
        token = founded.text("token");
    }

    @AfterEach
    void close() {
        gate.countDown();
        server.stop(0);
    }

    private static void open(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDeliveryWhoseJobIsTakenBackIsGivenUpAndCanBeSentAgain() throws Exception {
        endpoint("kinds=course.published");
        gate = new CountDownLatch(1);
        course();
        await().until(() -> !received.isEmpty());
        var job = delivered("job_id");
        assertThat(post("/admin/jobs/" + job + "/cancel", "").statusCode()).isEqualTo(303);
        assertThat(status()).isEqualTo("dead");
        assertThat(page("/admin/endpoints/" + id())).contains("Its job was taken back");
        gate.countDown();
        var again = "/admin/endpoints/" + id() + "/deliveries/" + delivered("id") + "/again";
        assertThat(post(again, "").statusCode()).isEqualTo(303);
        await().until(() -> status().equals("delivered"));
    }

    private UUID delivered(String column) {
        return service.sql(
                        "select d."
                                + column
                                + " from webhook_deliveries d join organizations o on o.id = d.organization_id where subdomain = :s")
                .param("s", subdomain)
                .query(UUID.class)
                .single();
    }

    @Test
    void publishingJoiningAndLearningAreToldAndSigned() throws Exception {
        var secret =
                endpoint("kinds=course.published&kinds=enrollment.created&kinds=lesson.completed");
        course();
        join();
        var lesson =
                new Visitor(port)
                        .call("GET", subdomain, "/api/v1/courses/knots", token, null)
                        .text("modules.0.lessons.0.id");
        for (int i = 0; i < 2; i++) {
            var done =
                    new Visitor(port)
                            .call(
                                    "PUT",
                                    subdomain,
                                    "/api/v1/me/lessons/" + lesson + "/progress",
                                    token,
                                    Map.of("status", "completed", "positionSeconds", 0));
            assertThat(done.status()).as(done.body()).isEqualTo(200);
        }
        await().until(() -> received.size() >= 3);
        for (var one : received) {
            new Webhook(secret).verify(one.body(), one.headers());
        }
        var bodies = received.stream().map(Received::body).toList();
        assertThat(bodies).anyMatch(b -> b.contains("\"type\":\"course.published\""));
        assertThat(bodies).anyMatch(b -> b.contains("\"type\":\"enrollment.created\""));
        assertThat(
                        bodies.stream()
                                .filter(b -> b.contains("lesson.completed") && b.contains(lesson)))
                .hasSize(1);
    }

    @Test
    void whatFailsIsTriedAgainAsTheSameEventAndShownAndSentAgainByHand() throws Exception {
        endpoint("kinds=course.published");
        answer = 503;
        course();
        await().until(() -> status().equals("dead"));
        assertThat(received).hasSize(3);
        assertThat(received.stream().map(r -> r.header("webhook-id")).distinct()).hasSize(1);
        var page = page("/admin/endpoints/" + id());
        assertThat(page).contains("It answered 503");
        answer = 200;
        var delivery = delivered("id");
        var again = post("/admin/endpoints/" + id() + "/deliveries/" + delivery + "/again", "");
        assertThat(again.statusCode()).isEqualTo(303);
        await().until(() -> status().equals("delivered"));
    }

    @Test
    void anAddressThatFailsForDaysIsSwitchedOffAndThePageSaysSo() throws Exception {
        endpoint("kinds=course.published");
        service.sql(
                        "update webhook_endpoints set failing_since = now() - interval '6 days' where organization_id = (select id from organizations where subdomain = :s)")
                .param("s", subdomain)
                .update();
        answer = 500;
        course();
        await().until(() -> status().equals("dead"));
        assertThat(page("/admin/endpoints/" + id())).contains("Nothing arrived there for days");
        assertThat(received).hasSize(1);
        // Whoever runs the school need not look at that page to know.
        assertThat(page("/notifications"))
                .contains("it is switched off")
                .contains("127.0.0.1:" + server.getAddress().getPort());
        assertThat(post("/admin/endpoints/" + id() + "/enable", "").statusCode()).isEqualTo(303);
        assertThat(page("/admin/endpoints/" + id()))
                .doesNotContain("Nothing arrived there for days");
    }

    @Test
    void anAddressMustLookLikeOne() throws Exception {
        for (var url :
                List.of(
                        "",
                        "ftp://x.example",
                        "https://",
                        "https://a:b@x.example/",
                        "https://x.example/#f",
                        "//x")) {
            var form =
                    "kinds=course.published&url=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
            assertThat(post("/admin/endpoints", form).statusCode()).as(url).isEqualTo(422);
        }
        assertThat(
                        post("/admin/endpoints", "url=https%3A%2F%2Fx.example%2F&kinds=none")
                                .statusCode())
                .isEqualTo(422);
    }

    private String endpoint(String kinds) throws Exception {
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?school=1";
        var form = kinds + "&url=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
        var page = post("/admin/endpoints", form);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        var found = SECRET.matcher(page.body().replace("&#43;", "+"));
        assertThat(found.find()).isTrue();
        return found.group();
    }

    private String id() {
        return service.sql(
                        "select e.id::text from webhook_endpoints e join organizations o on o.id = e.organization_id where subdomain = :s")
                .param("s", subdomain)
                .query((row, number) -> row.getString(1))
                .single();
    }

    private String status() {
        return service.sql(
                        "select coalesce(max(d.status), 'none') from webhook_deliveries d join organizations o on o.id = d.organization_id where subdomain = :s")
                .param("s", subdomain)
                .query((row, number) -> row.getString(1))
                .single();
    }

    private void course() throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file :
                    Map.of("course.yaml", "title: Knots", "1-first.md", "# First\n\nRead.")
                            .entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(
                        post("/api/v1/course-imports", "application/zip", bytes.toByteArray())
                                .statusCode())
                .isEqualTo(201);
        var published =
                new Visitor(port)
                        .call("POST", subdomain, "/api/v1/courses/knots/releases", token, Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(201);
    }

    private void join() {
        var joined =
                new Visitor(port)
                        .call("POST", subdomain, "/api/v1/courses/knots/enrollments", token, null);
        assertThat(joined.status()).as(joined.body()).isEqualTo(201);
    }

    private String page(String path) {
        return new Visitor(port).call("GET", subdomain, path, token, null).body();
    }

    private HttpResponse<String> post(String path, String form)
            throws IOException, InterruptedException {
        return post(
                path, "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String path, String type, byte[] body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Host", subdomain + ".localhost:" + port)
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "*/*")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }
}
