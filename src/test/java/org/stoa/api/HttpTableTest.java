package org.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.api.ApiSchool.PASSWORD;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;
import tools.jackson.databind.JsonNode;

/** The calls that other programs hold on to, each as promised, from outside. */
@StoaTest
class HttpTableTest {
    private static final String ME = "/api/v1/me";
    private static final String PLACES = "/api/v1/courses/knots/enrollments";
    private static final String BATCHES = "/api/v1/me/progress-batches";

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired People people;
    private @Autowired Sessions sessions;
    private ApiSchool school = new ApiSchool(new Wire(0), "", "", "", "", "", "", "", List.of());

    @BeforeEach
    void aSchool() {
        school = ApiSchool.open(port);
    }

    private Answer asStudent(String method, String path, @Nullable Object body) {
        return school.call(method, path, school.student(), body);
    }

    private static void is(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        var type = status >= 400 ? "application/problem+json" : "application/json";
        assertThat(answer.header("Content-Type")).startsWith(type);
        if (status >= 400) {
            assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        }
    }

    private static List<String> fields(JsonNode node) {
        return List.copyOf(new TreeSet<>(node.propertyNames()));
    }

    private static String progress(int lesson, ApiSchool school) {
        return "/api/v1/me/lessons/" + school.lessons().get(lesson) + "/progress";
    }

