package org.stoa.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;
import org.stoa.testing.Zips;

/** A school sets when lessons open and who may join, and its learners meet it on every way in. */
@StoaTest
class ReleaseRulesTest {
    private static final String PASSWORD = "a long walk along the sea";
    private static final Instant SOON = Instant.parse("2150-03-01T09:00:00Z");
    private static final Instant BEFORE = Instant.parse("2020-03-01T09:00:00Z");

    private @LocalServerPort int port;
    private Visitor visitor = new Visitor(0);
    private String school = "";
    private String owner = "";
    private String student = "";

    @BeforeEach
    void aSchoolWithACourse() {
        visitor = new Visitor(port);
        school = "rules" + UUID.randomUUID().toString().substring(0, 8);
        var founded =
                visitor.call(
                        "POST",
                        null,
                        "/api/v1/organizations",
                        null,
                        Map.of("name", school, "subdomain", school, "owner", person("owner")));
        owner = founded.text("token");
        student = student("student");
        bring("Knots", "Splices");
        publish("knots");
        publish("splices");
    }

    @Test
    void aLockedLessonIsReadOnNoWay() {
        var lessons = lessons("knots");
        rule("knots", lessons.get(1), Map.of("after", List.of(lessons.get(0))));
        rule("knots", lessons.get(2), Map.of("opensAt", SOON.toString()));
        rule("knots", lessons.get(3), Map.of("opensAfterDays", 30));
        publish("knots");
        var browser = signedIn("student");
        join("knots", student, 201);

        var locked = browser.open(school, "/learn/knots/lesson-2");
        assertThat(locked.status()).isEqualTo(403);
        assertThat(locked.body())
                .contains("This lesson is not open yet", "href=\"/learn/knots/lesson-1\"")
                .doesNotContain("secret2");
        assertThat(browser.open(school, "/learn/knots/lesson-3").body())
                .contains("2150-03-01T09:00:00Z")
                .doesNotContain("secret3");
        assertThat(browser.open(school, "/learn/knots/lesson-4").body())
                .contains("by the day on which you joined")
                .doesNotContain("secret4");
        assertThat(browser.open(school, "/learn/knots/lesson-1").body())
                .contains("secret1", "is-locked")
                .doesNotContain("secret2", "secret3", "secret4");
        for (var word : List.of("secret2", "secret3", "secret4")) {
            assertThat(browser.open(school, "/fragments/search?q=" + word).body())
                    .doesNotContain("secret2 stands", "secret3 stands", "secret4 stands");
            assertThat(browser.open(school, "/courses?q=" + word).body())
                    .doesNotContain("secret2 stands", "secret3 stands", "secret4 stands");
        }
        assertThat(browser.open(school, "/fragments/search?q=secret1").body()).contains("stands");
        assertThat(browser.open(school, "/courses/knots/lessons/lesson-2").status()).isEqualTo(404);
        assertThat(browser.open(school, "/learn").body()).doesNotContain("secret2", "secret3");

        var course = as(student, "GET", "/api/v1/courses/knots", null);
        assertThat(course.text("modules.0.lessons.0.locked")).isEqualTo("false");
        assertThat(course.text("modules.0.lessons.1.locked")).isEqualTo("true");
        assertThat(course.text("modules.0.lessons.1.reason"))
                .isEqualTo("“Lesson 2” opens when you have done “Lesson 1”.");
        assertThat(course.text("modules.0.lessons.2.opensAt")).isEqualTo("2150-03-01T09:00:00Z");
        assertThat(course.body()).doesNotContain("secret");
    }

