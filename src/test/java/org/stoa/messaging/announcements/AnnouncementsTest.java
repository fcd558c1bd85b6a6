package org.stoa.messaging.announcements;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.stoa.testing.Visitor;

/** A school tells its people something, now or at a set time, each of them once. */
@StoaTest
class AnnouncementsTest {
    private static final String OF_COURSE = "/api/v1/courses/knots/announcements";
    private static final String OF_SCHOOL = "/api/v1/announcements";

    private final ServiceDatabase service;
    private final Post post;
    private final DueJobs due;
    private final SetClock clock;
    private final Telling telling;
    private final Organizations organizations;
    private final TransactionTemplate transactions;
    private final int port;
    private final SchoolOfKnots school;
    private final SchoolOfKnots other;

    @Autowired
    AnnouncementsTest(
            ServiceDatabase service,
            DueJobs due,
            Clock clock,
            Telling telling,
            Organizations organizations,
            PlatformTransactionManager manager,
            @LocalServerPort int port) {
        this.service = service;
        this.post = new Post(service);
        this.due = due;
        this.clock = SetClock.of(clock);
        this.telling = telling;
        this.organizations = organizations;
        this.transactions = new TransactionTemplate(manager);
        this.port = port;
        this.school = new SchoolOfKnots(port, service).publish();
        this.other = new SchoolOfKnots(port, service).publish();
    }

    @AfterEach
    void putRight() {
        clock.putRight();
    }

    @Test
    void theLearnersOfACourseAreToldOnceInsideStoaAndByMail() {
        var sam = school.learner();
        var ann = school.learner();
        var nobody = school.member();
        var stranger = other.learner();
        var made = announce("No class on Friday", "The harbour is **closed**.\n\n- One\n- Two");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        school.run(due);
        assertThat(told(sam)).containsExactly("“Knots”: No class on Friday");
        assertThat(told(ann)).hasSize(1);
        assertThat(told(nobody)).isEmpty();
        assertThat(told(stranger, other)).isEmpty();
        var mail = post.kept("announcement", sam.email());
        assertThat(mail.html()).contains("<strong>closed</strong>", "<li>One</li>");
        assertThat(mail.text()).contains("closed", "- One");
        assertThat(mail.text()).contains("/learn/knots/announcements#a-" + made.text("id"));
        assertThat(post.of("announcement", nobody.email())).isEmpty();
        var written = school.call(school.owner, "GET", OF_COURSE + "/written", null);
        assertThat(written.text("items.0.status")).isEqualTo("told");
        assertThat(written.text("items.0.told")).isEqualTo("2");
        var read = school.call(sam.token(), "GET", OF_COURSE, null);
        assertThat(read.text("items.0.html")).contains("<strong>closed</strong>");
        assertThat(read.text("items.0.told")).isEmpty();
        assertThat(other.call(stranger.token(), "GET", OF_COURSE, null).body())
                .doesNotContain("harbour");
        var page =
                browser(school, sam.email()).open(school.subdomain, "/learn/knots/announcements");
        assertThat(page.body()).contains("No class on Friday", "<strong>closed</strong>");
    }

    @Test
    void whoHasNoPlaceInTheCourseDoesNotReadIt() {
        var nobody = school.member();
        assertThat(announce("No class", "Closed.").status()).isEqualTo(201);
        school.run(due);
        assertThat(school.call(nobody.token(), "GET", OF_COURSE, null).status()).isEqualTo(403);
        assertThat(school.call(nobody.token(), "GET", OF_COURSE + "/written", null).status())
                .isEqualTo(403);
        assertThat(school.call(nobody.token(), "POST", OF_SCHOOL, wish("A", "B")).status())
                .isEqualTo(403);
        // Who joins later finds what was said before.
        school.join(nobody);
        assertThat(school.call(nobody.token(), "GET", OF_COURSE, null).text("items.0.title"))
                .isEqualTo("No class");
        assertThat(told(nobody)).noneMatch(it -> it.contains("No class"));
    }

