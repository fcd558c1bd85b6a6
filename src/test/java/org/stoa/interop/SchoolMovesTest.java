package org.stoa.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.stoa.catalog.source.Finding;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** A school leaves as a zip and comes in as the same school. */
@StoaTest
class SchoolMovesTest {
    private static final List<String> LEARNERS = List.of("sam", "tove", "tina", "ada", "olga");

    private final Academy academy;
    private final SchoolImports imports;
    private final People people;
    private final Sessions sessions;
    private final ServiceDatabase service;
    private final Visitor visitor;
    private final List<String> news = new ArrayList<>();
    private @TempDir Path folder;
    private String domain;
    private Organization harbour;

    @Autowired
    SchoolMovesTest(
            ApplicationContext program,
            SchoolImports imports,
            People people,
            Sessions sessions,
            ServiceDatabase service,
            @LocalServerPort int port) {
        this.academy = Academy.in(program);
        this.imports = imports;
        this.people = people;
        this.sessions = sessions;
        this.service = service;
        this.visitor = new Visitor(port);
    }

    /** Two courses, one of them real, and people of every role, some of whom are half-way. */
    @BeforeEach
    void aSchool() throws Exception {
        domain = Academy.fresh("d") + ".example";
        harbour = academy.found("harbour", email("olga"));
        academy.join(harbour, email("ada"), Role.ADMIN);
        var tina = academy.join(harbour, email("tina"), Role.TEACHER);
        var sam = academy.join(harbour, email("sam"), Role.STUDENT);
        var tove = academy.join(harbour, email("tove"), Role.STUDENT);
        var iot = academy.bring(tina, iot());
        academy.publish(tina, iot, "The first, with a \"quote\", and\na line");
        var bread = Academy.folder(folder.resolve("bread"), Academy.bread());
        academy.publish(tina, academy.bring(tina, bread), "");
        var office = Caller.office(harbour);
        academy.bring(office, Academy.folder(folder.resolve("knots"), Academy.knots()));
        academy.learn(sam, "bread", 2);
        academy.learn(sam, iot, 5);
        academy.learn(tove, "bread", 4);
        academy.learn(tina, "bread", 0);
        tove.call(() -> {
            academy.enrollments().enroll(iot);
            academy.enrollments().withdraw(iot);
            return "";
        });
    }

    private Path iot() throws Exception {
        var shared = System.getProperty("stoa.shared.data", "../shared/data");
        return shared.equals("absent")
                ? Academy.folder(folder.resolve("rope"), Map.of("a/1.md", "# Rope\n\nHemp."))
                : Path.of(shared).resolve("ms-iot-getting-started");
    }

    @Test
    void itIsTheSameSchoolElsewhere() throws Exception {
        var zip = academy.export(harbour, folder.resolve("a.zip"));
        assertThat(SchoolImports.isSchool(zip)).isTrue();
        var name = Academy.fresh("copy");
        var brought = imports.bring(zip, name, news::add);
        assertThat(remarks(brought)).isEmpty();
        assertThat(brought.opened()).isTrue();
        assertThat(List.of(brought.people(), (long) brought.courses(), brought.places()))
                .containsExactly(5L, 3L, 5L);
        assertThat(ofSchool(name, "/api/v1/courses")).isEqualTo(ofSchool("/api/v1/courses"));
        for (var learner : LEARNERS) {
            assertThat(learning(name, learner)).isEqualTo(learning(harbour.subdomain(), learner));
        }
        assertThat(learning(name, "sam")).contains("\"percent\":50", "\"percent\":21");
        var again = academy.export(brought.school(), folder.resolve("b.zip"));
        assertThat(unnamed(again, name)).isEqualTo(unnamed(zip, harbour.subdomain()));
        assertThat(Files.readAllBytes(academy.export(harbour, folder.resolve("c.zip"))))
                .isEqualTo(Files.readAllBytes(zip));
    }

    @Test
    void whatIsInItCanBeReadWithoutStoa() throws Exception {
        var files = Academy.read(academy.export(harbour, folder.resolve("a.zip")));
        assertThat(files.keySet())
                .startsWith(
                        "README.md",
                        "school.yaml",
                        "people.csv",
                        "courses.csv",
                        "teachers.csv",
                        "shared-lessons.csv",
                        "learning/enrollments.csv",
                        "learning/progress.csv",
                        "courses/bread/course.yaml")
                .contains("courses/bread/1-basics/grain.svg", "courses/knots/1-a.md");
        assertThat(files.get("school.yaml"))
                .contains(
                        "format: stoa-school\nversion: 1\n", "subdomain: \"" + harbour.subdomain());
        assertThat(files.get("people.csv"))
                .startsWith("email,name,role,status,since\r\n")
                .contains(email("olga") + ",\"Olga, \"\"the\"\" Owner\",owner,active,2")
                .doesNotContainIgnoringCase("password", "argon", "bcrypt");
        assertThat(files.get("teachers.csv")).contains("bread," + email("tina") + ",lead\r\n");
        assertThat(files.get("learning/progress.csv"))
                .contains(email("sam") + ",bread,1-basics/1-flour.md,completed,30,2");
    }

