package org.stoa.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.identity.People;
import org.stoa.messaging.Mail;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.MailServer;
import org.stoa.messaging.MailServer.Mood;
import org.stoa.messaging.MailTest;
import org.stoa.messaging.Post;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.Visitor;

/** Mail on its way past a mail server that has its moods. */
@MailTest
class MailDeliveriesTest {
    private static final MailServer SERVER = MailTest.SERVER;
    private static final String PASSWORD = Visitor.PASSWORD;

    @LocalServerPort private int port;

    private final ServiceDatabase service;
    private final Deliveries deliveries;
    private final DeliveryStore store;
    private final Organizations organizations;
    private final People people;
    private final Post post;
    private Visitor visitor;
    private String subdomain = "";
    private String owner = "";

    @Autowired
    MailDeliveriesTest(
            ServiceDatabase service,
            Deliveries deliveries,
            DeliveryStore store,
            Organizations organizations,
            People people) {
        this.service = service;
        this.deliveries = deliveries;
        this.store = store;
        this.organizations = organizations;
        this.people = people;
        post = new Post(service);
        visitor = new Visitor(0);
    }

    @BeforeEach
    void aSchool() {
        SERVER.is(Mood.TAKES);
        visitor = new Visitor(port);
        subdomain = "halden-" + UUID.randomUUID().toString().substring(0, 13);
        owner = subdomain + "@example.org";
        visitor.found("Halden " + subdomain, subdomain, "Olga", owner);
    }

    @AfterEach
    void inGoodMood() {
        SERVER.is(Mood.TAKES);
    }

    @Test
    void aMailGoesOutOnceInTheNameOfTheSchool() {
        var sam = pupil();
        post.awaited("verify", sam, "sent", 1);
        var mails = SERVER.takenFor(sam);
        assertThat(mails).hasSize(1);
        assertThat(mails.getFirst()).contains("post@stoa.example").contains("Halden");
        // Its words are the reader's, not the table's.
        assertThat(post.of("verify", sam).getFirst().text()).isEmpty();
        assertThat(jobsNaming("confirm/")).isZero();
    }

    @Test
    void aServerThatPutsUsOffIsAskedAgainAndTheMailGoesOnce() {
        SERVER.is(Mood.NOT_NOW);
        var sam = pupil();
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(
                        () -> post.of("verify", sam),
                        rows -> !rows.isEmpty() && rows.getFirst().attempts() >= 2);
        assertThat(answer(sam)).isEqualTo("451 4.7.1 Come back in a while");
        SERVER.is(Mood.TAKES);
        post.awaited("verify", sam, "sent", 1);
        assertThat(SERVER.takenFor(sam)).hasSize(1);
    }

    @Test
    void whatIsRefusedEndsWithTheServersSentenceUntilSomebodyReplaysIt() {
        SERVER.is(Mood.NEVER);
        var sam = pupil();
        var refused = post.awaited("verify", sam, "refused", 1).getFirst();
        assertThat(answer(sam)).contains("550 5.1.1 Nobody of that name lives here");
        assertThat(refused.attempts()).isEqualTo(1);
        SERVER.is(Mood.TAKES);
        var admin = new Visitor(port);
        admin.submit(subdomain, "/sign-in", Map.of("email", owner, "password", PASSWORD));
        var page = admin.open(subdomain, "/admin/mailbox?status=refused");
        assertThat(page.body()).contains("Nobody of that name lives here").contains(sam);
        var again = "/admin/mailbox/" + refused.id() + "/again";
        assertThat(admin.submit(subdomain, again, Map.of()).body()).contains("sent once more");
        post.awaited("verify", sam, "sent", 1);
        assertThat(SERVER.takenFor(sam)).hasSize(1);
        assertThat(admin.submit(subdomain, again, Map.of()).status()).isEqualTo(409);
        assertThat(SERVER.takenFor(sam)).hasSize(1);
    }

