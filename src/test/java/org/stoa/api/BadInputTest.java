package org.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.api.ApiSchool.PASSWORD;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;

/** Whatever is wrong is named where it is wrong, and nothing of it is kept. */
@StoaTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String LONG = "x".repeat(10_000);
    private static final String BACKWARDS = "Ada \u202Eecalevol";

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private ApiSchool school = new ApiSchool(new Wire(0), "", "", "", "", "", "", "", List.of());
    private Map<String, Long> before = Map.of();

    @BeforeAll
    void aSchool() {
        school = ApiSchool.open(port);
        school.wire().upload(school.subdomain(), school.owner(), ApiSchool.zip("splices", 1));
    }

    @BeforeEach
    void count() {
        before = rows();
    }

    @AfterEach
    void nothingIsHalfWritten() {
        assertThat(rows()).isEqualTo(before);
    }

    /** How many rows each table has, but for those that the program's own rounds write. */
    private Map<String, Long> rows() {
        var tables =
                service.sql(
                                """
                                select table_name from information_schema.tables
                                 where table_schema = 'public' and table_type = 'BASE TABLE'
                                   and table_name not in ('scheduled_tasks', 'sessions', 'finished_jobs',
                                                          'job_attempts', 'lane_samples')
                                """)
                        .query(String.class)
                        .list();
        var counts = new TreeMap<String, Long>();
        for (var table : tables) {
            counts.put(
                    table,
                    service.sql("select count(*) from \"" + table + "\"")
                            .query(Long.class)
                            .single());
        }
        return counts;
    }

    private static List<String> fields(Answer answer) {
        var fields = new ArrayList<String>();
        answer.json().path("errors").forEach(e -> fields.add(e.path("field").asString()));
        return fields;
    }

    private static void refused(Answer answer, int status, String... fields) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(fields(answer)).as(answer.body()).containsExactlyInAnyOrder(fields);
        answer.json()
                .path("errors")
                .forEach(e -> assertThat(e.path("message").asString()).endsWith("."));
        assertThat(answer.text("detail")).isNotEmpty();
    }

    private Answer asStudent(String method, String path, @Nullable Object body) {
        return school.call(method, path, school.student(), body);
    }

    @Test
    void everyWrongFieldOfASchoolIsNamed() {
        var owner = Map.of("name", " ", "email", "nobody", "password", "short");
        var body =
                Map.of(
                        "name",
                        "",
                        "subdomain",
                        "Not A Name",
                        "timeZone",
                        "Europe/Atlantis",
                        "owner",
                        owner);
        refused(
                new Visitor(port).call("POST", null, "/api/v1/organizations", null, body),
                422,
                "name",
                "subdomain",
                "timeZone",
                "owner.name",
                "owner.email",
                "owner.password");
    }

    @Test
    void everyWrongFieldOfASignUpIsNamed() {
        var path = "/api/v1/users";
        refused(school.call("POST", path, null, Map.of()), 422, "name", "email", "password");
        var body = Map.of("name", LONG, "email", LONG, "password", LONG);
        refused(school.call("POST", path, null, body), 422, "name", "email", "password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", BACKWARDS, "\u200B", "a\nb", "\u0007", "\uFEFFAda"})
    void aNameThatDeceivesTheEyeIsRefused(String name) {
        var body =
                Map.of("name", name, "email", UUID.randomUUID() + "@a.org", "password", PASSWORD);
        refused(school.call("POST", "/api/v1/users", null, body), 422, "name");
        refused(school.call("POST", "/api/v1/members", school.admin(), body), 422, "name", "role");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\ud800", "\\udc00\\ud800"})
    void aNameThatCannotBeKeptIsRefused(String name) {
        var body =
                """
                {"name": "%s", "email": "who@example.org", "password": "a long enough secret"}
                """
                        .formatted(name);
        refused(school.call("POST", "/api/v1/users", null, body), 422, "name");
    }

    @Test
    void everyWrongFieldOfAMemberIsNamed() {
        var add = Map.of("name", "", "email", "@", "password", "short", "role", "emperor");
        refused(
                school.call("POST", "/api/v1/members", school.admin(), add),
                422,
                "name",
                "email",
                "password",
                "role");
        var change = Map.of("role", "emperor", "status", "gone");
        var path = "/api/v1/members/" + school.studentId();
        refused(school.call("PATCH", path, school.admin(), change), 422, "role", "status");
    }

    @Test
    void everyWrongFieldOfProgressIsNamed() {
        var path = "/api/v1/me/lessons/" + school.lessons().getFirst() + "/progress";
        refused(asStudent("PUT", path, Map.of()), 422, "status");
        refused(
                asStudent("PUT", path, "{\"status\":null,\"positionSeconds\":-1}"),
                422,
                "status",
                "positionSeconds");
        refused(asStudent("PUT", path, Map.of("status", "finished")), 400, "status");
        refused(asStudent("PUT", path, Map.of("status", 1)), 400, "status");
        var late = Map.of("status", "started", "positionSeconds", 86_401);
        refused(asStudent("PUT", path, late), 422, "positionSeconds");
        var huge = "{\"status\":\"started\",\"positionSeconds\":99999999999}";
        refused(asStudent("PUT", path, huge), 400, "positionSeconds");
        var text = Map.of("status", "started", "positionSeconds", "soon");
        refused(asStudent("PUT", path, text), 400, "positionSeconds");
    }

    @Test
    void everyWrongMarkOfABatchIsNamed() {
        var path = "/api/v1/me/progress-batches";
        refused(asStudent("POST", path, Map.of()), 422, "items");
        var lesson = school.lessons().getFirst();
        var good = Map.of("lessonId", lesson, "status", "completed");
        var bad = Map.of("status", "completed", "positionSeconds", -1);
        refused(
                asStudent("POST", path, Map.of("items", List.of(good, bad))),
                422,
                "items[1].lessonId",
                "items[1].positionSeconds");
        var unread = Map.of("lessonId", "x", "status", "completed");
        refused(
                asStudent("POST", path, Map.of("items", List.of(good, unread))),
                400,
                "items[1].lessonId");
        refused(asStudent("POST", path, "{\"items\":[null]}"), 422, "items[0]");
        var many = java.util.Collections.nCopies(501, good);
        refused(asStudent("POST", path, Map.of("items", many)), 422, "items");
        var counted = Map.of("lessonId", lesson, "status", "started", "at", -99_999_999_999_999L);
        refused(asStudent("POST", path, Map.of("items", List.of(counted))), 400, "items[0].at");
        var strange = Map.of("lessonId", lesson, "status", "started", "at", "yesterday");
        refused(asStudent("POST", path, Map.of("items", List.of(strange))), 400, "items[0].at");
    }

    @Test
    void everyWrongPartOfAnAddressIsNamed() {
        refused(asStudent("GET", "/api/v1/courses?limit=0", null), 422, "limit");
        refused(asStudent("GET", "/api/v1/courses?limit=101", null), 422, "limit");
        refused(asStudent("GET", "/api/v1/courses?limit=many", null), 400, "limit");
        refused(asStudent("GET", "/api/v1/courses?cursor=x", null), 422, "cursor");
        refused(asStudent("GET", "/api/v1/me/enrollments?cursor=AAAA", null), 422, "cursor");
        refused(asStudent("GET", "/api/v1/me/enrollments?limit=-1", null), 422, "limit");
        var members = "/api/v1/members?";
        refused(school.call("GET", members + "cursor=none", school.admin(), null), 422, "cursor");
        refused(school.call("GET", members + "role=emperor", school.admin(), null), 422, "role");
        refused(asStudent("GET", "/api/v1/courses/" + LONG.substring(0, 3_000), null), 404);
        refused(asStudent("PUT", "/api/v1/me/lessons/none/progress", Map.of()), 404);
        refused(asStudent("DELETE", "/api/v1/me/tokens/none", null), 404);
    }

    @Test
    void aTokenNeedsAName() {
        refused(asStudent("POST", "/api/v1/me/tokens", Map.of("name", "")), 422, "name");
        refused(asStudent("POST", "/api/v1/me/tokens", Map.of("name", LONG)), 422, "name");
        refused(asStudent("POST", "/api/v1/me/tokens", Map.of("name", 7)), 400, "name");
    }

    @Test
    void aNoteHasAnEnd() {
        var path = "/api/v1/courses/" + school.course() + "/releases";
        refused(school.call("POST", path, school.owner(), Map.of("note", LONG)), 422, "note");
        for (var note : List.of("a\\u0000b", "\\ud800")) {
            var body = "{\"note\":\"" + note + "\"}";
            refused(school.call("POST", path, school.owner(), body), 422, "note");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"name\":}", "{\"name\":\"a\"}}", "\"", "nul", "{'name':'a'}"})
    void whatIsNoJsonIsRefused(String body) {
        refused(asStudent("POST", "/api/v1/me/tokens", body), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "true", "\"name\"", "null"})
    void jsonOfAnotherFormIsRefused(String body) {
        var answer = asStudent("POST", "/api/v1/me/tokens", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void deepJsonAndBrokenTextAreRefused() throws IOException {
        var deep = "{\"name\":" + "[".repeat(100_000);
        refused(asStudent("POST", "/api/v1/me/tokens", deep), 400);
        refused(asStudent("POST", "/api/v1/me/tokens", "[".repeat(100_000)), 400, "");
        var broken = "{\"name\":\"\u00C3(\"}".getBytes(StandardCharsets.ISO_8859_1);
        var call = call("POST", "/api/v1/me/tokens", "application/json", broken);
        assertThat(school.wire().send(call).status()).isEqualTo(400);
    }

    @Test
    void unknownFieldsAreNamed() {
        var body = Map.of("name", "A token", "colour", "red");
        refused(asStudent("POST", "/api/v1/me/tokens", body), 400, "colour");
        var owner = Map.of("name", "A", "email", "a@example.org", "password", PASSWORD, "age", 7);
        var wish = Map.of("name", "A school", "owner", owner);
        refused(
                new Visitor(port).call("POST", null, "/api/v1/organizations", null, wish),
                400,
                "owner.age");
    }

    @Test
    void everyFieldOfTheWrongTypeIsNamed() {
        var owner = Map.of("name", 7, "email", List.of(), "age", 7, "password", PASSWORD);
        var wish =
                Map.of("name", 1.5, "subdomain", Map.of("a", 1), "colour", "red", "owner", owner);
        refused(
                new Visitor(port).call("POST", null, "/api/v1/organizations", null, wish),
                400,
                "name",
                "subdomain",
                "colour",
                "owner.name",
                "owner.email",
                "owner.age");
        var lesson = school.lessons().getFirst();
        var items =
                List.of(
                        Map.of("lessonId", 7, "status", "finished", "positionSeconds", "soon"),
                        Map.of("lessonId", lesson, "status", "started", "positionSeconds", 1.5),
                        "no item",
                        Map.of("lessonId", "x", "status", "started", "at", "yesterday"));
        refused(
                asStudent("POST", "/api/v1/me/progress-batches", Map.of("items", items)),
                400,
                "items[0].lessonId",
                "items[0].status",
                "items[0].positionSeconds",
                "items[1].positionSeconds",
                "items[2]",
                "items[3].lessonId",
                "items[3].at");
    }

    @Test
    void aFieldThatStandsTwiceIsRefusedByName() {
        var path = "/api/v1/me/tokens";
        refused(asStudent("POST", path, "{\"name\":\"a\",\"name\":\"b\"}"), 400, "name");
        var wish =
                """
                {"name": "A school", "subdomain": 7, "owner":
                 {"name": "A", "email": "a@example.org", "email": "b@example.org",
                  "password": "a long enough secret"}}
                """;
        refused(
                new Visitor(port).call("POST", null, "/api/v1/organizations", null, wish),
                400,
                "subdomain",
                "owner.email");
    }

    @Test
    void otherTypesOfBodiesAreRefused() throws IOException {
        for (var type : List.of("text/plain", "application/xml", "nonsense", "")) {
            var call =
                    call(
                            "POST",
                            "/api/v1/me/tokens",
                            type,
                            "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8));
            var reply = school.wire().send(call);
            assertThat(reply.status()).as(type + reply.body()).isEqualTo(415);
            assertThat(reply.header("content-type")).startsWith("application/problem+json");
        }
    }

    @Test
    void whatIsTooLargeIsRefusedHoweverItIsSent() throws IOException {
        var large = ("{\"name\":\"" + "x".repeat(3 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        var known = call("POST", "/api/v1/me/tokens", "application/json", large);
        tooLarge(known);
        var chunked = call("POST", "/api/v1/me/tokens", "application/json", chunks(large));
        chunked.headers().remove("Content-Length");
        chunked.headers().put("Transfer-Encoding", "chunked");
        tooLarge(chunked);
        chunked.headers().put("Idempotency-Key", "large");
        tooLarge(chunked);
        var zip = call("POST", "/api/v1/course-imports", "application/zip", new byte[10]);
        zip.headers().put("Authorization", "Bearer " + school.owner());
        zip.headers().put("Content-Length", Long.toString((512L << 20) + 1));
        zip.headers().put("Expect", "100-continue"); // Nobody sends all that to be refused.
        tooLarge(new Wire.Call(zip.line(), zip.headers(), null));
        var form = call("POST", "/sign-up", "application/x-www-form-urlencoded", large);
        form.headers().remove("Authorization");
        var reply = school.wire().send(form);
        assertThat(reply.status()).as(reply.body()).isEqualTo(413);
        assertThat(reply.header("content-type")).startsWith("text/html");
    }

    private void tooLarge(Wire.Call call) throws IOException {
        var reply = school.wire().send(call);
        assertThat(reply.status()).as(reply.body()).isEqualTo(413);
        assertThat(reply.header("content-type")).startsWith("application/problem+json");
    }

    private static byte[] chunks(byte[] body) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        out.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private Wire.Call call(String method, String path, String type, byte @Nullable [] body) {
        return school.wire().call(method, school.subdomain(), path, school.student(), type, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nowhere.localhost", "example.com", "", "a.b.c", "[::1", "x y", "..", "-"})
    void anUnknownHostIsNoSchool(String host) throws IOException {
        for (var path : List.of("/courses", "/api/v1/courses", "/")) {
            var call = call("GET", path, "application/json", null);
            call.headers().put("Host", host);
            call.headers().remove("Authorization");
            var reply = school.wire().send(call);
            assertThat(reply.status()).as(host + path + reply).isIn(400, 404);
            boolean api = path.startsWith("/api/");
            assertThat(reply.header("content-type"))
                    .startsWith(api ? "application/problem+json" : "text/html");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/courses/%zz",
                "/courses/%00",
                "/courses/%c0%af",
                "/courses/..%2f..%2fetc",
                "/courses/a;b=c",
                "/courses?q=%ff%fe",
                "/courses?%zz=1",
                "/courses?limit",
                "/api/v1/courses/%zz",
                "/api/v1/courses?q=%ff%fe",
                "/api/v1/courses?%00"
            })
    void aMalformedAddressIsRefused(String path) throws IOException {
        var reply = school.wire().send(call("GET", path, "text/plain", null));
        assertThat(reply.status()).as(reply.body()).isIn(200, 400, 404, 422);
        boolean api = path.startsWith("/api/");
        if (reply.status() >= 400) {
            assertThat(reply.header("content-type"))
                    .startsWith(api ? "application/problem+json" : "text/html");
            assertThat(reply.body()).isNotBlank().doesNotContain("Tomcat", "Exception");
        }
    }

    @Test
    void aCourseWithoutLessonsIsRefused() throws IOException {
        var answer = bring(ApiSchool.zip(Map.of("notes.txt", "Nothing to learn here")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("file");
        assertThat(bring(ApiSchool.zip(Map.of())).status()).isEqualTo(422);
    }

    @Test
    void archivesThatClimbExplodeOrNameThemselvesAreRefused() throws IOException {
        for (var name : List.of("../up.md", "/etc/passwd.md", "a/../../up.md", "C:\\up.md")) {
            refusedArchive(ApiSchool.zip(Map.of("1.md", "# One", name, "# Up")));
        }
        refusedArchive(bomb());
        var good = ApiSchool.zip("Broken", 3);
        refusedArchive(java.util.Arrays.copyOf(good, good.length - 30));
        refusedArchive("PK\u0003\u0004 but no zip".getBytes(StandardCharsets.UTF_8));
        refusedArchive(zipIn(good));
    }

    @Test
    void aDeclarationThatNamesItselfOrGrowsIsRefused() throws IOException {
        var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("a%d: &a%d [".formatted(i, i));
            laughs.append(("*a" + (i - 1) + ", ").repeat(8)).append("x]\n");
        }
        refusedArchive(ApiSchool.zip(Map.of("course.yaml", laughs.toString(), "1.md", "# One")));
        refusedArchive(ApiSchool.zip(Map.of("course.yaml", "title: [", "1.md", "# One")));
    }

    @Test
    void aDeclarationThatLeadsBackToItselfIsReportedByLine() throws IOException {
        var circle = "title: Circle\nmodules: &m\n  - title: A\n    lessons: *m\n";
        var reply = bring(ApiSchool.zip(Map.of("course.yaml", circle, "1.md", "# One")));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(reply.json().at("/report/0/file").asString()).isEqualTo("course.yaml");
        assertThat(reply.json().at("/report/0/line").asInt()).isPositive();
        before = rows();
    }

    private void refusedArchive(byte[] zip) throws IOException {
        var reply = bring(zip);
        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.json().at("/errors/0/field").asString()).isEqualTo("file");
        assertThat(reply.json().at("/errors/0/message").asString()).endsWith(".");
    }

    private Wire.Reply bring(byte[] zip) throws IOException {
        var call = call("POST", "/api/v1/course-imports", "application/zip", zip);
        call.headers().put("Authorization", "Bearer " + school.teacher());
        return school.wire().send(call);
    }

    private static byte[] bomb() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("1.md"));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 90; i++) {
                zip.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    /** An archive that holds an archive and nothing else. */
    private static byte[] zipIn(byte[] inner) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("inner.zip"));
            zip.write(inner);
        }
        return bytes.toByteArray();
    }

    @Test
    void aFormSaysBesideTheFieldWhatIsWrongAndKeepsWhatWasTyped() {
        var visitor = new Visitor(port);
        var typed = Map.of("name", BACKWARDS, "email", "who at example", "password", "short");
        var signUp = visitor.submit(school.subdomain(), "/sign-up", typed);
        assertThat(signUp.status()).isEqualTo(422);
        beside(signUp, "name", "email", "password");
        kept(signUp, "who at example");
        assertThat(signUp.body()).doesNotContain("value=\"short\"");
        var wish =
                Map.of(
                        "name",
                        "",
                        "subdomain",
                        "Not <A> Name",
                        "ownerName",
                        "Ada",
                        "email",
                        "who at example",
                        "password",
                        "short");
        var start = visitor.submit(null, "/start", wish);
        assertThat(start.status()).isEqualTo(422);
        beside(start, "name", "subdomain", "email", "password");
        kept(start, "Not &lt;A> Name", "who at example", "Ada");
    }

    @Test
    void theFormsOfSomebodySignedInDoTheSame() {
        var visitor = new Visitor(port);
        var owner =
                Map.of(
                        "email",
                        "owner@" + school.subdomain() + ".example.org",
                        "password",
                        PASSWORD);
        assertThat(visitor.submit(school.subdomain(), "/sign-in", owner).status()).isEqualTo(200);
        before = rows();
        var rename = visitor.submit(school.subdomain(), "/account", Map.of("name", LONG));
        assertThat(rename.status()).isEqualTo(422);
        beside(rename, "name");
        kept(rename, LONG);
        var token = visitor.submit(school.subdomain(), "/account/tokens", Map.of("tokenName", " "));
        assertThat(token.status()).isEqualTo(422);
        beside(token, "tokenName");
        var change = Map.of("current", "wrong", "password", "short");
        var password = visitor.submit(school.subdomain(), "/account/password", change);
        assertThat(password.status()).isEqualTo(422);
        beside(password, "password");
        var member =
                Map.of("name", "Bo", "email", "nobody", "password", "short", "role", "emperor");
        var add = visitor.submit(school.subdomain(), "/admin/members", member);
        assertThat(add.status()).isEqualTo(422);
        assertThat(add.body()).contains("value=\"nobody\"", "value=\"Bo\"", "field-error");
        assertThat(add.body())
                .contains("id=\"role-error\"", "Say student, teacher, admin or owner.");
        var publish = "/studio/splices/releases";
        var note = visitor.submit(school.subdomain(), publish, Map.of("note", LONG));
        assertThat(note.status()).isEqualTo(422);
        assertThat(note.body()).contains("field-error", LONG + "</textarea>");
    }

    private static void beside(Answer page, String... fields) {
        for (var field : fields) {
            assertThat(page.body()).as(field).containsPattern("id=\"[a-z-]*" + field + "-error\"");
        }
    }

    private static void kept(Answer page, String... values) {
        for (var value : values) {
            assertThat(page.body()).contains("value=\"" + value + "\"");
        }
    }
}
