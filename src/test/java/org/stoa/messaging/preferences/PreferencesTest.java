package org.stoa.messaging.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.MailServer;
import org.stoa.messaging.MailServer.Mood;
import org.stoa.messaging.MailTest;
import org.stoa.messaging.Mails;
import org.stoa.messaging.Post;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.Visitor;

/** Two schools write, and people say what they want of it. */
@MailTest
class PreferencesTest {
    private static final MailServer SERVER = MailTest.SERVER;
    private static final String PASSWORD = Visitor.PASSWORD;

    @LocalServerPort private int port;

    private final ServiceDatabase service;
    private final Mails mails;
    private final Organizations organizations;
    private final People people;
    private final Sessions sessions;
    private final Post post;
    private Visitor visitor = new Visitor(0);
    private String here = "";
    private String there = "";
    private String owner = "";

    @Autowired
    PreferencesTest(
            ServiceDatabase service,
            Mails mails,
            Organizations organizations,
            People people,
            Sessions sessions) {
        this.service = service;
        this.mails = mails;
        this.organizations = organizations;
        this.people = people;
        this.sessions = sessions;
        post = new Post(service);
    }

    @BeforeEach
    void twoSchools() {
        SERVER.is(Mood.TAKES);
        visitor = new Visitor(port);
        here = school("halden");
        there = school("harbour");
    }

    @AfterEach
    void inGoodMood() {
        SERVER.is(Mood.TAKES);
    }