    @Test
    void everybodyInTheSchoolIsToldButForWhoWroteIt() {
        var sam = school.member();
        var stranger = other.member();
        var made = school.call(school.owner, "POST", OF_SCHOOL, wish("Open day", "Come."));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        school.run(due);
        assertThat(told(sam)).containsExactly("To everybody: Open day");
        assertThat(told(stranger, other)).isEmpty();
        assertThat(told(new Member("", school.owner))).isEmpty();
        assertThat(post.kept("announcement", sam.email()).text())
                .contains("/announcements#a-" + made.text("id"));
        assertThat(school.call(sam.token(), "GET", OF_SCHOOL, null).text("items.0.title"))
                .isEqualTo("Open day");
    }

    @Test
    void whoWantsNoSuchMailIsToldInsideStoaAlone() {
        var sam = school.learner();
        browser(school, sam.email())
                .submit(school.subdomain, "/account/messages", Map.of("wanted", "digest"));
        announce("No class", "Closed.");
        school.run(due);
        assertThat(told(sam)).hasSize(1);
        assertThat(post.awaited("announcement", sam.email(), "not-wanted", 1)).hasSize(1);
    }

    @Test
    void itGoesAtItsTimeByTheClocksOfTheSchool() {
        school.clock("Europe/Berlin");
        var sam = school.learner();
        var staff = browser(school, school.subdomain + "@example.org");
        var day = Instant.now().atZone(ZoneId.of("Europe/Berlin")).toLocalDate().plusDays(2);
        var form = form("Later", "Soon.", day + "T09:00");
        var set = staff.submit(school.subdomain, "/studio/knots/announcements", form);
        assertThat(set.body()).contains("It waits for its time", "Waits");
        var at = day.atTime(9, 0).atZone(ZoneId.of("Europe/Berlin")).toInstant();
        var written = school.call(school.owner, "GET", OF_COURSE + "/written", null);
        assertThat(written.text("items.0.at")).isEqualTo(at.toString());
        school.run(due);
        clock.pass(Duration.between(clock.instant(), at).minusSeconds(60));
        school.run(due);
        assertThat(told(sam)).isEmpty();
        assertThat(school.call(sam.token(), "GET", OF_COURSE, null).body()).doesNotContain("Later");
        clock.pass(Duration.ofSeconds(61));
        school.run(due);
        assertThat(told(sam)).containsExactly("“Knots”: Later");
    }

    @Test
    void anHourThatNoClockShowsIsRefused() {
        school.clock("Europe/Berlin");
        var staff = browser(school, school.subdomain + "@example.org");
        var here = "/studio/knots/announcements";
        var spring = lastSunday(3) + "T02:30";
        var gap = staff.submit(school.subdomain, here, form("Gap", "Words.", spring));
        assertThat(gap.status()).isEqualTo(422);
        assertThat(gap.body()).contains("03:30", "Words.");
        var autumn = lastSunday(10) + "T02:30";
        var twice = staff.submit(school.subdomain, here, form("Twice", "Words.", autumn));
        assertThat(twice.body()).contains("twice");
        var at = school.call(school.owner, "GET", OF_COURSE + "/written", null).text("items.0.at");
        // Two hours ahead of UTC is summer's clock: the first of the two.
        assertThat(at).endsWith("T00:30:00Z");
    }