    @Test
    void progressIsKeptOfOpenLessonsOnlyAndARefusedOneOfABatchIsNamed() {
        var lessons = lessons("knots");
        rule("knots", lessons.get(1), Map.of("after", List.of(lessons.get(0))));
        rule("knots", lessons.get(2), Map.of("opensAt", SOON.toString()));
        publish("knots");
        join("knots", student, 201);
        var refused = mark(student, lessons.get(1));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("detail")).contains("“Lesson 1”");
        var batch =
                as(
                        student,
                        "POST",
                        "/api/v1/me/progress-batches",
                        Map.of(
                                "items",
                                List.of(
                                        item(lessons.get(2), 1),
                                        item(lessons.get(0), 2),
                                        item(lessons.get(1), 3))));
        assertThat(batch.status()).as(batch.body()).isEqualTo(200);
        assertThat(batch.text("items.0.kept")).isEqualTo("false");
        assertThat(batch.text("items.0.problem")).contains("1 March 2150 at 09:00");
        assertThat(batch.text("items.1.kept")).isEqualTo("true");
        assertThat(batch.text("items.2.kept")).as("its lesson came just before").isEqualTo("true");
        var next = as(student, "GET", "/api/v1/me/enrollments", null);
        assertThat(next.text("items.0.next.slug")).as("past the locked one").isEqualTo("lesson-4");
    }

    @Test
    void onlyRequiredLessonsCount() {
        var lessons = lessons("knots");
        for (var optional : lessons.subList(2, 4)) {
            rule("knots", optional, Map.of("required", false));
        }
        publish("knots");
        join("knots", student, 201);
        mark(student, lessons.get(3));
        var one = mark(student, lessons.get(0));
        assertThat(one.text("course.completed")).isEqualTo("1");
        assertThat(one.text("course.total")).isEqualTo("2");
        assertThat(mark(student, lessons.get(1)).text("course.percent")).isEqualTo("100");
        var browser = signedIn("student");
        assertThat(browser.open(school, "/fragments/standing/knots").body())
                .contains("Completed", "All 2 lessons done");
    }

    @Test
    void hiddenLessonsAreLeftOutAndNobodyWaitsForThem() {
        var lessons = lessons("knots");
        rule("knots", lessons.get(1), Map.of("after", List.of(lessons.get(0))));
        rule("knots", lessons.get(0), Map.of("hidden", true));
        assertThat(as(owner, "GET", "/api/v1/courses/knots/checks", null).body())
                .contains("It waits for “Lesson 1”, which is hidden");
        publish("knots");
        join("knots", student, 201);
        var browser = signedIn("student");
        assertThat(browser.open(school, "/learn/knots/lesson-1").status()).isEqualTo(404);
        assertThat(browser.open(school, "/learn/knots/lesson-2").status()).isEqualTo(200);
        for (var lesson : lessons) {
            rule("knots", lesson, Map.of("hidden", true));
        }
        assertThat(as(owner, "POST", "/api/v1/courses/knots/releases", Map.of()).status())
                .isEqualTo(422);
    }

    @Test
    void anyoneReadsATaste() {
        var taste = lessons("knots").get(1);
        rule("knots", taste, Map.of("taste", true, "opensAt", SOON.toString()));
        publish("knots");
        var nobody = new Visitor(port);
        assertThat(nobody.open(school, "/courses/knots").body())
                .contains("/courses/knots/lessons/lesson-2", "read now");
        var page = nobody.open(school, "/courses/knots/lessons/lesson-2");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("secret2");
        assertThat(page.header("ETag")).isNotEmpty();
        assertThat(nobody.open(school, "/courses/knots/lessons/lesson-1").status()).isEqualTo(404);
        assertThat(signedIn("student").open(school, "/learn/knots/lesson-2").body())
                .as("without a place they read it as anyone")
                .contains("for a taste");
    }

    @Test
    void aCircleIsRefusedAndNamed() {
        var lessons = lessons("knots");
        rule("knots", lessons.get(1), Map.of("after", List.of(lessons.get(0))));
        rule("knots", lessons.get(2), Map.of("after", List.of(lessons.get(1))));
        var refused = write("knots", lessons.get(0), Map.of("after", List.of(lessons.get(2))));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("errors.0.field")).isEqualTo("after");
        assertThat(refused.text("errors.0.message"))
                .contains("“Lesson 1” waits for “Lesson 3”, and “Lesson 3” waits for “Lesson 2”");
        assertThat(
                        write("knots", lessons.get(0), Map.of("after", List.of(lessons.get(0))))
                                .status())
                .isEqualTo(422);
    }

    @Test
    void rulesAreNotWrittenOverUnread() {
        var lesson = lessons("knots").get(0);
        rule("knots", lesson, Map.of("taste", true));
        var late = new HashMap<>(body(Map.of("required", false)));
        late.put("version", 1);
        var path = "/api/v1/courses/knots/lessons/" + lesson + "/rules";
        var answer = as(owner, "PUT", path, late);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("theirs.taste")).isEqualTo("true");
    }

    @Test
    void coursesComeAfterOneAnotherAndNeverInACircleEvenAtOnce() throws Exception {
        terms("splices", Map.of("first", List.of("knots")), 200);
        join("splices", student, 409);
        join("knots", student, 201);
        lessons("knots").forEach(it -> mark(student, it));
        join("splices", student, 201);
        var circle = terms("knots", Map.of("first", List.of("splices")), 422);
        assertThat(circle.text("errors.0.message"))
                .contains("“Knots” waits for “Splices”, and “Splices” waits for “Knots”");

        terms("splices", Map.of("first", List.of()), 200);
        var one = body("splices", Map.of("first", List.of("knots")));
        var other = body("knots", Map.of("first", List.of("splices")));
        try (var threads = Executors.newFixedThreadPool(2)) {
            var calls =
                    List.<Callable<Integer>>of(
                            () -> as(owner, "PUT", "/api/v1/courses/splices/terms", one).status(),
                            () -> as(owner, "PUT", "/api/v1/courses/knots/terms", other).status());
            var statuses = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(calls)) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 422);
        }
    }

    @Test
    void aCourseTakesLearnersInWhileItIsOpenAndThereIsRoom() {
        assertThat(catalog("at once")).contains("Start at once");
        terms("knots", Map.of("opensAt", SOON.toString()), 200);
        assertThat(catalog("later")).contains("Knots").doesNotContain("Start at once", "Full");
        assertThat(join("knots", student, 409).text("detail")).contains("1 March 2150 at 09:00");
        assertThat(signedIn("student").open(school, "/fragments/standing/knots").body())
                .contains("Not open yet", "2150-03-01T09:00:00Z")
                .doesNotContain("Join this course");
        terms("knots", openBut("closesAt", BEFORE.toString()), 200);
        assertThat(join("knots", student, 409).text("detail")).contains("until 1 March 2020");
        terms("knots", openBut("capacity", 1), 200);
        join("knots", student, 201);
        var late = student("late");
        assertThat(join("knots", late, 409).text("detail")).contains("Every place");
        assertThat(catalog("full")).contains("Full").doesNotContain("Start at once");
        var wrong = terms("knots", openBut("capacity", 0), 422);
        assertThat(wrong.text("errors.0.message")).contains("1 learner in the course already");
        terms("knots", openBut("capacity", null), 200);
        join("knots", late, 201);
        terms("knots", Map.of("closesAt", BEFORE.toString()), 200);
        join("knots", late, 200);
        var ends = new HashMap<String, Object>();
        ends.put("opensAt", SOON.toString());
        ends.put("closesAt", BEFORE.toString());
        assertThat(terms("knots", ends, 422).text("errors.0.field")).isEqualTo("closesAt");
    }

    @Test
    void noPlaceTooManyIsGivenWhileTheLimitIsSet() throws Exception {
        var students = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            students.add(student("s" + i));
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            var calls = new ArrayList<Callable<Integer>>();
            students.forEach(it -> calls.add(() -> enroll("knots", it, "").status()));
            calls.add(
                    5,
                    () -> {
                        var body = body("knots", Map.of("capacity", 8));
                        return as(owner, "PUT", "/api/v1/courses/knots/terms", body).status();
                    });
            var statuses = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(calls)) {
                statuses.add(answer.get());
            }
            var terms = as(owner, "GET", "/api/v1/courses/knots/terms", null);
            int learners = Integer.parseInt(terms.text("learners"));
            assertThat(statuses.stream().filter(it -> it == 201).count()).isEqualTo(learners);
            if (terms.text("capacity").equals("8")) {
                assertThat(learners).isLessThanOrEqualTo(8);
            }
        }
    }

    @Test
    void aCohortHasItsOwnCalendarAndPlaces() {
        var lessons = lessons("knots");
        rule("knots", lessons.get(1), Map.of("opensAt", SOON.toString()));
        publish("knots");
        var dates = List.of(Map.of("lesson", lessons.get(1), "opensAt", BEFORE.toString()));
        var spring = cohort("Spring", BEFORE, true, 1, dates);
        var later = cohort("Later", SOON, true, null, List.of());
        enroll("knots", student, "?cohort=" + spring);
        var browser = signedIn("student");
        assertThat(browser.open(school, "/learn/knots/lesson-2").body()).contains("secret2");
        var other = student("other");
        assertThat(enroll("knots", other, "?cohort=" + spring).status()).isEqualTo(409);
        assertThat(enroll("knots", other, "?cohort=" + later).status()).isEqualTo(201);
        var waits = signedIn("other").open(school, "/learn/knots");
        assertThat(waits.status()).isEqualTo(403);
        assertThat(waits.body()).contains("Your group has not begun yet").doesNotContain("secret");
        assertThat(mark(other, lessons.get(0)).status()).isEqualTo(409);

        var out = "/api/v1/courses/knots/cohorts/" + spring + "/learners/";
        var me = as(student, "GET", "/api/v1/me", null).text("id");
        assertThat(as(owner, "DELETE", out + me, null).status()).isEqualTo(204);
        assertThat(browser.peek(school, "/learn/knots/lesson-1").status())
                .as("the access came with the group")
                .isEqualTo(303);
        assertThat(enroll("knots", student, "").status()).isEqualTo(201);
        assertThat(browser.open(school, "/learn/knots/lesson-1").status()).isEqualTo(200);
        assertThat(browser.open(school, "/learn/knots/lesson-2").status()).isEqualTo(403);
        var put = "/api/v1/courses/knots/cohorts/" + spring + "/learners";
        var email = Map.of("email", email("student"));
        assertThat(as(owner, "POST", put, email).status()).isEqualTo(204);
        assertThat(browser.open(school, "/learn/knots/lesson-2").status()).isEqualTo(200);
        assertThat(as(owner, "POST", put, Map.of("email", "no@example.org")).status())
                .isEqualTo(422);
        assertThat(as(owner, "DELETE", "/api/v1/courses/knots/cohorts/" + spring, null).status())
                .isEqualTo(409);
    }

    @Test
    void wrongDatesAreNamedBesideTheirFieldAndKept() {
        var teacher = signedIn("owner");
        var zone = Map.of("name", school, "timeZone", "Europe/Berlin");
        assertThat(teacher.submit(school, "/admin/school", zone).status()).isEqualTo(200);
        var rules = "/studio/knots/lessons/" + lessons("knots").get(0) + "/rules";
        for (var date : List.of("2026-02-30T09:00", "2026-03-29T02:30", "soon")) {
            var refused = teacher.submit(school, rules, Map.of("opensAt", date, "version", "1"));
            assertThat(refused.status()).as(date).isEqualTo(422);
            assertThat(refused.body()).contains("value=\"" + date + "\"", "field-error");
        }
        var days = Map.of("opensAfterDays", "1000000000", "version", "1");
        assertThat(teacher.submit(school, rules, days).body())
                .contains("value=\"1000000000\"", "from 0 to 3,650");
        var twice = Map.of("opensAt", "2026-10-25T02:30", "version", "1");
        assertThat(teacher.submit(school, rules, twice).body())
                .contains("the first is meant", "value=\"2026-10-25T02:30\"");
        assertThat(
                        teacher.submit(
                                        school,
                                        "/admin/school",
                                        Map.of("name", school, "timeZone", "Mars"))
                                .body())
                .contains("Choose a time zone from the list");
    }

    @Test
    void aPreviewShowsWhatOthersWouldSeeAndWritesNothing() {
        var lessons = lessons("knots");
        rule("knots", lessons.get(1), Map.of("opensAt", SOON.toString()));
        rule("knots", lessons.get(2), Map.of("hidden", true));
        var teacher = signedIn("owner");
        var now = teacher.open(school, "/studio/knots/preview");
        assertThat(now.body())
                .contains("The draft, as a student", "opens ")
                .doesNotContain("Lesson 3");
        var lesson = "/studio/knots/preview/lesson-2";
        assertThat(teacher.open(school, lesson).body())
                .contains("not open yet", "preview-bar")
                .doesNotContain("secret2");
        assertThat(teacher.open(school, lesson + "?on=2150-03-01T09:00").body())
                .contains("secret2", "preview-bar")
                .doesNotContain("<lesson-progress");
        assertThat(teacher.open(school, lesson + "?of=1").body())
                .as("the first release had no rules")
                .contains("secret2");
        assertThat(teacher.open(school, lesson + "?as=visitor&of=1").body())
                .contains("for those who joined")
                .doesNotContain("secret2");
        assertThat(teacher.open(school, "/studio/knots/preview?on=2026-02-30T09:00").status())
                .isEqualTo(422);
        assertThat(teacher.open(school, "/studio/knots/preview?of=99").status()).isEqualTo(404);
        assertThat(as(owner, "GET", "/api/v1/me/enrollments", null).json().path("items")).isEmpty();
        assertThat(signedIn("student").peek(school, lesson).status()).isEqualTo(403);
    }

    private static Map<String, @Nullable Object> openBut(String field, @Nullable Object value) {
        var terms = new HashMap<String, @Nullable Object>();
        terms.put(field, value);
        return terms;
    }

    private String cohort(
            String name,
            Instant starts,
            boolean joinable,
            @Nullable Integer capacity,
            List<?> dates) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("name", name);
        body.put("startsAt", starts.toString());
        body.put("joinable", joinable);
        body.put("capacity", capacity);
        body.put("calendar", dates);
        body.put("version", null);
        var answer = as(owner, "POST", "/api/v1/courses/knots/cohorts", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("id");
    }

    // An address that nobody asked for before is not answered from what is kept.
    private String catalog(String word) {
        var address = "/courses?q=knots&by=" + word.replace(' ', '-');
        return visitor.call("GET", school, address, null, null).body();
    }

    private Answer terms(String course, Map<String, ?> changed, int status) {
        var answer =
                as(owner, "PUT", "/api/v1/courses/" + course + "/terms", body(course, changed));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private Map<String, @Nullable Object> body(String course, Map<String, ?> changed) {
        var version =
                as(owner, "GET", "/api/v1/courses/" + course + "/terms", null).text("version");
        var body = new HashMap<String, @Nullable Object>();
        body.put("opensAt", null);
        body.put("closesAt", null);
        body.put("capacity", null);
        body.put("first", List.of());
        body.put("version", Integer.valueOf(version));
        body.putAll(changed);
        return body;
    }

    private static Map<String, @Nullable Object> body(Map<String, ?> changed) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("hidden", false);
        body.put("required", true);
        body.put("taste", false);
        body.put("opensAt", null);
        body.put("opensAfterDays", null);
        body.put("after", List.of());
        body.putAll(changed);
        return body;
    }

    private void rule(String course, String lesson, Map<String, ?> changed) {
        var answer = write(course, lesson, changed);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private Answer write(String course, String lesson, Map<String, ?> changed) {
        var path = "/api/v1/courses/" + course + "/lessons/" + lesson + "/rules";
        var body = body(changed);
        body.put("version", Integer.valueOf(as(owner, "GET", path, null).text("version")));
        return as(owner, "PUT", path, body);
    }

    private static Map<String, Object> item(String lesson, int second) {
        return Map.of(
                "lessonId",
                lesson,
                "status",
                "completed",
                "at",
                BEFORE.plus(Duration.ofSeconds(second)).toString());
    }

    private Answer mark(String token, String lesson) {
        return as(
                token,
                "PUT",
                "/api/v1/me/lessons/" + lesson + "/progress",
                Map.of("status", "completed"));
    }

    private Answer join(String course, String token, int status) {
        var answer = enroll(course, token, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private Answer enroll(String course, String token, String query) {
        return as(token, "POST", "/api/v1/courses/" + course + "/enrollments" + query, null);
    }

    private List<String> lessons(String course) {
        var ids = new ArrayList<String>();
        for (var module :
                as(owner, "GET", "/api/v1/courses/" + course + "/outline", null)
                        .json()
                        .path("modules")) {
            module.path("lessons").forEach(it -> ids.add(it.path("id").asString()));
        }
        return ids;
    }

    private void publish(String course) {
        var answer = as(owner, "POST", "/api/v1/courses/" + course + "/releases", Map.of());
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }

    private Answer as(String token, String method, String path, @Nullable Object body) {
        return visitor.call(method, school, path, token, body);
    }

    private String email(String name) {
        return name + "@" + school + ".example.org";
    }

    private Map<String, Object> person(String name) {
        return Map.of("name", name, "email", email(name), "password", PASSWORD);
    }

    private String student(String name) {
        return visitor.call("POST", school, "/api/v1/users", null, person(name)).text("token");
    }

    private Visitor signedIn(String name) {
        var browser = new Visitor(port);
        var signIn = Map.of("email", email(name), "password", PASSWORD);
        browser.submit(null, "/sign-in", signIn);
        assertThat(browser.submit(school, "/sign-in", signIn).status()).isEqualTo(200);
        return browser;
    }

    /** Courses of four lessons, each with a word of its own. */
    private void bring(String... titles) {
        for (var title : titles) {
            var files = new TreeMap<String, String>();
            files.put("course.yaml", "title: " + title);
            for (int i = 1; i <= 4; i++) {
                files.put(i + ".md", "# Lesson " + i + "\n\nThe word secret" + i + " stands here.");
            }
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:" + port + "/api/v1/course-imports"))
                            .header("Host", visitor.host(school))
                            .header("Authorization", "Bearer " + owner)
                            .header("Content-Type", "application/zip")
                            .POST(BodyPublishers.ofByteArray(Zips.of(files)))
                            .build();
            try {
                var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