    @Test
    void oneClickEndsAKindOfMailAtOneSchoolWithoutSigningIn() throws Exception {
        var sam = pupil(here);
        assertThat(join(there, sam)).isEqualTo(201);
        send(here, MailKind.REMINDER, sam);
        post.awaited("reminder", sam, "sent", 1);
        var mail = SERVER.takenFor(sam).getLast();
        var found =
                Pattern.compile("List-Unsubscribe: <([^>]+)>").matcher(mail.replace("\r\n ", " "));
        assertThat(found.find()).as(mail).isTrue();
        assertThat(mail).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        var path = URI.create(found.group(1)).getPath();
        // Looking at it ends nothing.
        assertThat(new Visitor(port).open(here, path).body()).contains("stop sending you mail");
        send(here, MailKind.REMINDER, sam);
        post.awaited("reminder", sam, "sent", 2);
        // As a mail program calls it: no cookie, no form's token.
        var call =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Host", here + ".localhost:" + port)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                        .build();
        assertThat(HttpClient.newHttpClient().send(call, BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        send(here, MailKind.REMINDER, sam);
        post.awaited("reminder", sam, "not-wanted", 1);
        send(here, MailKind.DIGEST, sam);
        post.awaited("digest", sam, "sent", 1);
        send(there, MailKind.REMINDER, sam);
        post.awaited("reminder", sam, "sent", 3);
        assertThat(new Visitor(port).open(there, path).status()).isEqualTo(404);
        var signedIn = signedIn(sam);
        assertThat(signedIn.open(here, "/account/messages").body())
                .doesNotContainPattern("value=\"reminder\" checked");
    }

    @Test
    void whatOneNeedsToComeInComesWhateverOneWants() {
        var sam = pupil(here);
        var signedIn = signedIn(sam);
        assertThat(signedIn.submit(here, "/account/messages", Map.of()).status()).isEqualTo(200);
        send(here, MailKind.WELCOME, sam);
        post.awaited("welcome", sam, "not-wanted", 1);
        new Visitor(port).submit(here, "/forgot", Map.of("email", sam));
        post.awaited("reset", sam, "sent", 1);
        var mail = SERVER.takenFor(sam).getLast();
        assertThat(mail).doesNotContain("List-Unsubscribe").doesNotContain("/account/messages");
    }

    @Test
    void mailThatCanWaitWaitsForTheEndOfTheQuietHours() {
        var sam = pupil(here);
        var signedIn = signedIn(sam);
        int hour = java.time.Instant.now().atZone(java.time.ZoneId.of("Asia/Tokyo")).getHour();
        var wishes =
                Map.of(
                        "wanted",
                        "reminder",
                        "from",
                        String.valueOf((hour + 23) % 24),
                        "until",
                        String.valueOf((hour + 2) % 24),
                        "timeZone",
                        "Asia/Tokyo");
        assertThat(signedIn.submit(here, "/account/messages", wishes).body())
                .contains("It is saved");
        send(here, MailKind.REMINDER, sam);
        var held = post.awaited("reminder", sam, "held", 1).getFirst();
        var wait =
                service.sql(
                                "select extract(epoch from due_at - now()) from mails where id = cast(:id as uuid)")
                        .param("id", held.id())
                        .query(Double.class)
                        .single();
        assertThat(wait).isBetween(3_500.0, 7_300.0);
        // Its job is due then, and not before.
        assertThat(
                        service.sql(
                                        """
                                        select count(*) from scheduled_tasks
                                         where execution_time > now() + interval '50 minutes'
                                           and position(:id in convert_from(task_data, 'UTF8')) > 0
                                        """)
                                .param("id", held.id())
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
        send(here, MailKind.RESET, sam);
        post.awaited("reset", sam, "sent", 1);
        for (var half : List.of(Map.of("from", "00:00"), Map.of("until", "7"))) {
            var refused = signedIn.submit(here, "/account/messages", half);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body()).contains("Say both hours").doesNotContain("It is saved");
        }
        assertThat(
                        signedIn.submit(here, "/account/messages", Map.of("timeZone", "Mars/Base"))
                                .status())
                .isEqualTo(422);
    }

    @Test
    void toAnAddressThatThereIsNotOnlyGoesWhatOneNeedsToComeIn() {
        var sam = pupil(here);
        SERVER.is(Mood.NEVER);
        send(here, MailKind.WELCOME, sam);
        post.awaited("welcome", sam, "refused", 1);
        SERVER.is(Mood.TAKES);
        send(here, MailKind.WELCOME, sam);
        post.awaited("welcome", sam, "not-wanted", 1);
        new Visitor(port).submit(here, "/forgot", Map.of("email", sam));
        post.awaited("reset", sam, "sent", 1);
    }

    @Test
    void aProvidersReportMarksTheAddressAtTheSchoolThatWrote() {
        var sam = pupil(here);
        assertThat(join(there, sam)).isEqualTo(201);
        send(here, MailKind.WELCOME, sam);
        var sent = post.awaited("welcome", sam, "sent", 1).getFirst();
        var token =
                sessions.newToken(
                        people.platformAdmin(UUID.randomUUID() + "@example.org").id(), "Provider");
        var report =
                Map.of(
                        "messageId", "<" + sent.id() + "@stoa.example>",
                        "trouble", "complained",
                        "reason", "The reader says it is unwanted");
        var path = "/api/v1/platform/mail-reports";
        assertThat(visitor.call("POST", null, path, token, report).status()).isEqualTo(204);
        assertThat(visitor.call("POST", null, path, token, report).status()).isEqualTo(204);
        assertThat(post.of("welcome", sam).getFirst().status()).isEqualTo("complained");
        send(here, MailKind.WELCOME, sam);
        post.awaited("welcome", sam, "not-wanted", 1);
        send(there, MailKind.WELCOME, sam);
        post.awaited("welcome", sam, "sent", 1);
        for (var wrong :
                List.of(
                        Map.of("messageId", "x", "trouble", "bounced"),
                        Map.of("messageId", sent.id(), "trouble", "exploded"))) {
            assertThat(visitor.call("POST", null, path, token, wrong).status()).isEqualTo(422);
        }
        var unknown = Map.of("messageId", UUID.randomUUID().toString(), "trouble", "bounced");
        assertThat(visitor.call("POST", null, path, token, unknown).status()).isEqualTo(404);
    }

    @Test
    void aSchoolWritesItsOwnWordsAndAnswersGoToIt() {
        var admin = new Visitor(port);
        admin.submit(here, "/sign-in", Map.of("email", owner(here), "password", PASSWORD));
        var page = "/admin/mail-templates/welcome/en";
        assertThat(admin.open(here, page).body()).contains("your place at {{school}} is ready");
        var wrong = admin.submit(here, page, Map.of("subject", "Hi", "body", "A\n{{nonsense}}\n"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("Line 2: there is no placeholder nonsense");
        var words =
                Map.of("subject", "Ahoy, {{name}}", "body", "Come **aboard**.\n\n[In]({{link}})");
        var preview = admin.submit(here, page + "/preview", words);
        assertThat(preview.body()).contains("Ahoy, Ada Lovelace", "<strong>aboard</strong>");
        assertThat(admin.open(here, page).body()).doesNotContain("aboard");
        assertThat(admin.submit(here, page, words).body()).contains("It is saved");
        admin.submit(here, "/admin/mail-templates", Map.of("replyTo", "office@example.org"));
        var sam = pupil(here);
        send(here, MailKind.WELCOME, sam);
        post.awaited("welcome", sam, "sent", 1);
        var mail = SERVER.takenFor(sam).getLast();
        assertThat(mail).contains("Subject: Ahoy, Sam").contains("Reply-To: office@example.org");
        var ann = pupil(there);
        send(there, MailKind.WELCOME, ann);
        post.awaited("welcome", ann, "sent", 1);
        assertThat(SERVER.takenFor(ann).getLast())
                .doesNotContain("Ahoy")
                .doesNotContain("Reply-To");
        admin.submit(here, page + "/forget", Map.of());
        assertThat(admin.open(here, page).body()).contains("your place at {{school}} is ready");
    }

    private void send(String subdomain, MailKind kind, String to) {
        var person = people.find(to).orElseThrow().id();
        Caller.office(organization(subdomain))
                .run(() ->
                        mails.send(
                                kind,
                                person,
                                Map.of("path", "/learn", "course", "Knots", "lesson", "Bowline"),
                                "test " + UUID.randomUUID()));
    }

    private Organization organization(String subdomain) {
        return organizations.bySubdomain(subdomain).orElseThrow();
    }

    private String school(String name) {
        var subdomain = name + "-" + UUID.randomUUID().toString().substring(0, 13);
        var email = subdomain + "@example.org";
        visitor.found(name, subdomain, "Olga", email);
        if (owner.isEmpty() || name.equals("halden")) {
            owner = email;
        }
        return subdomain;
    }

    private String owner(String subdomain) {
        assertThat(subdomain).isEqualTo(here);
        return owner;
    }

    private String pupil(String subdomain) {
        var email = "sam" + UUID.randomUUID() + "@example.org";
        assertThat(join(subdomain, email)).isEqualTo(201);
        post.awaited("verify", email, "sent", 1);
        post.confirm(email);
        return email;
    }

    private int join(String subdomain, String email) {
        var form = Map.of("name", "Sam", "email", email, "password", PASSWORD);
        return visitor.call("POST", subdomain, "/api/v1/users", null, form).status();
    }

    private Visitor signedIn(String email) {
        var signedIn = new Visitor(port);
        signedIn.submit(here, "/sign-in", Map.of("email", email, "password", PASSWORD));
        await().atMost(Duration.ofSeconds(120))
                .until(() -> signedIn.peek(here, "/account").status() == 200);
        return signedIn;
    }
}
