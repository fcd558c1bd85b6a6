package org.stoa.messaging.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.jobs.DueJobs;
import org.stoa.messaging.Classroom;
import org.stoa.messaging.Classroom.Someone;
import org.stoa.messaging.Post;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor.Answer;

/** A learner writes to the teachers of a course, they write back, and nobody else reads it. */
@StoaTest
class LettersTest {
    private static final String OWN = "/api/v1/courses/knots/conversation";

    @LocalServerPort private int port;
    private final DueJobs jobs;
    private final Organizations organizations;
    private final SetClock clock;
    private final Post post;
    private @Nullable Classroom room;

    @Autowired
    LettersTest(DueJobs jobs, Organizations organizations, ServiceDatabase service, Clock clock) {
        this.jobs = jobs;
        this.organizations = organizations;
        this.clock = SetClock.of(clock);
        this.post = new Post(service);
    }

    @BeforeEach
    void aClassroom() {
        room = new Classroom(port);
        post.confirm(room.ann.email(), room.sam.email(), room.lead.email(), room.assistant.email());
    }

    @AfterEach
    void today() {
        clock.putRight();
    }

    @Test
    void aLearnerWritesAndThoseWhoLookAfterTheCourseAnswer() {
        var it = room();
        write(it.ann, OWN, "May I hand it in *later*?");
        for (var who : List.of(it.lead, it.assistant)) {
            assertThat(told(who)).contains("Ann Berg", "Knots");
            assertThat(list(who).text("items.0.learnerName")).isEqualTo("Ann Berg");
            assertThat(list(who).text("items.0.unread")).isEqualTo("1");
        }
        var read = it.call(it.lead, "GET", with(it.ann), null);
        assertThat(read.text("items.0.html")).contains("<em>later</em>");
        // Looking at it through the API marks nothing; saying so does, for this reader alone.
        assertThat(list(it.lead).text("items.0.unread")).isEqualTo("1");
        assertThat(it.call(it.lead, "PUT", with(it.ann) + "/read", null).status()).isEqualTo(204);
        assertThat(list(it.lead).text("items.0.unread")).isEqualTo("0");
        assertThat(list(it.assistant).text("items.0.unread")).isEqualTo("1");
        assertThat(unread(it.lead)).isEqualTo("0");
        assertThat(it.call(it.ann, "GET", OWN, null).text("items.0.read")).isEqualTo("true");
        write(it.assistant, with(it.ann), "Until Monday.");
        assertThat(list(it.assistant).text("items.0.unread")).isEqualTo("0");
        // What one teacher writes, another need not read.
        assertThat(list(it.lead).text("items.0.unread")).isEqualTo("0");
        assertThat(list(it.ann).text("items.0.unread")).isEqualTo("1");
        assertThat(list(it.ann).text("items.0.words")).isEqualTo("Until Monday.");
        assertThat(told(it.ann)).contains("Asa Assistant");
        assertThat(list(it.sam).json().path("items").size()).isZero();
    }

    @Test
    void nobodyElseReadsIt() {
        var it = room();
        write(it.ann, OWN, "Between us");
        for (var who : List.of(it.sam, it.outsider, it.reviewer, it.otherTeacher)) {
            var answer = it.call(who, "GET", with(it.ann), null);
            assertThat(answer.status()).as(who.name()).isIn(403, 404);
            assertThat(answer.body()).doesNotContain("Between us");
            var text = Map.of("text", "Me too");
            assertThat(it.call(who, "POST", with(it.ann), text).status()).isIn(403, 404);
            assertThat(list(who).body()).doesNotContain("Between us");
            assertThat(it.browser(who, port).open(it.school, page(it.ann)).status()).isIn(403, 404);
        }
        assertThat(it.call(it.sam, "GET", OWN, null).json().path("items").size()).isZero();
        assertThat(it.call(it.outsider, "GET", OWN, null).status()).isEqualTo(404);
        assertThat(it.call(it.outsider, "POST", OWN, Map.of("text", "Hello")).status())
                .isEqualTo(404);
        assertThat(it.call(it.elsewhere, "GET", with(it.ann), null).status()).isEqualTo(401);
        // An administrator may, and is not told of each course.
        assertThat(it.call(it.admin, "GET", with(it.ann), null).body()).contains("Between us");
        assertThat(list(it.admin).json().path("items").size()).isZero();
        // Nobody writes to somebody who does not learn the course.
        var stranger = "/api/v1/courses/knots/learners/" + it.outsider.id() + "/conversation";
        assertThat(it.call(it.lead, "GET", stranger, null).status()).isEqualTo(404);
        assertThat(it.call(it.lead, "POST", stranger, Map.of("text", "Come!")).status())
                .isEqualTo(404);
    }

