package org.stoa.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** What came in, as those see it who look after it, and nobody else. */
@StoaTest
@TestPropertySource(properties = "stoa.clerk.webhook-secret=" + EventPagesTest.SECRET)
class EventPagesTest {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String EVENTS = "/api/v1/platform/webhook-events";

    private @LocalServerPort int port;
    private @Autowired People people;
    private @Autowired Sessions sessions;
    private @Autowired ServiceDatabase service;
    private String token = "";

    @BeforeEach
    void administrator() {
        var admin = people.platformAdmin(UUID.randomUUID() + "@example.org");
        token = sessions.newToken(admin.id(), "Token");
    }

    @Test
    void anEventIsListedByItsStateAndShownWithItsEffectsAndWithoutSecrets() {
        var event = Sender.newId();
        var person = "user_" + event.substring(4);
        var body =
                """
                {"type":"user.created","data":{"id":"%s","first_name":"Ann","updated_at":1,
                 "private_metadata":{"api_key":"sk_live_1"},"password_hash":"$2a$10$x","two_factor_enabled":true}}
                """
                        .formatted(person);
        assertThat(new Sender(port, "clerk", SECRET).send(event, body).statusCode()).isEqualTo(200);
        var visitor = new Visitor(port);
        var list = visitor.call("GET", null, EVENTS + "?status=completed&limit=100", token, null);
        assertThat(list.status()).as(list.body()).isEqualTo(200);
        assertThat(list.body()).contains(event).doesNotContain("sk_live_1");
        var others = visitor.call("GET", null, EVENTS + "?status=dead&limit=100", token, null);
        assertThat(others.body()).doesNotContain(event);
        var id =
                service.sql("select id from webhook_events where event_id = :event")
                        .param("event", event)
                        .query(UUID.class)
                        .single();
        var one = visitor.call("GET", null, EVENTS + "/" + id, token, null);
        assertThat(one.text("effects.0.effect")).isEqualTo("account.created");
        assertThat(one.text("payload"))
                .contains(
                        person, "\"two_factor_enabled\" : true", "\"password_hash\" : \"••••••••\"")
                .doesNotContain("sk_live_1", "$2a$10$x");
        var again = visitor.call("POST", null, EVENTS + "/" + id + "/replays", token, null);
        assertThat(again.status()).isEqualTo(202);
        await().until(() ->
                visitor.call("GET", null, EVENTS + "/" + id, token, null)
                        .text("event.status")
                        .equals("completed"));
        var history =
                visitor.call("GET", null, EVENTS + "/" + id, token, null).json().path("attempts");
        assertThat(history.size()).isEqualTo(3);
        assertThat(
                        service.sql("select count(*) from clerk_users where clerk_id = :person")
                                .param("person", person)
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void aStatusThatThereIsNotIsNamed() {
        var answer = new Visitor(port).call("GET", null, EVENTS + "?status=lost", token, null);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("errors.0.field")).isEqualTo("status");
    }

    /** A school sees what came to its own host, the platform what came to its. */
    @Test
    void aSchoolSeesItsOwnEventsAndNobodyElsesDoes() {
        var visitor = new Visitor(port);
        var founded = visitor.found("Knots");
        var subdomain = founded.text("subdomain");
        var event = Sender.newId();
        service.sql(
                        """
                        insert into webhook_events (id, source, at_organization, event_id, kind,
                                                    occurred_at, received_at, headers, body, status)
                        select gen_random_uuid(), 'registry', o.id, :event, 'pupil.moved', now(), now(),
                               '{}', '{}', 'completed' from organizations o where subdomain = :subdomain
                        """)
                .param("event", event)
                .param("subdomain", subdomain)
                .update();
        var ours = visitor.call("GET", subdomain, "/admin/webhooks", founded.text("token"), null);
        assertThat(ours.body()).contains("pupil.moved", event);
        assertThat(visitor.call("GET", null, EVENTS + "?limit=100", token, null).body())
                .doesNotContain(event);
    }
}