    @Test
    void untilItGoesItCanBeCalledOff() {
        var sam = school.learner();
        var at = clock.instant().plus(Duration.ofDays(3)).toString();
        var later = Map.of("title", "Later", "text", "Soon.", "at", at);
        var id = school.call(school.owner, "POST", OF_COURSE, later).text("id");
        var cancel = OF_COURSE + "/" + id + "/cancel";
        assertThat(other.call(other.owner, "POST", cancel, null).status()).isEqualTo(404);
        assertThat(school.call(sam.token(), "POST", cancel, null).status()).isEqualTo(403);
        for (int i = 0; i < 2; i++) {
            var off = school.call(school.owner, "POST", cancel, null);
            assertThat(off.text("status")).isEqualTo("cancelled");
        }
        clock.pass(Duration.ofDays(4));
        school.run(due);
        assertThat(told(sam)).isEmpty();
        var now = announce("Now", "At once.").text("id");
        school.run(due);
        var late = school.call(school.owner, "POST", OF_COURSE + "/" + now + "/cancel", null);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("detail")).contains("cannot be called off");
    }

    @Test
    void hundredsAreToldOnceEachThoughWorkersDieAndMeet() throws Exception {
        enroll(450);
        var made = announce("Many", "All of you.").text("id");
        var first = new Telling.Slice(UUID.fromString(made), Telling.FIRST);
        var office = Caller.office(organizations.byId(school.id).orElseThrow());
        // What a worker has written that dies before its end is not kept.
        office.run(() ->
                transactions.executeWithoutResult(status -> {
                    telling.tell(first);
                    status.setRollbackOnly();
                }));
        // Two that do the same at once, as where one was taken for dead.
        var meet =
                Stream.of(1, 2)
                        .map(node ->
                                CompletableFuture.runAsync(() ->
                                        office.run(() ->
                                                transactions.executeWithoutResult(
                                                        s -> telling.tell(first)))))
                        .toList();
        CompletableFuture.allOf(meet.toArray(CompletableFuture[]::new)).get();
        school.run(due);
        var written = school.call(school.owner, "GET", OF_COURSE + "/written", null);
        assertThat(written.text("items.0.told")).isEqualTo("450");
        assertThat(written.text("items.0.status")).isEqualTo("told");
        assertThat(count("select count(*) from notifications where organization_id = :id"))
                .isEqualTo(450);
        assertThat(
                        count(
                                "select count(*) from mails where organization_id = :id and kind = 'announcement'"))
                .isEqualTo(450);
        assertThat(
                        count(
                                "select count(distinct person_id) from mails where organization_id = :id"
                                        + " and kind = 'announcement' and attempts = 1"))
                .isEqualTo(450);
    }

    @Test
    void whatCannotBeToldIsRefusedWithASentence() {
        var past = clock.instant().minusSeconds(5).toString();
        for (var wrong :
                List.of(
                        List.of("", "Words", "title"),
                        List.of("  ", "Words", "title"),
                        List.of("A\nB", "Words", "title"),
                        List.of("x".repeat(201), "Words", "title"),
                        List.of("A", "", "text"),
                        List.of("A", "x".repeat(20_001), "text"))) {
            var answer =
                    school.call(
                            school.owner, "POST", OF_COURSE, wish(wrong.getFirst(), wrong.get(1)));
            assertThat(answer.status()).as(wrong.get(2)).isEqualTo(422);
            assertThat(answer.text("errors.0.field")).isEqualTo(wrong.get(2));
        }
        var late = Map.of("title", "A", "text", "B", "at", past);
        var passed = school.call(school.owner, "POST", OF_COURSE, late);
        assertThat(passed.text("errors.0.message")).contains("passed");
        var far = Map.of("title", "A", "text", "B", "at", "2199-01-01T00:00:00Z");
        assertThat(school.call(school.owner, "POST", OF_SCHOOL, far).status()).isEqualTo(422);
        assertThat(school.call(school.owner, "GET", OF_COURSE + "/written?cursor=x", null).status())
                .isEqualTo(422);
        assertThat(count("select count(*) from announcements where organization_id = :id"))
                .isZero();
    }

    @Test
    void noScriptOfATeachersRuns() {
        var sam = school.learner();
        announce(
                "<script>alert(1)</script>",
                "<script>alert(2)</script> [here](javascript:alert(3)) ![](https://x.example/p.png)"
                        + " {{link}} {{name}}");
        school.run(due);
        var mail = post.kept("announcement", sam.email());
        var page =
                browser(school, sam.email()).open(school.subdomain, "/learn/knots/announcements");
        assertThat(mail.text()).contains("{{link}} {{name}}");
        for (var html : List.of(mail.html(), page.body())) {
            assertThat(html).doesNotContain("<script>alert", "href=\"javascript", "<img");
        }
    }

    @Test
    void theSameFormTwiceIsOneAnnouncementAndManyAreTooMany() {
        school.learner();
        var staff = browser(school, school.subdomain + "@example.org");
        var form = form("Once", "Words.", "");
        for (int i = 0; i < 2; i++) {
            var answer = staff.submit(school.subdomain, "/studio/knots/announcements", form);
            assertThat(answer.body()).contains("on its way");
        }
        assertThat(count("select count(*) from announcements where organization_id = :id"))
                .isEqualTo(1);
        var preview =
                staff.submit(
                        school.subdomain,
                        "/admin/announcements/preview",
                        form("Look", "It is **bold**.", ""));
        assertThat(preview.body()).contains("<strong>bold</strong>");
        assertThat(count("select count(*) from announcements where organization_id = :id"))
                .isEqualTo(1);
        var last = IntStream.range(0, 31).mapToObj(i -> announce("A" + i, "B").status()).toList();
        assertThat(last.getLast()).isEqualTo(429);
    }

    private Visitor.Answer announce(String title, String text) {
        return school.call(school.owner, "POST", OF_COURSE, wish(title, text));
    }

    private static Map<String, String> wish(String title, String text) {
        return Map.of("title", title, "text", text);
    }

    /** As the page sends it; without a time for now. */
    private static Map<String, String> form(String title, String text, String at) {
        var form = new HashMap<>(wish(title, text));
        form.put("when", at.isEmpty() ? "now" : "later");
        form.put("at", at);
        form.put("once", UUID.randomUUID().toString());
        return form;
    }

    /** The last Sunday of that month, in the next year whose month is yet to come. */
    private static String lastSunday(int month) {
        var year = java.time.Year.now(ZoneId.of("UTC")).plusYears(1);
        return year.atMonth(month)
                .atEndOfMonth()
                .with(
                        java.time.temporal.TemporalAdjusters.previousOrSame(
                                java.time.DayOfWeek.SUNDAY))
                .toString();
    }

    private List<String> told(Member who) {
        return told(who, school);
    }

    /** But for the place they were given. */
    private static List<String> told(Member who, SchoolOfKnots at) {
        var items =
                at.call(who.token(), "GET", "/api/v1/me/notifications?limit=100", null)
                        .json()
                        .get("items");
        return items.valueStream()
                .filter(it -> it.get("kind").asString().equals("announced"))
                .map(it -> it.get("words").asString())
                .toList();
    }

    private Visitor browser(SchoolOfKnots at, String email) {
        var visitor = new Visitor(port);
        visitor.submit(
                at.subdomain, "/sign-in", Map.of("email", email, "password", Visitor.PASSWORD));
        return visitor;
    }

    private int count(String sql) {
        return service.sql(sql).param("id", school.id).query(Integer.class).single();
    }

    /** Learners with rows alone. */
    private void enroll(int many) {
        service.sql(
                        """
                        with people as (
                            insert into users (id, email, name, created_at, email_verified_at)
                            select gen_random_uuid(), 'l' || n || '-' || :course || '@example.org',
                                   'Learner', now(), now() from generate_series(1, :many) n
                            returning id),
                        members as (
                            insert into organization_memberships (organization_id, user_id, role, created_at)
                            select :school, id, 'student', now() from people
                            returning user_id)
                        insert into enrollments (organization_id, id, user_id, course_id, enrolled_at,
                                                 last_activity_at)
                        select :school, gen_random_uuid(), user_id, :course, now(), now() from members
                        """)
                .param("many", many)
                .param("school", school.id)
                .param("course", school.course())
                .update();
    }
}
