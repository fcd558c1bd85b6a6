package org.stoa.messaging.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.jobs.DueJobs;
import org.stoa.messaging.Post;
import org.stoa.messaging.SchoolOfKnots;
import org.stoa.messaging.SchoolOfKnots.Member;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;

/** A school looks round once an hour and tells what came by the clock, each of its people once. */
@StoaTest
class RoundsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Map<String, String> LESSONS =
            Map.of(
                    "01-knots/01-bowline.md", "# Bowline\n\nA loop.",
                    "01-knots/02-reef.md", "# Reef knot\n\nTwo ends.",
                    "01-knots/03-splice.md", "# Splice\n\nOne rope.");

    private final Post post;
    private final DueJobs due;
    private final SetClock clock;
    private final Rounds rounds;
    private final Organizations organizations;
    private final TransactionTemplate transactions;
    private final SchoolOfKnots school;
    private final SchoolOfKnots other;

    @Autowired
    RoundsTest(
            ServiceDatabase service,
            DueJobs due,
            Clock clock,
            Rounds rounds,
            Organizations organizations,
            PlatformTransactionManager manager,
            @LocalServerPort int port) {
        this.post = new Post(service);
        this.due = due;
        this.clock = SetClock.of(clock);
        this.rounds = rounds;
        this.organizations = organizations;
        this.transactions = new TransactionTemplate(manager);
        this.school = new SchoolOfKnots(port, service).publish(LESSONS);
        this.other = new SchoolOfKnots(port, service).publish(LESSONS);
    }

    @AfterEach
    void putRight() {
        clock.putRight();
    }

    @Test
    void aLessonThatOpensByADateIsToldOnce() {
        var date = clock.instant().plus(Duration.ofDays(2));
        rule("reef-knot", date, null);
        school.publish(LESSONS);
        var sam = school.learner();
        var stranger = other.learner();
        look();
        assertThat(told(school, sam, "opened")).isEmpty();
        clock.pass(Duration.ofDays(2).plusMinutes(1));
        look();
        look();
        assertThat(told(school, sam, "opened"))
                .containsExactly("“Reef knot” is open now in “Knots”.");
        assertThat(told(other, stranger, "opened")).isEmpty();
        var mail = post.kept("lesson-open", sam.email());
        assertThat(mail.text()).contains("Reef knot", "/learn/knots/reef-knot");
        clock.pass(Duration.ofDays(1));
        look();
        assertThat(post.of("lesson-open", sam.email())).hasSize(1);
        // It was open when they came: no news.
        var late = school.learner();
        clock.pass(Duration.ofHours(1));
        look();
        assertThat(told(school, late, "opened")).isEmpty();
    }

    @Test
    void whatOpensSomeDaysAfterJoiningIsToldToEachAtTheirTime() {
        rule("reef-knot", null, 3);
        rule("splice", null, 3);
        school.publish(LESSONS);
        var sam = school.learner();
        look();
        clock.pass(Duration.ofDays(1));
        var ann = school.learner();
        look();
        clock.pass(Duration.ofDays(2).plusMinutes(5));
        look();
        assertThat(told(school, sam, "opened"))
                .containsExactly("“Reef knot” and one lesson more are open now in “Knots”.");
        assertThat(told(school, ann, "opened")).isEmpty();
        clock.pass(Duration.ofDays(1));
        look();
        assertThat(told(school, ann, "opened")).hasSize(1);
        assertThat(told(school, sam, "opened")).hasSize(1);
    }

    @Test
    void theCalendarOfAGroupIsItsOwn() {
        var sam = school.member();
        var ann = school.learner();
        var date = clock.instant().plus(Duration.ofDays(1));
        var group = new HashMap<String, @Nullable Object>();
        group.put("name", "Autumn");
        group.put("joinable", false);
        group.put(
                "calendar",
                List.of(Map.of("lesson", lesson("splice"), "opensAt", date.toString())));
        var cohorts = "/api/v1/courses/knots/cohorts";
        var made = school.call(school.owner, "POST", cohorts, group);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var put =
                school.call(
                        school.owner,
                        "POST",
                        cohorts + "/" + made.text("id") + "/learners",
                        Map.of("email", sam.email()));
        assertThat(put.status()).as(put.body()).isEqualTo(204);
        look();
        clock.pass(Duration.ofDays(1).plusMinutes(1));
        look();
        assertThat(told(school, sam, "opened")).containsExactly("“Splice” is open now in “Knots”.");
        assertThat(told(school, ann, "opened")).isEmpty();
    }

    @Test
    void whoStoppedIsRemindedOnceInAPause() {
        school.clock("Europe/Berlin");
        var sam = school.learner();
        var never = school.learner();
        var finished = school.learner();
        mark(sam, "bowline");
        for (var lesson : List.of("bowline", "reef-knot", "splice")) {
            mark(finished, lesson);
        }
        untilHour(6, 11);
        look();
        assertThat(post.of("reminder", sam.email())).isEmpty();
        untilHour(2, 11);
        look();
        assertThat(post.kept("reminder", sam.email()).text())
                .contains("Reef knot", "/learn/knots/reef-knot");
        untilHour(1, 11);
        look();
        untilHour(15, 11);
        look();
        assertThat(post.of("reminder", sam.email())).hasSize(1);
        assertThat(post.of("reminder", never.email())).isEmpty();
        assertThat(post.of("reminder", finished.email())).isEmpty();
        // Another pause, and more than a fortnight later.
        mark(sam, "reef-knot");
        untilHour(8, 9);
        look();
        assertThat(post.of("reminder", sam.email())).hasSize(1);
        untilHour(0, 10);
        look();
        // Another program's clock may have dated either.
        assertThat(post.awaited("reminder", sam.email(), "kept", 2))
                .anySatisfy(mail -> assertThat(mail.text()).contains("Splice"));
    }

    @Test
    void nobodyIsRemindedTwiceInAFortnight() {
        var sam = school.learner();
        mark(sam, "bowline");
        untilHour(8, 11);
        lookAndLeaveTheWork();
        // Done by a program whose clock is another: the fortnight is that of the round.
        clock.putRight();
        school.run(due);
        untilHour(8, 11);
        mark(sam, "reef-knot");
        untilHour(8, 11);
        look();
        assertThat(post.of("reminder", sam.email())).hasSize(1);
        untilHour(7, 11);
        look();
        assertThat(post.of("reminder", sam.email())).hasSize(2);
    }

    @Test
    void onMondayMorningComesWhatHappenedInTheWeek() {
        school.clock("Europe/Berlin");
        // From here on this week's morning has passed.
        look();
        var sam = school.learner();
        var quiet = school.member();
        var unwilling = school.learner();
        var stranger = other.learner();
        unwanted(unwilling);
        school.run(due);
        untilMonday(6, 59);
        look();
        assertThat(post.of("digest", sam.email())).isEmpty();
        untilMonday(7, 1);
        look();
        look();
        var mail = post.kept("digest", sam.email());
        assertThat(mail.text()).contains("You have a place in “Knots”", "/notifications");
        assertThat(post.of("digest", sam.email())).hasSize(1);
        assertThat(post.of("digest", quiet.email())).isEmpty();
        assertThat(post.of("digest", stranger.email())).isEmpty();
        assertThat(post.awaited("digest", unwilling.email(), "not-wanted", 1)).hasSize(1);
        // A week in which nothing happened.
        clock.pass(Duration.ofDays(7));
        look();
        assertThat(post.of("digest", sam.email())).hasSize(1);
    }

    @Test
    void aWorkerThatDiesOnItsRoundHasToldNothingAndTheNextTellsAll() {
        rule("reef-knot", clock.instant().plus(Duration.ofHours(5)), null);
        school.publish(LESSONS);
        var sam = school.learner();
        look();
        clock.pass(Duration.ofHours(6));
        office().run(() ->
                transactions.executeWithoutResult(status -> {
                    rounds.look();
                    status.setRollbackOnly();
                }));
        school.run(due);
        assertThat(told(school, sam, "opened")).isEmpty();
        look();
        assertThat(told(school, sam, "opened")).hasSize(1);
    }

    /** As the school's job does. */
    private void look() {
        lookAndLeaveTheWork();
        school.run(due);
    }

    private void lookAndLeaveTheWork() {
        office().run(() -> transactions.executeWithoutResult(status -> rounds.look()));
    }

    private Caller office() {
        return Caller.office(organizations.byId(school.id).orElseThrow());
    }

    private void rule(String lesson, @Nullable Instant date, @Nullable Integer days) {
        var path = "/api/v1/courses/knots/lessons/" + lesson(lesson) + "/rules";
        var now = school.call(school.owner, "GET", path, null);
        var rules = new HashMap<String, @Nullable Object>();
        rules.put("hidden", false);
        rules.put("required", true);
        rules.put("taste", false);
        rules.put("opensAt", date == null ? null : date.toString());
        rules.put("opensAfterDays", days);
        rules.put("after", List.of());
        rules.put("version", Integer.parseInt(now.text("version")));
        var set = school.call(school.owner, "PUT", path, rules);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    private String lesson(String slug) {
        var course = school.call(school.owner, "GET", "/api/v1/courses/knots", null);
        return course.json()
                .get("modules")
                .get(0)
                .get("lessons")
                .valueStream()
                .filter(it -> it.get("slug").asString().equals(slug))
                .map(it -> it.get("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private void mark(Member who, String lesson) {
        var path = "/api/v1/me/lessons/" + lesson(lesson) + "/progress";
        var marked = school.call(who.token(), "PUT", path, Map.of("status", "completed"));
        assertThat(marked.status()).as(marked.body()).isEqualTo(200);
    }

    private void unwanted(Member who) {
        var visitor = school.browser(who);
        visitor.submit(school.subdomain, "/account/messages", Map.of("wanted", "reminder"));
    }

    /** So many days on, at that hour by the school's clock. */
    private void untilHour(int days, int hour) {
        var zone = organizations.byId(school.id).orElseThrow().timeZone();
        var at =
                clock.instant().atZone(zone).plusDays(days).with(LocalTime.of(hour, 5)).toInstant();
        clock.pass(Duration.between(clock.instant(), at));
    }

    private void untilMonday(int hour, int minute) {
        var today = clock.instant().atZone(BERLIN).toLocalDate();
        var monday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        if (today.getDayOfWeek() == DayOfWeek.MONDAY) {
            monday = today;
        }
        var at = monday.atTime(hour, minute).atZone(BERLIN).toInstant();
        clock.pass(Duration.between(clock.instant(), at));
    }

    private static List<String> told(SchoolOfKnots at, Member who, String kind) {
        return at.call(who.token(), "GET", "/api/v1/me/notifications?limit=100", null)
                .json()
                .get("items")
                .valueStream()
                .filter(it -> it.get("kind").asString().equals(kind))
                .map(it -> it.get("words").asString())
                .toList();
    }
}
