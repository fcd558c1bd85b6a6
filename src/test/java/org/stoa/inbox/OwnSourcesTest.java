package org.stoa.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** Systems of a school's own, which sign what they send to it. */
@StoaTest
class OwnSourcesTest {
    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]+");
    private static final String MOVED =
            "{\"type\":\"pupil.moved\",\"data\":{\"pupil\":7,\"password\":\"x\"}}";

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;

    private record School(String subdomain, String token) {}

    @Test
    void aSourceIsAddedWithASecretThatIsShownOnceAndWhatItSendsIsKept() throws Exception {
        var school = school();
        var added = post(school, "/admin/webhooks/sources", "name=registry");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        var secret = secret(added.body());
        assertThat(page(school, "/admin/webhooks/sources"))
                .contains("registry")
                .doesNotContain(secret);
        var kept =
                service.sql(
                                "select encode(secret, 'escape') from webhook_sources where name = 'registry'")
                        .query((row, number) -> row.getString(1))
                        .list();
        assertThat(kept).noneMatch(text -> text.contains(secret.substring(6)));
        var event = Sender.newId();
        assertThat(send(school, secret, event).statusCode()).isEqualTo(200);
        assertThat(page(school, "/admin/webhooks")).contains(event, "pupil.moved");
        var id =
                service.sql(
                                "select id from webhook_events where event_id = :event and status = 'completed'")
                        .param("event", event)
                        .query(UUID.class)
                        .single();
        assertThat(page(school, "/admin/webhooks/" + id)).contains("pupil").doesNotContain("\"x\"");
        var other = school();
        assertThat(page(other, "/admin/webhooks")).doesNotContain(event);
        assertThat(send(other, secret, Sender.newId()).statusCode()).isEqualTo(404);
    }

    @Test
    void whileOneSecretFollowsTheOtherBothServe() throws Exception {
        var school = school();
        var first = secret(post(school, "/admin/webhooks/sources", "name=registry").body());
        var second = secret(post(school, "/admin/webhooks/sources/registry/rotate", "").body());
        assertThat(second).isNotEqualTo(first);
        assertThat(send(school, first, Sender.newId()).statusCode()).isEqualTo(200);
        assertThat(send(school, second, Sender.newId()).statusCode()).isEqualTo(200);
        assertThat(post(school, "/admin/webhooks/sources/registry/retire", "").statusCode())
                .isEqualTo(303);
        assertThat(send(school, first, Sender.newId()).statusCode()).isEqualTo(400);
        assertThat(send(school, second, Sender.newId()).statusCode()).isEqualTo(200);
        assertThat(post(school, "/admin/webhooks/sources/registry/remove", "").statusCode())
                .isEqualTo(303);
        assertThat(send(school, second, Sender.newId()).statusCode()).isEqualTo(404);
    }

    @Test
    void namesAreNoOneElses() throws Exception {
        var school = school();
        for (var name : new String[] {"clerk", "", "Registry", "a b", "a--b", "x"}) {
            assertThat(
                            post(
                                            school,
                                            "/admin/webhooks/sources",
                                            "name=" + name.replace(" ", "+"))
                                    .statusCode())
                    .as(name)
                    .isEqualTo(422);
        }
    }

    private HttpResponse<String> send(School school, String secret, String event) {
        var sender = new Sender(port, "registry", secret, "webhook");
        var request = sender.signed(event, MOVED, Instant.now());
        return sender.post(
                request.setHeader("Host", school.subdomain() + ".localhost:" + port), MOVED);
    }

    private String secret(String page) {
        var found = SECRET.matcher(page.replace("&#43;", "+"));
        assertThat(found.find()).as(page).isTrue();
        return found.group();
    }

    private String page(School school, String path) {
        var answer = new Visitor(port).call("GET", school.subdomain(), path, school.token(), null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> post(School school, String path, String form)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Host", school.subdomain() + ".localhost:" + port)
                        .header("Authorization", "Bearer " + school.token())
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private School school() {
        var founded = new Visitor(port).found("Knots");
        return new School(founded.text("subdomain"), founded.text("token"));
    }
}