    @Test
    void whoHasNoAccountGetsOneAndALink() throws Exception {
        var files = Academy.read(academy.export(harbour, folder.resolve("a.zip")));
        var other = Academy.fresh("e") + ".example";
        files.replaceAll(
                (path, text) -> path.endsWith(".csv") ? text.replace(domain, other) : text);
        var name = Academy.fresh("abroad");
        var brought = imports.bring(Academy.write(folder.resolve("o.zip"), files), name, news::add);
        assertThat(remarks(brought)).isEmpty();
        assertThat(people.find("sam@" + other)).isPresent();
        var told = news.stream().filter(it -> it.startsWith("Owner olga@" + other)).toList();
        assertThat(told).hasSize(1);
        var password = told.getFirst().replaceAll(".* password ", "");
        var in =
                visitor.call(
                        "POST",
                        name,
                        "/api/v1/sessions",
                        null,
                        Map.of("email", "olga@" + other, "password", password));
        assertThat(in.status()).isEqualTo(201);
        var links = visitor.call("POST", name, "/api/v1/member-links", in.text("token"), null);
        assertThat(links.body()).contains("sam@" + other, "tina@" + other, "ada@" + other);
        assertThat(learningOf(name, "sam@" + other)).contains("\"percent\":50");
    }

    @Test
    void brokenOffItGoesOnAndDoublesNothing() throws Exception {
        var zip = academy.export(harbour, folder.resolve("a.zip"));
        for (var word : List.of("People", "Course 1", "Course 3", "Places", "Progress")) {
            var name = Academy.fresh("cut");
            assertThatThrownBy(() -> imports.bring(zip, name, it -> end(it.startsWith(word))))
                    .hasMessage("The power fails.");
            var brought = imports.bring(zip, name, news::add);
            assertThat(remarks(brought)).as(word).isEmpty();
            var again = academy.export(brought.school(), folder.resolve(name + ".zip"));
            assertThat(unnamed(again, name)).isEqualTo(unnamed(zip, harbour.subdomain()));
            assertThatThrownBy(() -> imports.bring(zip, name, news::add))
                    .isInstanceOf(Problem.Conflict.class)
                    .hasMessageContaining("This archive came into the school on");
        }
    }

    private static void end(boolean now) {
        if (now) {
            throw new IllegalStateException("The power fails.");
        }
    }

    @Test
    void aSchoolThatTeachesIsNotWrittenOver() throws Exception {
        var zip = academy.export(harbour, folder.resolve("a.zip"));
        var busy = academy.found("busy", email("bo"));
        academy.join(busy, email("pupil"), Role.STUDENT);
        assertThatThrownBy(() -> imports.bring(zip, busy.subdomain(), news::add))
                .isInstanceOf(Problem.Conflict.class)
                .hasMessageContaining("has courses or learners already");
        assertThatThrownBy(() -> imports.bring(zip, harbour.subdomain(), news::add))
                .isInstanceOf(Problem.Conflict.class);
        assertThat(
                        service.sql("select count(*) from courses where organization_id = :id")
                                .param("id", busy.id())
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void aSchoolWithoutCoursesKeepsItsOwnNameAndPeople() throws Exception {
        var zip = academy.export(harbour, folder.resolve("a.zip"));
        var empty = academy.found("empty", email("eva"));
        academy.join(empty, email("ada"), Role.TEACHER);
        var brought = imports.bring(zip, empty.subdomain(), news::add);
        assertThat(brought.opened()).isFalse();
        assertThat(remarks(brought))
                .extracting(Finding::file)
                .containsExactly("school.yaml", "people.csv");
        assertThat(remarks(brought).getFirst().message()).contains("the school keeps its own");
        assertThat(remarks(brought).getLast().message())
                .contains(email("ada"), "already, as teacher and active; that stays.");
    }

    /** Without those on pictures that the real course never had. */
    private static List<Finding> remarks(SchoolImports.Brought brought) {
        return brought.report().stream()
                .filter(it -> !it.message().endsWith("is not in the course's folder."))
                .toList();
    }

    /** A file of an archive without what names the school. */
    private static Map<String, String> unnamed(Path zip, String subdomain) {
        var files = new TreeMap<>(Academy.read(zip));
        files.computeIfPresent(
                "school.yaml",
                (path, text) -> text.replace("subdomain: \"" + subdomain + "\"", ""));
        return new LinkedHashMap<>(files);
    }

    private String email(String name) {
        return name + "@" + domain;
    }

    private String ofSchool(String path) {
        return ofSchool(harbour.subdomain(), path);
    }

    private String ofSchool(String subdomain, String path) {
        var answer = visitor.call("GET", subdomain, path, null, null);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private String learning(String subdomain, String learner) {
        return learningOf(subdomain, email(learner));
    }

    /** Without the lessons' ids, which are each school's own. */
    private String learningOf(String subdomain, String email) {
        var token = sessions.newToken(people.find(email).orElseThrow().id(), "Test");
        var answer = visitor.call("GET", subdomain, "/api/v1/me/enrollments", token, null);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().replaceAll("\"id\":\"[^\"]+\"", "");
    }
}
