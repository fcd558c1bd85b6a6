package org.stoa.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two schools with people and courses, called over HTTP. */
final class TwoSchools {
    static final String PASSWORD = "a long walk along the sea";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int MOST_BYTES = 4_000_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Who calls the first school. */
    enum Person {
        ANONYMOUS,
        STUDENT,
        STUDENT_OF_ANOTHER_SCHOOL,
        LEAD,
        ASSISTANT,
        REVIEWER,
        TEACHER_OF_ANOTHER_COURSE,
        ADMIN,
        ADMIN_OF_ANOTHER_SCHOOL,
        SUSPENDED,
        PLATFORM_ADMIN;

        boolean ofAnotherSchool() {
            return this == STUDENT_OF_ANOTHER_SCHOOL
                    || this == ADMIN_OF_ANOTHER_SCHOOL
                    || this == PLATFORM_ADMIN;
        }
    }

    /** One school and what stands in it. */
    record School(
            String subdomain,
            UUID id,
            String course,
            String secondCourse,
            String lesson,
            UUID lessonId,
            String sha256,
            UUID member,
            String ownerEmail,
            String ownerToken) {}

    /** An answer; an endless one is cut after its headers. */
    record Answer(int status, String body, HttpResponse<InputStream> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    private final int port;
    private final ServiceDatabase service;
    private final People people;
    private final Sessions sessions;
    private final Organizations organizations;
    private final Map<Person, String> tokens = new EnumMap<>(Person.class);
    private final Map<Person, UUID> ids = new EnumMap<>(Person.class);
    final School here;
    final School there;

    TwoSchools(
            int port,
            ServiceDatabase service,
            People people,
            Sessions sessions,
            Organizations organizations) {
        this.port = port;
        this.service = service;
        this.people = people;
        this.sessions = sessions;
        this.organizations = organizations;
        here = found("here");
        there = found("there");
        var student = join(here, Person.STUDENT, Role.STUDENT);
        join(here, Person.ADMIN, Role.ADMIN);
        join(here, Person.TEACHER_OF_ANOTHER_COURSE, Role.TEACHER);
        course(here, tokenOf(Person.TEACHER_OF_ANOTHER_COURSE), "here tides");
        join(here, Person.ASSISTANT, Role.TEACHER);
        join(here, Person.REVIEWER, Role.TEACHER);
        name(Person.ASSISTANT, "assistant");
        name(Person.REVIEWER, "reviewer");
        join(here, Person.SUSPENDED, Role.STUDENT);
        join(there, Person.STUDENT_OF_ANOTHER_SCHOOL, Role.STUDENT);
        join(there, Person.ADMIN_OF_ANOTHER_SCHOOL, Role.ADMIN);
        assertThat(student).isNotNull();
        service.sql("update organization_memberships set status = 'suspended' where user_id = :id")
                .param("id", id(Person.SUSPENDED))
                .update();
        var admin = people.platformAdmin(UUID.randomUUID() + "@example.org");
        ids.put(Person.PLATFORM_ADMIN, admin.id());
        tokens.put(Person.PLATFORM_ADMIN, sessions.newToken(admin.id(), "Token"));
        var enroll = "/api/v1/courses/" + there.course() + "/enrollments";
        var pupil = call(Person.STUDENT_OF_ANOTHER_SCHOOL, there, "POST", enroll, null, null);
        assertThat(pupil.status()).isEqualTo(201);
        for (var person :
                new Person[] {
                    Person.STUDENT,
                    Person.LEAD,
                    Person.ASSISTANT,
                    Person.REVIEWER,
                    Person.TEACHER_OF_ANOTHER_COURSE,
                    Person.ADMIN
                }) {
            for (var course : new String[] {here.course(), here.secondCourse()}) {
                var path = "/api/v1/courses/" + course + "/enrollments";
                assertThat(call(person, here, "POST", path, null, null).status()).isEqualTo(201);
            }
        }
    }

    /** Gives them a role in the first school's courses that their lead brought in. */
    private void name(Person person, String role) {
        service.sql(
                        """
                        insert into course_staff
                               (organization_id, course_id, teacher_id, role, added_at)
                        select organization_id, id, :person, :role, now()
                          from courses
                         where organization_id = :school and slug in (:courses)
                        """)
                .param("person", id(person))
                .param("role", role)
                .param("school", here.id())
                .param("courses", java.util.List.of(here.course(), here.secondCourse()))
                .update();
    }

    UUID id(Person person) {
        return java.util.Objects.requireNonNull(ids.get(person));
    }

    String tokenOf(Person person) {
        return java.util.Objects.requireNonNull(tokens.get(person));
    }

    /** The secret of a new session at the first school. */
    Sessions.Begun session(Person person) {
        return sessions.begin(id(person), here.id(), null, new Sessions.Device("Test", "::1"));
    }

    /** A new API token of a person, by its id. */
    UUID token(UUID person) {
        var token = UUID.randomUUID();
        service.sql(
                        "insert into api_tokens (id, user_id, name, token_hash, created_at)"
                                + " values (:id, :person, 'T', decode(md5(:id), 'hex'), now())")
                .param("id", token.toString())
                .param("person", person)
                .update();
        return token;
    }

    Answer call(
            Person person,
            @Nullable School school,
            String method,
            String path,
            @Nullable String type,
            byte @Nullable [] body) {
        var headers = new HashMap<String, String>();
        var token = tokens.get(person);
        if (token != null) {
            headers.put("Authorization", "Bearer " + token);
        } else {
            headers.put("Cookie", "XSRF-TOKEN=fits");
            headers.put("X-XSRF-TOKEN", "fits");
        }
        if (type != null) {
            headers.put("Content-Type", type);
        }
        return send(school, method, path, headers, body);
    }

    Answer send(
            @Nullable School school,
            String method,
            String path,
            Map<String, String> headers,
            byte @Nullable [] body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header(
                                "Host",
                                (school == null ? "" : school.subdomain() + ".")
                                        + "localhost:"
                                        + port)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (!headers.containsKey("Accept")) {
            request.header("Accept", path.startsWith("/api/v1/") ? "*/*" : "text/html");
        }
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            try (var in = response.body()) {
                boolean endless =
                        response.headers()
                                .firstValue("Content-Type")
                                .orElse("")
                                .startsWith("text/event-stream");
                var text =
                        endless
                                ? ""
                                : new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                return new Answer(response.statusCode(), text, response);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A zip of a course with a lesson and a picture. */
    static byte[] zip(String title) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file :
                    Map.of(
                                    "course.yaml",
                                    "title: " + title,
                                    "1-first.md",
                                    "# The first of " + title + "\n\nRead. ![P](p.png)",
                                    "2-second.md",
                                    "# Second\n\nRead on.",
                                    "p.png",
                                    picture(title))
                            .entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String picture(String title) {
        return "a picture of " + title;
    }

    private School found(String name) {
        var subdomain = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        var email = subdomain + "@example.org";
        var body =
                """
                {"name": "%s", "subdomain": "%s",
                 "owner": {"name": "Olga", "email": "%s", "password": "%s"}}
                """
                        .formatted(name, subdomain, email, PASSWORD);
        var founded =
                send(
                        null,
                        "POST",
                        "/api/v1/organizations",
                        Map.of("Content-Type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8));
        assertThat(founded.status()).as(founded.body()).isEqualTo(201);
        var id = organizations.bySubdomain(subdomain).orElseThrow().id();
        var token = founded.json().get("token").asString();
        var member = member(id, Role.STUDENT);
        var empty = new School(subdomain, id, "", "", "", id, "", member, email, token);
        boolean first = name.equals("here");
        var author = first ? join(empty, Person.LEAD, Role.TEACHER) : token;
        var course = course(empty, author, name + " knots");
        var second = course(empty, author, name + " sails");
        var outline = send(empty, "GET", "/api/v1/courses/" + course, Map.of(), null).json();
        var lesson = outline.at("/modules/0/lessons/0");
        return new School(
                subdomain,
                id,
                course,
                second,
                lesson.get("slug").asString(),
                UUID.fromString(lesson.get("id").asString()),
                sha256(picture(name + " knots")),
                member,
                email,
                token);
    }

    private String course(School school, String token, String title) {
        var headers = Map.of("Authorization", "Bearer " + token, "Content-Type", "application/zip");
        var imported = send(school, "POST", "/api/v1/course-imports", headers, zip(title));
        assertThat(imported.status()).as(imported.body()).isEqualTo(201);
        var slug = imported.json().at("/course/slug").asString();
        var published =
                send(
                        school,
                        "POST",
                        "/api/v1/courses/" + slug + "/releases",
                        Map.of(
                                "Authorization",
                                "Bearer " + token,
                                "Content-Type",
                                "application/json"),
                        "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        return slug;
    }

    private String join(School school, Person person, Role role) {
        var id = member(school.id(), role);
        var token = sessions.newToken(id, "Token");
        ids.put(person, id);
        tokens.put(person, token);
        return token;
    }

    private UUID member(UUID school, Role role) {
        var email = UUID.randomUUID() + "@example.org";
        var organization =
                new org.stoa.tenancy.Organization(school, "school", "School", "en", null);
        return people.add(organization, new People.NewMember("Member", email, null, role)).id();
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