    /** Nobody can know whether it arrived; what comes twice has one name. */
    @Test
    void aServerThatBreaksOffAfterTheMailGetsItAgainUnderTheSameName() {
        SERVER.is(Mood.BREAKS_OFF);
        var sam = pupil();
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> SERVER.takenFor(sam), mails -> mails.size() == 1);
        SERVER.is(Mood.TAKES);
        post.awaited("verify", sam, "sent", 1);
        var names =
                SERVER.takenFor(sam).stream()
                        .map(mail ->
                                mail.lines()
                                        .filter(l -> l.startsWith("Message-ID: "))
                                        .findFirst()
                                        .orElseThrow())
                        .toList();
        assertThat(names).hasSizeGreaterThan(1);
        assertThat(names.stream().distinct()).hasSize(1);
        assertThat(outcomes(sam)).startsWith("unknown").endsWith("sent");
    }

    @Test
    void ofTwoWorkersOneSendsIt() throws Exception {
        SERVER.is(Mood.SLOW);
        var sam = pupil();
        post.awaited("verify", sam, "sent", 1);
        var school = school();
        var mail = mail(sam, "two workers");
        var work = new ArrayList<Callable<String>>();
        for (int i = 0; i < 4; i++) {
            work.add(() -> tried(school, mail));
        }
        var outcomes = new ArrayList<String>();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : workers.invokeAll(work)) {
                outcomes.add(one.get());
            }
        }
        assertThat(outcomes).containsOnlyOnce("done").contains("Another worker is sending it");
        assertThat(post.awaited("welcome", sam, "sent", 1)).hasSize(1);
        assertThat(SERVER.takenFor(sam)).hasSize(2);
        assertThat(tried(school, mail)).isEqualTo("done");
        assertThat(SERVER.takenFor(sam)).hasSize(2);
    }

    /**
     * What a worker leaves that is killed between the server's answer and its writing that down: an
     * attempt without an end. The mail goes once more, under the same name.
     */
    @Test
    void aWorkerThatDiedLeavesAnAttemptWithoutAnEnd() {
        var sam = pupil();
        post.awaited("verify", sam, "sent", 1);
        var school = school();
        var mail = mail(sam, "killed");
        var longAgo = java.time.Instant.now().minus(Duration.ofMinutes(10));
        Caller.office(school)
                .run(() -> {
                    store.keep(mail, sam, null, longAgo);
                    assertThat(store.claim(mail.id(), null, longAgo, longAgo.plusSeconds(180)))
                            .contains(1);
                });
        assertThat(tried(school, mail)).isEqualTo("done");
        var row = post.of("welcome", sam).getFirst();
        assertThat(row.status()).isEqualTo("sent");
        assertThat(row.attempts()).isEqualTo(2);
        var admin = new Visitor(port);
        admin.submit(subdomain, "/sign-in", Map.of("email", owner, "password", PASSWORD));
        assertThat(admin.open(subdomain, "/admin/mailbox/" + row.id()).body())
                .contains("Broken off: it may have arrived");
        // The dead one writes its end late: too late.
        Caller.office(school)
                .run(() ->
                        store.end(
                                mail.id(),
                                1,
                                new Deliveries.Ended(
                                        Carrier.Outcome.REFUSED, "late", false, null, null),
                                java.time.Instant.now()));
        assertThat(post.of("welcome", sam).getFirst().status()).isEqualTo("sent");
    }

    /** Whatever became of the job that had it: cancelled, killed, dead. */
    @Test
    void aMailThatNobodySendsAnyMoreIsBrokenOffAndCanBeSentAgain() {
        var sam = pupil();
        post.awaited("verify", sam, "sent", 1);
        var mail = mail(sam, "left behind");
        var longAgo = java.time.Instant.now().minus(Duration.ofMinutes(10));
        Caller.office(school())
                .run(() -> {
                    store.keep(mail, sam, null, longAgo);
                    store.claim(mail.id(), null, longAgo, longAgo.plusSeconds(180));
                });
        var admin = admin();
        assertThat(admin.open(subdomain, "/admin/mailbox?status=broken-off").body())
                .contains(sam)
                .contains("broken off");
        var again = "/admin/mailbox/" + mail.id() + "/again";
        assertThat(admin.submit(subdomain, again, Map.of()).body()).contains("sent once more");
        post.awaited("welcome", sam, "sent", 1);
    }

    @Test
    void aMailWhoseJobIsTakenBackIsBrokenOffAndCanBeSentAgain() {
        SERVER.is(Mood.NOT_NOW);
        var sam = pupil();
        // Before its first try, while it waits for another, or while it is under way.
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> !post.of("verify", sam).isEmpty());
        var id = post.of("verify", sam).getFirst().id();
        var job =
                service.sql("select job_id from mails where id = cast(:id as uuid)")
                        .param("id", id)
                        .query(UUID.class)
                        .single();
        var admin = admin();
        var cancelled = admin.submit(subdomain, "/admin/jobs/" + job + "/cancel", Map.of());
        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
        var broken = post.awaited("verify", sam, "broken-off", 1).getFirst();
        assertThat(answer(sam)).contains("Its job was taken back");
        SERVER.is(Mood.TAKES);
        var again = "/admin/mailbox/" + broken.id() + "/again";
        assertThat(admin.submit(subdomain, again, Map.of()).body()).contains("sent once more");
        post.awaited("verify", sam, "sent", 1);
        assertThat(SERVER.takenFor(sam)).hasSize(1);
    }

    private Visitor admin() {
        var admin = new Visitor(port);
        admin.submit(subdomain, "/sign-in", Map.of("email", owner, "password", PASSWORD));
        return admin;
    }

    @Test
    void whatIsHandedInTwiceAboutOneThingIsOneMail() {
        var sam = pupil();
        post.awaited("verify", sam, "sent", 1);
        var school = school();
        assertThat(tried(school, mail(sam, "one thing"))).isEqualTo("done");
        assertThat(tried(school, mail(sam, "one thing"))).isEqualTo("done");
        assertThat(post.of("welcome", sam)).hasSize(1);
        assertThat(SERVER.takenFor(sam)).hasSize(2);
    }

    private Mail mail(String to, String about) {
        var person = people.find(to).orElseThrow().id();
        post.confirm(to);
        return new Mail(
                UUID.randomUUID(), MailKind.WELCOME, person, "", Map.of("path", "/courses"), about);
    }

    private String tried(Organization school, Mail mail) {
        try {
            Caller.office(school).run(() -> deliveries.deliver(mail));
            return "done";
        } catch (Deliveries.NotSent e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Organization school() {
        return organizations.bySubdomain(subdomain).orElseThrow();
    }

    private String pupil() {
        var email = "sam" + UUID.randomUUID().toString().toLowerCase(Locale.ROOT) + "@example.org";
        var answer =
                visitor.call(
                        "POST",
                        subdomain,
                        "/api/v1/users",
                        null,
                        Map.of("name", "Sam", "email", email, "password", PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return email;
    }

    private String answer(String to) {
        return service.sql("select answer from mails where recipient = :to")
                .param("to", to)
                .query(String.class)
                .single();
    }

    private java.util.List<String> outcomes(String to) {
        return service.sql(
                        """
                        select coalesce(a.outcome, '') from mail_attempts a
                          join mails m on m.organization_id = a.organization_id and m.id = a.mail_id
                         where m.recipient = :to order by a.number
                        """)
                .param("to", to)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private int jobsNaming(String words) {
        return service.sql(
                        """
                        select count(*) from scheduled_tasks
                         where position(:words in convert_from(task_data, 'UTF8')) > 0
                        """)
                .param("words", words)
                .query(Integer.class)
                .single();
    }
}
