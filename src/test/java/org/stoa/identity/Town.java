package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;

/** A town with schools, as its people see it from outside. */
final class Town {
    static final String PASSWORD = "a long walk along the sea";

    final Visitor visitor;

    Town(int port) {
        visitor = new Visitor(port);
    }

    /** A school with the token of its owner. */
    record School(String subdomain, String token, String ownerEmail) {}

    /** Somebody who signed up, with their token. */
    record Pupil(String id, String token, String email) {}

    static String fresh(String word) {
        return word + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
    }

    static String email(String name) {
        return fresh(name) + "@example.org";
    }

    static Map<String, @Nullable Object> body(@Nullable Object... pairs) {
        var body = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            body.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return body;
    }

    Answer found(@Nullable String name, @Nullable String subdomain, String email, String password) {
        var owner = body("name", "Olga Owner", "email", email, "password", password);
        var wish = body("name", name, "owner", owner);
        if (subdomain != null) {
            wish.put("subdomain", subdomain);
        }
        return visitor.call("POST", null, "/api/v1/organizations", null, wish);
    }

    School school(String word) {
        var email = email("owner");
        var answer = found(fresh(word), null, email, PASSWORD);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return new School(answer.text("subdomain"), answer.text("token"), email);
    }

    Answer signUp(School school, String email, String password) {
        return visitor.call(
                "POST",
                school.subdomain(),
                "/api/v1/users",
                null,
                body("name", "Sam Student", "email", email, "password", password));
    }

    Pupil pupil(School school) {
        var email = email("sam");
        var answer = signUp(school, email, PASSWORD);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return new Pupil(answer.text("id"), answer.text("token"), email);
    }

    /** A member whom the owner added. */
    Pupil member(School school, String role) {
        var email = email(role);
        var answer =
                as(
                        "POST",
                        school,
                        "/api/v1/members",
                        school.token(),
                        body("name", "M", "email", email, "password", PASSWORD, "role", role));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        var token = signIn(school, email, PASSWORD).text("token");
        return new Pupil(answer.text("id"), token, email);
    }

    Answer signIn(School school, String email, String password) {
        return visitor.call(
                "POST",
                school.subdomain(),
                "/api/v1/sessions",
                null,
                body("email", email, "password", password));
    }

    Answer as(String method, School school, String path, String token, @Nullable Object body) {
        return visitor.call(method, school.subdomain(), path, token, body);
    }

    Answer me(School school, String token) {
        return as("GET", school, "/api/v1/me", token, null);
    }
}