    private static void counts(JsonNode progress, int completed, int total, int percent) {
        assertThat(progress.path("completed").asInt(-1)).isEqualTo(completed);
        assertThat(progress.path("total").asInt(-1)).isEqualTo(total);
        assertThat(progress.path("percent").asInt(-1)).isEqualTo(percent);
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        var answers = new ArrayList<T>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<T>>();
            for (int i = 0; i < times; i++) {
                tasks.add(work);
            }
            for (var future : callers.invokeAll(tasks)) {
                answers.add(future.get());
            }
        }
        return answers;
    }

    @Test
    void aSchoolIsFoundedAtThePlatformAndNowhereElse() {
        var visitor = new Visitor(port);
        var email = UUID.randomUUID() + "@example.org";
        var body =
                Map.of(
                        "name",
                        "Music School",
                        "owner",
                        Map.of("name", "Mira", "email", email, "password", PASSWORD));
        var path = "/api/v1/organizations";
        var founded = visitor.call("POST", null, path, null, body);
        is(founded, 201);
        assertThat(fields(founded.json())).containsExactly("subdomain", "token", "url");
        var subdomain = founded.text("subdomain");
        assertThat(subdomain).startsWith("musicschool");
        assertThat(founded.text("url")).isEqualTo("http://" + subdomain + ".localhost:" + port);
        var me = visitor.call("GET", subdomain, ME, founded.text("token"), null);
        assertThat(me.text("role")).isEqualTo("owner");
        is(school.call("POST", path, null, body), 404);
        var taken = Map.of("name", "Another", "subdomain", subdomain, "owner", body.get("owner"));
        var refused = visitor.call("POST", null, path, null, taken);
        assertThat(refused.status()).isIn(409, 422);
    }

    @Test
    void peopleSignUpAndIn() {
        var email = UUID.randomUUID() + "@example.org";
        var form = Map.of("name", "Nina", "email", email, "password", PASSWORD);
        var joined = school.call("POST", "/api/v1/users", null, form);
        is(joined, 201);
        assertThat(fields(joined.json())).containsExactly("id", "token");
        is(school.call("POST", "/api/v1/users", null, form), 409);
        var signIn =
                Map.of("email", email.toUpperCase(java.util.Locale.ROOT), "password", PASSWORD);
        var signedIn = school.call("POST", "/api/v1/sessions", null, signIn);
        is(signedIn, 201);
        assertThat(fields(signedIn.json())).containsExactly("token");
        var wrong = Map.of("email", email, "password", PASSWORD + "!");
        var refused = school.call("POST", "/api/v1/sessions", null, wrong);
        is(refused, 401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
        for (var token : List.of(joined.text("token"), signedIn.text("token"))) {
            var me = school.call("GET", ME, token, null);
            is(me, 200);
            assertThat(me.text("id")).isEqualTo(joined.text("id"));
            assertThat(me.text("name")).isEqualTo("Nina");
            assertThat(me.text("email")).isEqualTo(email);
            assertThat(me.text("role")).isEqualTo("student");
            assertThat(me.text("memberships.0.subdomain")).isEqualTo(school.subdomain());
            assertThat(me.text("memberships.0.role")).isEqualTo("student");
        }
        assertThat(school.call("DELETE", "/api/v1/sessions/current", joined.text("token"), null))
                .extracting(Answer::status)
                .isEqualTo(204);
        is(school.call("GET", ME, joined.text("token"), null), 401);
    }

    @Test
    void aTokenMeansNothingWhereItsPersonDoesNotBelong() {
        var other = ApiSchool.open(port);
        for (var token : List.of(other.student(), other.teacher(), other.admin(), other.owner())) {
            for (var path : List.of(ME, "/api/v1/courses", "/api/v1/courses/knots", "/courses")) {
                var refused = school.call("GET", path, token, null);
                assertThat(refused.status()).as(path).isEqualTo(401);
                assertThat(refused.header("WWW-Authenticate")).contains("invalid_token");
            }
        }
        is(school.call("GET", ME, "nonsense", null), 401);
        is(school.call("GET", ME, null, null), 401);
        is(new Visitor(port).call("GET", "nowhere-at-all", ME, school.student(), null), 404);
    }

    @Test
    void theCatalogComesAPageAtATime() {
        for (var title : List.of("Splices", "Lashings", "Bends")) {
            var slug = title.toLowerCase(java.util.Locale.ROOT);
            school.wire().upload(school.subdomain(), school.owner(), ApiSchool.zip(title, 1));
            is(
                    school.call(
                            "POST", "/api/v1/courses/" + slug + "/releases", school.owner(), null),
                    201);
        }
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = school.call("GET", "/api/v1/courses?limit=3" + cursor, null, null);
            is(page, 200);
            assertThat(fields(page.json())).containsExactly("items", "nextCursor");
            for (var course : page.json().path("items")) {
                seen.add(course.path("slug").asString());
                assertThat(fields(course))
                        .contains("slug", "title", "summary", "category", "level", "price");
            }
            var next = page.text("nextCursor");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly("bends", "lashings", "splices", "knots");
        var found = school.call("GET", "/api/v1/courses?q=lahsings", null, null);
        assertThat(found.text("items.0.slug")).isEqualTo("lashings");
        assertThat(
                        school.call("GET", "/api/v1/courses?category=none", null, null)
                                .json()
                                .path("items"))
                .isEmpty();
    }

    @Test
    void aCourseShowsItsReleaseAndThePlaceOfWhoAsks() {
        var course = school.call("GET", "/api/v1/courses/knots", null, null);
        is(course, 200);
        assertThat(course.text("slug")).isEqualTo("knots");
        assertThat(course.json().path("enrollment").isNull()).isTrue();
        assertThat(school.lessons()).hasSize(4).doesNotHaveDuplicates();
        var lesson = course.json().at("/modules/0/lessons/0");
        assertThat(fields(lesson)).contains("id", "slug", "title");
        is(asStudent("POST", PLACES, null), 201);
        asStudent("PUT", progress(0, school), Map.of("status", "completed"));
        var mine = asStudent("GET", "/api/v1/courses/knots", null).json().path("enrollment");
        assertThat(mine.path("open").asBoolean()).isTrue();
        counts(mine.path("progress"), 1, 4, 25);
    }

    @Test
    void aPlaceIsOneHoweverOftenItIsAskedFor() throws Exception {
        is(school.call("POST", PLACES, null, null), 401);
        var answers = atOnce(8, () -> asStudent("POST", PLACES, null));
        assertThat(answers.stream().filter(a -> a.status() == 201)).hasSize(1);
        assertThat(answers).allMatch(a -> a.status() == 200 || a.status() == 201);
        assertThat(new HashSet<>(answers.stream().map(a -> a.text("id")).toList())).hasSize(1);
        is(asStudent("POST", PLACES, null), 200);
        var mine = asStudent("GET", "/api/v1/me/enrollments", null);
        assertThat(mine.json().path("items")).hasSize(1);
    }

    @Test
    void aFullCourseTakesNobodyMore() throws Exception {
        service.sql(
                        """
                        insert into course_seats (organization_id, course_id, capacity)
                        select c.organization_id, c.id, 3
                          from courses c join organizations o on o.id = c.organization_id
                         where c.slug = 'knots' and o.subdomain = :school
                        """)
                .param("school", school.subdomain())
                .update();
        var tokens = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            var form = ApiSchool.person("racer" + i, school.subdomain());
            tokens.add(school.call("POST", "/api/v1/users", null, form).text("token"));
        }
        var next = new java.util.concurrent.atomic.AtomicInteger();
        var answers =
                atOnce(
                        8,
                        () ->
                                school.call(
                                        "POST", PLACES, tokens.get(next.getAndIncrement()), null));
        assertThat(answers.stream().filter(a -> a.status() == 201)).hasSize(3);
        assertThat(answers.stream().filter(a -> a.status() == 409)).hasSize(5);
    }

    @Test
    void myCoursesBeginWithTheOneToGoOnWith() {
        school.wire().upload(school.subdomain(), school.owner(), ApiSchool.zip("Splices", 2));
        school.call("POST", "/api/v1/courses/splices/releases", school.owner(), null);
        asStudent("POST", "/api/v1/courses/splices/enrollments", null);
        asStudent("POST", PLACES, null);
        asStudent("PUT", progress(1, school), Map.of("status", "completed"));
        var mine = asStudent("GET", "/api/v1/me/enrollments", null);
        is(mine, 200);
        var first = mine.json().at("/items/0");
        assertThat(first.at("/course/slug").asString()).isEqualTo("knots");
        assertThat(first.at("/course/title").asString()).isEqualTo("knots");
        counts(first.path("progress"), 1, 4, 25);
        assertThat(mine.text("items.1.course.slug")).isEqualTo("splices");
        var page = asStudent("GET", "/api/v1/me/enrollments?limit=1", null);
        var rest =
                asStudent(
                        "GET",
                        "/api/v1/me/enrollments?limit=1&cursor=" + page.text("nextCursor"),
                        null);
        assertThat(rest.text("items.0.course.slug")).isEqualTo("splices");
        assertThat(rest.json().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void progressIsRightHoweverOftenItIsSent() throws Exception {
        is(asStudent("PUT", progress(0, school), Map.of("status", "completed")), 403);
        is(asStudent("POST", PLACES, null), 201);
        var body = Map.of("status", "completed", "positionSeconds", 61);
        var first = asStudent("PUT", progress(0, school), body);
        is(first, 200);
        assertThat(first.text("lesson.status")).isEqualTo("completed");
        assertThat(first.json().at("/lesson/positionSeconds").asInt()).isEqualTo(61);
        counts(first.json().path("course"), 1, 4, 25);
        for (var again : atOnce(8, () -> asStudent("PUT", progress(0, school), body))) {
            is(again, 200);
            counts(again.json().path("course"), 1, 4, 25);
        }
        var back = asStudent("PUT", progress(0, school), Map.of("status", "started"));
        assertThat(back.text("lesson.status")).isEqualTo("completed");
        counts(back.json().path("course"), 1, 4, 25);
        counts(asStudent("PUT", progress(1, school), body).json().path("course"), 2, 4, 50);
    }

    @Test
    void twoDevicesThatRaceAreBothRight() throws Exception {
        is(asStudent("POST", PLACES, null), 201);
        var lesson = new java.util.concurrent.atomic.AtomicInteger();
        var answers =
                atOnce(
                        16,
                        () ->
                                asStudent(
                                        "PUT",
                                        progress(lesson.getAndIncrement() % 4, school),
                                        Map.of("status", "completed")));
        var completed = new TreeSet<Integer>();
        for (var answer : answers) {
            is(answer, 200);
            completed.add(answer.json().at("/course/completed").asInt());
        }
        assertThat(completed).contains(4).isSubsetOf(1, 2, 3, 4);
        var mine = asStudent("GET", "/api/v1/me/enrollments", null).json().at("/items/0/progress");
        counts(mine, 4, 4, 100);
    }

    @Test
    void aBatchKeepsWhatItCanAndSaysWhatItCannot() {
        is(asStudent("POST", PLACES, null), 201);
        var nowhere = UUID.randomUUID().toString();
        var marks =
                List.of(
                        mark(school.lessons().get(0), "completed", "2026-01-01T10:00:00Z"),
                        mark(school.lessons().get(1), "started", "2026-01-01T10:05:00Z"),
                        mark(nowhere, "completed", "2026-01-01T10:06:00Z"),
                        mark(school.lessons().get(2), "completed", "2026-01-01T10:07:00Z"));
        for (int i = 0; i < 2; i++) {
            var answer = asStudent("POST", BATCHES, Map.of("items", marks));
            is(answer, 200);
            for (var item : answer.json().path("items")) {
                boolean known = !item.path("lessonId").asString().equals(nowhere);
                assertThat(item.path("kept").asBoolean()).isEqualTo(known);
                assertThat(item.path("problem").isNull()).isEqualTo(known);
            }
            var mine = asStudent("GET", "/api/v1/me/enrollments", null);
            counts(mine.json().at("/items/0/progress"), 2, 4, 50);
        }
    }

    @Test
    void batchesOfTwoDevicesThatRaceAreBothKept() throws Exception {
        school.wire().upload(school.subdomain(), school.owner(), ApiSchool.zip("Splices", 4));
        school.call("POST", "/api/v1/courses/splices/releases", school.owner(), null);
        var other = new ArrayList<String>();
        var splices = school.call("GET", "/api/v1/courses/splices", null, null).json();
        splices.at("/modules/0/lessons").forEach(l -> other.add(l.path("id").asString()));
        asStudent("POST", "/api/v1/courses/splices/enrollments", null);
        asStudent("POST", PLACES, null);
        var there = new ArrayList<Map<String, String>>();
        var back = new ArrayList<Map<String, String>>();
        for (int i = 0; i < 4; i++) {
            there.add(mark(school.lessons().get(i), "completed", "2026-01-01T10:0" + i + ":00Z"));
            there.add(mark(other.get(i), "completed", "2026-01-01T10:1" + i + ":00Z"));
            back.add(mark(other.get(3 - i), "completed", "2026-01-01T10:0" + i + ":00Z"));
            back.add(
                    mark(school.lessons().get(3 - i), "completed", "2026-01-01T10:1" + i + ":00Z"));
        }
        var turn = new java.util.concurrent.atomic.AtomicInteger();
        var answers =
                atOnce(
                        24,
                        () ->
                                asStudent(
                                        "POST",
                                        BATCHES,
                                        Map.of(
                                                "items",
                                                turn.getAndIncrement() % 2 == 0 ? there : back)));
        answers.forEach(answer -> is(answer, 200));
        var mine = asStudent("GET", "/api/v1/me/enrollments", null).json();
        counts(mine.at("/items/0/progress"), 4, 4, 100);
        counts(mine.at("/items/1/progress"), 4, 4, 100);
    }

    private static Map<String, String> mark(String lesson, String status, String at) {
        return Map.of("lessonId", lesson, "status", status, "at", at);
    }

    @Test
    void progressIsHeardAtOnce() throws Exception {
        is(asStudent("POST", PLACES, null), 201);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            var head =
                    """
                    GET /api/v1/me/events HTTP/1.1\r
                    Host: %s.localhost:%d\r
                    Authorization: Bearer %s\r
                    \r
                    """
                            .formatted(school.subdomain(), port, school.student());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).startsWith("HTTP/1.1 200");
            assertThat(until(lines, "content-type")).contains("text/event-stream");
            asStudent("PUT", progress(0, school), Map.of("status", "completed"));
            until(lines, "event: progress");
            assertThat(until(lines, "data: "))
                    .contains("\"completed\":1", "\"total\":4", "\"percent\":25");
        }
    }

    private static String until(BufferedReader lines, String start) throws Exception {
        while (true) {
            var line = lines.readLine();
            assertThat(line).as("before " + start).isNotNull();
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith(start)) {
                return line;
            }
        }
    }

    @Test
    void aCourseComesInAsBodyAndAsFormAndIsPublished() throws Exception {
        var path = "/api/v1/course-imports";
        var zip =
                ApiSchool.zip(Map.of("README.md", "# Rope\n", "1.md", "# One\n\n![](gone.png)\n"));
        var call =
                school.wire()
                        .call(
                                "POST",
                                school.subdomain(),
                                path,
                                school.teacher(),
                                "application/zip",
                                zip);
        var imported = school.wire().send(call);
        assertThat(imported.status()).as(imported.body()).isEqualTo(201);
        assertThat(imported.json().at("/course/slug").asString()).isEqualTo("rope");
        var finding = imported.json().at("/report/0");
        assertThat(finding.path("file").asString()).isEqualTo("1.md");
        assertThat(finding.path("line").asInt()).isEqualTo(3);
        assertThat(finding.path("message").asString()).isNotBlank();
        is(school.call("GET", "/api/v1/courses/rope", null, null), 404);
        var form = new java.io.ByteArrayOutputStream();
        form.writeBytes(
                "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rope.zip\"\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(zip);
        form.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.US_ASCII));
        var type = "multipart/form-data; boundary=edge";
        var again =
                school.wire()
                        .send(
                                school.wire()
                                        .call(
                                                "POST",
                                                school.subdomain(),
                                                path,
                                                school.teacher(),
                                                type,
                                                form.toByteArray()));
        assertThat(again.status()).as(again.body()).isEqualTo(201);
        assertThat(again.json().at("/course/slug").asString()).isEqualTo("rope");
        is(school.call("POST", "/api/v1/courses/rope/releases", school.student(), null), 403);
        var note = Map.of("note", "The first");
        var published =
                school.call("POST", "/api/v1/courses/rope/releases", school.teacher(), note);
        is(published, 201);
        assertThat(published.json().path("number").asInt()).isEqualTo(1);
        var unchanged =
                school.call("POST", "/api/v1/courses/rope/releases", school.teacher(), null);
        is(unchanged, 200);
        assertThat(unchanged.json().path("number").asInt()).isEqualTo(1);
        assertThat(unchanged.json().path("note").asString()).isEqualTo("The first");
        is(school.call("GET", "/api/v1/courses/rope", null, null), 200);
    }

    @Test
    void membersAreForAdministrators() {
        is(school.call("GET", "/api/v1/members", school.student(), null), 403);
        is(school.call("GET", "/api/v1/members", school.teacher(), null), 403);
        is(school.call("GET", "/api/v1/members", null, null), 401);
        var list = school.call("GET", "/api/v1/members?limit=2", school.admin(), null);
        is(list, 200);
        assertThat(list.json().path("items")).hasSize(2);
        assertThat(list.text("nextCursor")).isNotEmpty();
        var teachers = school.call("GET", "/api/v1/members?role=teacher", school.admin(), null);
        assertThat(teachers.json().path("items")).hasSize(1);
        var found = school.call("GET", "/api/v1/members?q=stud", school.admin(), null);
        assertThat(found.text("items.0.id")).isEqualTo(school.studentId());
        var body = new java.util.HashMap<>(ApiSchool.person("new", school.subdomain()));
        body.put("role", "teacher");
        var added = school.call("POST", "/api/v1/members", school.admin(), body);
        is(added, 201);
        assertThat(added.text("id")).isNotEmpty();
        is(school.call("POST", "/api/v1/members", school.admin(), body), 409);
    }

    @Test
    void thePlatformIsForItsAdministrator() {
        var visitor = new Visitor(port);
        var token =
                sessions.newToken(
                        people.platformAdmin(UUID.randomUUID() + "@example.org").id(), "Test");
        for (var path : List.of("organizations", "users")) {
            var address = "/api/v1/platform/" + path;
            var list = visitor.call("GET", null, address + "?limit=2", token, null);
            is(list, 200);
            assertThat(list.json().path("items")).hasSize(2);
            is(visitor.call("GET", null, address, null, null), 401);
            is(visitor.call("GET", null, address, school.owner(), null), 403);
            is(school.call("GET", address, school.owner(), null), 404);
        }
    }

    @Test
    void aKeyGivesTheAnswerThatItsCallGotBefore() throws Exception {
        var body = "{\"name\":\"Once\"}".getBytes(StandardCharsets.UTF_8);
        var key = UUID.randomUUID().toString();
        var answers = atOnce(6, () -> school.wire().send(keyed(key, body)));
        var made = answers.stream().filter(a -> a.status() == 201).map(Wire.Reply::body).toList();
        assertThat(made).isNotEmpty();
        assertThat(new HashSet<>(made)).hasSize(1);
        assertThat(answers).allMatch(a -> a.status() == 201 || a.status() == 409);
        var again = school.wire().send(keyed(key, body));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(made.getFirst());
        assertThat(again.header("content-type")).startsWith("application/json");
        var named = asStudent("GET", "/api/v1/me/tokens", null).body().split("\"Once\"", -1);
        assertThat(named).hasSize(2);
        var other = "{\"name\":\"Twice\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(school.wire().send(keyed(key, other)).status()).isEqualTo(422);
    }

    @Test
    void aKeyGivesNobodyYetTheSameAnswerToTheSameCallAlone() throws Exception {
        var key = UUID.randomUUID().toString();
        var person = ApiSchool.person("ada", school.subdomain());
        var body = tools.jackson.databind.json.JsonMapper.shared().writeValueAsBytes(person);
        var path = "/api/v1/users";
        var answers =
                atOnce(4, () -> school.wire().send(anybodys(school.subdomain(), path, key, body)));
        var made = answers.stream().filter(a -> a.status() == 201).map(Wire.Reply::body).toList();
        assertThat(new HashSet<>(made)).hasSize(1);
        assertThat(answers).allMatch(a -> a.status() == 201 || a.status() == 409);
        var again = school.wire().send(anybodys(school.subdomain(), path, key, body));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(made.getFirst());

        var guess = new String(body, StandardCharsets.UTF_8).replace("\"name\"", " \"name\"");
        var guessed =
                school.wire()
                        .send(
                                anybodys(
                                        school.subdomain(),
                                        path,
                                        key,
                                        guess.getBytes(StandardCharsets.UTF_8)));
        assertThat(guessed.header("idempotency-replayed")).isEmpty();
        assertThat(guessed.body()).isNotEqualTo(made.getFirst());
        var other = ApiSchool.open(port);
        var elsewhere = school.wire().send(anybodys(other.subdomain(), path, key, body));
        assertThat(elsewhere.header("idempotency-replayed")).isEmpty();

        var token = again.json().path("token").asString();
        for (var table : List.of("sealed_answers", "idempotency_keys")) {
            var kept =
                    service.sql("select t::text from " + table + " t").query(String.class).list();
            var hex = java.util.HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8));
            assertThat(kept).noneMatch(row -> row.contains(token) || row.contains(hex));
        }
    }

    @Test
    void aSchoolIsFoundedOnceHoweverOftenItsCallIsSent() throws Exception {
        var key = UUID.randomUUID().toString();
        var owner = ApiSchool.person("owner", UUID.randomUUID().toString().substring(0, 8));
        var wish = Map.of("name", "Once " + UUID.randomUUID(), "owner", owner);
        var body = tools.jackson.databind.json.JsonMapper.shared().writeValueAsBytes(wish);
        var first = school.wire().send(anybodys("", "/api/v1/organizations", key, body));
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        var again = school.wire().send(anybodys("", "/api/v1/organizations", key, body));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void aSignInIsCheckedEachTimeWhateverItsKey() throws Exception {
        var key = UUID.randomUUID().toString();
        var person = ApiSchool.person("sam", school.subdomain());
        is(school.call("POST", "/api/v1/users", null, person), 201);
        var login = Map.of("email", person.get("email"), "password", person.get("password"));
        var body = tools.jackson.databind.json.JsonMapper.shared().writeValueAsBytes(login);
        var first = school.wire().send(anybodys(school.subdomain(), "/api/v1/sessions", key, body));
        var second =
                school.wire().send(anybodys(school.subdomain(), "/api/v1/sessions", key, body));
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isNotEqualTo(first.body());
    }

    private Wire.Call anybodys(String host, String path, String key, byte[] body) {
        var call = school.wire().call("POST", host, path, null, "application/json", body);
        call.headers().put("Idempotency-Key", key);
        return call;
    }

    private Wire.Call keyed(String key, byte[] body) {
        var call =
                school.wire()
                        .call(
                                "POST",
                                school.subdomain(),
                                "/api/v1/me/tokens",
                                school.student(),
                                "application/json",
                                body);
        call.headers().put("Idempotency-Key", key);
        return call;
    }

    @Test
    void whatBelongsToAnotherSchoolIsAnsweredLikeWhatIsNotThere() {
        var other = ApiSchool.open(port);
        other.wire().upload(other.subdomain(), other.owner(), ApiSchool.zip("Theirs", 2));
        other.call("POST", "/api/v1/courses/theirs/releases", other.owner(), null);
        var none = UUID.randomUUID().toString();
        var pairs =
                List.of(
                        List.of("GET", "/api/v1/courses/theirs", "/api/v1/courses/nobodys"),
                        List.of(
                                "POST",
                                "/api/v1/courses/theirs/enrollments",
                                "/api/v1/courses/nobodys/enrollments"),
                        List.of(
                                "POST",
                                "/api/v1/courses/theirs/releases",
                                "/api/v1/courses/nobodys/releases"),
                        List.of(
                                "PUT",
                                progress(0, other),
                                "/api/v1/me/lessons/" + none + "/progress"),
                        List.of(
                                "PATCH",
                                "/api/v1/members/" + other.studentId(),
                                "/api/v1/members/" + none));
        for (var pair : pairs) {
            var body =
                    switch (pair.getFirst()) {
                        case "PUT" -> Map.of("status", "completed");
                        case "PATCH" -> Map.of("role", "teacher");
                        default -> null;
                    };
            var theirs = school.call(pair.get(0), pair.get(1), school.owner(), body);
            var nobodys = school.call(pair.get(0), pair.get(2), school.owner(), body);
            is(theirs, 404);
            is(nobodys, 404);
            assertThat(theirs.body().replace(pair.get(1), ""))
                    .isEqualTo(nobodys.body().replace(pair.get(2), ""));
        }
    }

    @Test
    void healthIsToldToWhoeverAsks() throws Exception {
        for (var path : List.of("/livez", "/readyz")) {
            for (var host : List.of("", "nowhere")) {
                var call = school.wire().call("GET", host, path, null, null, null);
                assertThat(school.wire().send(call).status()).isEqualTo(200);
            }
        }
        assertThat(asStudent("GET", "/actuator/prometheus", null).status()).isEqualTo(404);
    }
}
