package org.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;
import org.stoa.testing.Zips;

/** A school with its people and one published course, made and called through the API alone. */
record ApiSchool(
        Wire wire,
        String subdomain,
        String owner,
        String admin,
        String teacher,
        String student,
        String studentId,
        String course,
        List<String> lessons) {
    static final String PASSWORD = "a long walk along the sea";

    static ApiSchool open(int port) {
        var visitor = new Visitor(port);
        var wire = new Wire(port);
        var name = "api" + UUID.randomUUID().toString().substring(0, 8);
        var founded =
                visitor.call(
                        "POST",
                        null,
                        "/api/v1/organizations",
                        null,
                        Map.of("name", name, "subdomain", name, "owner", person("owner", name)));
        assertThat(founded.status()).as(founded.body()).isEqualTo(201);
        var owner = founded.text("token");
        var admin = member(visitor, name, owner, "admin");
        var teacher = member(visitor, name, owner, "teacher");
        var joined = visitor.call("POST", name, "/api/v1/users", null, person("student", name));
        assertThat(joined.status()).as(joined.body()).isEqualTo(201);
        var student = token(visitor, name, joined.text("token"));
        wire.upload(name, owner, zip("knots", 4));
        var published = visitor.call("POST", name, "/api/v1/courses/knots/releases", owner, null);
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        return new ApiSchool(
                wire,
                name,
                owner,
                admin,
                teacher,
                student,
                joined.text("id"),
                "knots",
                lessons(visitor.call("GET", name, "/api/v1/courses/knots", null, null)));
    }

    static Map<String, Object> person(String word, String school) {
        return Map.of(
                "name", word, "email", word + "@" + school + ".example.org", "password", PASSWORD);
    }

    private static String member(Visitor visitor, String school, String owner, String role) {
        var body = new LinkedHashMap<>(person(role, school));
        body.put("role", role);
        var added = visitor.call("POST", school, "/api/v1/members", owner, body);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        body.keySet().retainAll(List.of("email", "password"));
        var signedIn = visitor.call("POST", school, "/api/v1/sessions", null, body);
        assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(201);
        return token(visitor, school, signedIn.text("token"));
    }

    /** An API token: it outlives the ends of sign-ins. */
    private static String token(Visitor visitor, String school, String session) {
        var made =
                visitor.call(
                        "POST", school, "/api/v1/me/tokens", session, Map.of("name", "The test"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.text("token");
    }

    private static List<String> lessons(Answer course) {
        var ids = new ArrayList<String>();
        for (var module : course.json().path("modules")) {
            module.path("lessons").forEach(lesson -> ids.add(lesson.path("id").asString()));
        }
        return ids;
    }

    /** A course of so many lessons. */
    static byte[] zip(String title, int lessons) {
        var files = new LinkedHashMap<String, String>();
        files.put("README.md", "# " + title + "\n\nHow ropes hold.\n");
        for (int i = 1; i <= lessons; i++) {
            files.put(i + "-lesson.md", "# Lesson " + i + "\n\nTie it, pull it.\n");
        }
        return zip(files);
    }

    static byte[] zip(Map<String, String> files) {
        return Zips.of(files);
    }

    Answer call(String method, String path, @Nullable String token, @Nullable Object body) {
        return new Visitor(wire.port()).call(method, subdomain, path, token, body);
    }
}