    @Test
    void readingElsewhereCountsEverywhere() {
        var it = room();
        write(it.lead, with(it.ann), "One");
        write(it.lead, with(it.ann), "Two");
        assertThat(told(it.ann)).contains("Lena Lead");
        assertThat(list(it.ann).text("items.0.unread")).isEqualTo("2");
        // Of both they are told once.
        assertThat(unread(it.ann)).isEqualTo("1");
        var browser = it.browser(it.ann, port);
        assertThat(browser.open(it.school, "/messages").body()).contains("2 not read");
        assertThat(browser.open(it.school, "/messages/knots").body())
                .contains("data-unread=\"2\"", "One", "Two");
        browser.submit(it.school, "/messages/knots/read", Map.of());
        assertThat(list(it.ann).text("items.0.unread")).isEqualTo("0");
        assertThat(unread(it.ann)).isEqualTo("0");
        assertThat(browser.open(it.school, "/messages").body()).doesNotContain("not read");
        assertThat(it.call(it.lead, "GET", with(it.ann), null).text("items.1.read"))
                .isEqualTo("true");
        write(it.lead, with(it.ann), "Three");
        await().until(() -> unread(it.ann).equals("1"));
    }

    @Test
    void whatIsNotReadAfterAWhileGoesByMailOnce() {
        var it = room();
        write(it.lead, with(it.ann), "Bring **rope**");
        told(it.ann);
        write(it.lead, with(it.ann), "And a friend");
        write(it.lead, with(it.sam), "Hello");
        told(it.sam);
        it.call(it.sam, "PUT", OWN + "/read", null);
        var school = organizations.bySubdomain(it.school).orElseThrow().id();
        jobs.run(school);
        assertThat(post.of("message", it.ann.email())).isEmpty();
        clock.pass(Duration.ofMinutes(11));
        jobs.run(school);
        var mails = post.of("message", it.ann.email());
        assertThat(mails).hasSize(1);
        assertThat(mails.getFirst().text()).contains("Lena Lead", "Bring rope", "/messages/knots");
        assertThat(post.of("message", it.sam.email())).isEmpty();
    }

    @Test
    void whoHasLeftReadsAndDoesNotWrite() {
        var it = room();
        write(it.ann, OWN, "Farewell");
        it.call(it.ann, "DELETE", "/api/v1/me/enrollments/knots", null);
        assertThat(it.call(it.ann, "GET", OWN, null).body()).contains("Farewell");
        assertThat(it.call(it.ann, "POST", OWN, Map.of("text", "P.S.")).status()).isEqualTo(409);
        assertThat(it.call(it.lead, "POST", with(it.ann), Map.of("text", "Wait")).status())
                .isEqualTo(409);
    }

    @Test
    void aPageOfItsOwnTakesWordsAndSaysWhatItCannotTake() {
        var it = room();
        var ann = it.browser(it.ann, port);
        assertThat(ann.open(it.school, "/messages").body()).contains("No messages");
        var empty = ann.submit(it.school, "/messages/knots", Map.of("text", " "));
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.body()).contains("Write something first.");
        assertThat(
                        ann.submit(
                                        it.school,
                                        "/messages/knots",
                                        Map.of(
                                                "text",
                                                "<script>alert(1)</script> [x](javascript:alert(1))"))
                                .body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert", "href=\"javascript");
        var lead = it.browser(it.lead, port);
        assertThat(lead.open(it.school, "/studio/knots/learners").body())
                .contains(page(it.ann), page(it.sam));
        assertThat(lead.submit(it.school, page(it.ann), Map.of("text", "I see.")).body())
                .contains("I see.", "With Ann Berg");
        for (int i = 0; i < 29; i++) {
            write(it.ann, OWN, "Again " + i);
        }
        var refused = ann.submit(it.school, "/messages/knots", Map.of("text", "Too much"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("Too much</textarea>", "Nothing is lost");
        var first = it.call(it.ann, "GET", OWN + "?limit=20", null);
        assertThat(first.json().path("items").size()).isEqualTo(20);
        var next = it.call(it.ann, "GET", OWN + "?cursor=" + first.text("nextCursor"), null);
        assertThat(next.json().path("items").size()).isEqualTo(11);
        assertThat(next.text("items.10.text")).isNotEqualTo(first.text("items.0.text"));
    }

    private Classroom room() {
        return java.util.Objects.requireNonNull(room);
    }

    private void write(Someone who, String path, String text) {
        var written = room().call(who, "POST", path, Map.of("text", text));
        assertThat(written.status()).as(written.body()).isEqualTo(201);
    }

    private Answer list(Someone who) {
        return room().call(who, "GET", "/api/v1/me/conversations", null);
    }

    /** Of letters, so many things are told and not read. */
    private String unread(Someone who) {
        int unread = 0;
        for (var one :
                room().call(who, "GET", "/api/v1/me/notifications", null).json().path("items")) {
            boolean letter = one.path("kind").asString().equals("letter");
            unread += letter && !one.path("read").asBoolean() ? 1 : 0;
        }
        return String.valueOf(unread);
    }

    private String told(Someone who) {
        return await().pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            var told = room().call(who, "GET", "/api/v1/me/notifications", null);
                            for (var one : told.json().path("items")) {
                                if (one.path("kind").asString().equals("letter")) {
                                    return one.path("words").asString();
                                }
                            }
                            return "";
                        },
                        words -> !words.isEmpty());
    }

    private static String with(Someone learner) {
        return "/api/v1/courses/knots/learners/" + learner.id() + "/conversation";
    }

    private static String page(Someone learner) {
        return "/messages/knots/" + learner.id();
    }
}
