package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.identity.Town.PASSWORD;
import static org.stoa.identity.Town.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** Two schools hand out links, and all kinds of people follow them. */
@StoaTest
class InvitationsTest {
    @LocalServerPort private int port;

    private final ServiceDatabase service;
    private Town town;
    private Town.School halden;
    private Town.School harbour;

    @Autowired
    InvitationsTest(ServiceDatabase service) {
        this.service = service;
    }

    @BeforeEach
    void aTownWithTwoSchools() {
        town = new Town(port);
        halden = town.school("halden");
        harbour = town.school("harbour");
    }

    @Test
    void somebodyNewComesInAndIsWhatTheLinkSays() {
        var link = invite("role", "teacher");
        var visitor = new Visitor(port);
        var page = visitor.open(halden.subdomain(), link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("You are invited").doesNotContain(halden.ownerEmail());
        var email = Town.email("nina");
        var entered = visitor.submit(halden.subdomain(), link, form(email, PASSWORD));
        assertThat(entered.status()).isEqualTo(200);
        assertThat(entered.address()).endsWith("/studio");
        assertThat(role(email)).isEqualTo("teacher");
        assertThat(new Visitor(port).open(halden.subdomain(), link).status()).isEqualTo(404);
    }

    @Test
    void somebodyWithAnAccountElsewhereComesInWithItsPassword() {
        var email = Town.email("sam");
        assertThat(town.signUp(harbour, email, PASSWORD).status()).isEqualTo(201);
        var link = invite("role", "student");
        var visitor = new Visitor(port);
        var wrong = visitor.submit(halden.subdomain(), link, form(email, "another password here"));
        assertThat(wrong.status()).isEqualTo(409);
        assertThat(role(email)).isNull();
        var entered = visitor.submit(halden.subdomain(), link, form(email, PASSWORD));
        assertThat(entered.status()).isEqualTo(200);
        assertThat(role(email)).isEqualTo("student");
    }

    @Test
    void somebodySignedInComesInWithOneClickAndLosesNoRole() {
        var sam = town.pupil(halden);
        var visitor = new Visitor(port);
        visitor.submit(
                halden.subdomain(), "/sign-in", Map.of("email", sam.email(), "password", PASSWORD));
        var link = invite("role", "teacher", "uses", 2);
        assertThat(visitor.open(halden.subdomain(), link).body()).contains("signed in as");
        visitor.submit(halden.subdomain(), link, Map.of());
        assertThat(role(sam.email())).isEqualTo("teacher");
        visitor.submit(halden.subdomain(), invite("role", "student"), Map.of());
        assertThat(role(sam.email())).isEqualTo("teacher");
    }

    @Test
    void ofTwoWhoTakeTheLastUseAtOnceOneGetsIn() throws Exception {
        var link = invite("role", "student", "uses", 3);
        var emails = new ArrayList<String>();
        var entering = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            var email = Town.email("racer");
            emails.add(email);
            entering.add(() ->
                    new Visitor(port)
                            .submit(halden.subdomain(), link, form(email, PASSWORD))
                            .status());
        }
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(entering)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsOnly(200, 404);
        assertThat(answers.stream().filter(it -> it == 200)).hasSize(3);
        assertThat(emails.stream().filter(it -> role(it) != null)).hasSize(3);
        // Who was not let in has no account either: nothing half-done.
        assertThat(emails.stream().filter(this::hasAccount)).hasSize(3);
    }

    @Test
    void whatWasTakenBackOrIsTooOldOrOfAnotherSchoolIsAsIfItWereNotThere() {
        var absent = new Visitor(port).open(halden.subdomain(), "/invited/nothing");
        assertThat(absent.status()).isEqualTo(404);
        var made = make("role", "student");
        var id = made.text("id");
        var revoked = path(made.text("link"));
        var old = invite("role", "student");
        var elsewhere = invite("role", "student");
        assertThat(
                        town.as(
                                        "DELETE",
                                        harbour,
                                        "/api/v1/invitations/" + id,
                                        harbour.token(),
                                        null)
                                .status())
                .isEqualTo(404);
        assertThat(
                        town.as("DELETE", halden, "/api/v1/invitations/" + id, halden.token(), null)
                                .status())
                .isEqualTo(204);
        service.sql(
                        "update invitations set expires_at = now() - interval '1 second'"
                                + " where token_hash = encode(sha256(cast(:token as bytea)), 'hex')")
                .param("token", old.substring("/invited/".length()))
                .update();
        for (var link : List.of(revoked, old)) {
            var answer = new Visitor(port).open(halden.subdomain(), link);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().replace(link, "")).contains("does not hold");
            var email = Town.email("late");
            assertThat(
                            new Visitor(port)
                                    .submit(halden.subdomain(), link, form(email, PASSWORD))
                                    .status())
                    .isEqualTo(404);
            assertThat(hasAccount(email)).isFalse();
        }
        assertThat(new Visitor(port).open(harbour.subdomain(), elsewhere).status()).isEqualTo(404);
    }

    @Test
    void oneForAnAddressIsForNoOther() {
        var email = Town.email("nina");
        var link = invite("role", "student", "email", email.toUpperCase(java.util.Locale.ROOT));
        var page = new Visitor(port).open(halden.subdomain(), link);
        assertThat(page.body()).doesNotContainIgnoringCase(email);
        var other = Town.email("other");
        assertThat(
                        new Visitor(port)
                                .submit(halden.subdomain(), link, form(other, PASSWORD))
                                .status())
                .isEqualTo(422);
        assertThat(hasAccount(other)).isFalse();
        var sam = town.pupil(harbour);
        var visitor = new Visitor(port);
        visitor.submit(
                halden.subdomain(), "/sign-in", Map.of("email", sam.email(), "password", PASSWORD));
        assertThat(visitor.submit(halden.subdomain(), link, Map.of()).status()).isEqualTo(403);
        visitor = new Visitor(port);
        visitor.submit(halden.subdomain(), link, form(email, PASSWORD));
        assertThat(role(email)).isEqualTo("student");
    }

    @Test
    void whoIsSuspendedStaysSo() {
        var sam = town.pupil(halden);
        town.as(
                "PATCH",
                halden,
                "/api/v1/members/" + sam.id(),
                halden.token(),
                body("status", "suspended"));
        var visitor = new Visitor(port);
        var answer =
                visitor.submit(
                        halden.subdomain(), invite("role", "teacher"), form(sam.email(), PASSWORD));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(role(sam.email())).isEqualTo("student");
    }

    @Test
    void onlyAdministratorsInviteAndNobodyIsMadeAnOwner() {
        var teacher = town.member(halden, "teacher");
        for (var token : List.of(teacher.token(), town.pupil(halden).token())) {
            assertThat(town.as("POST", halden, "/api/v1/invitations", token, body()).status())
                    .isEqualTo(403);
        }
        assertThat(make("role", "owner").status()).isEqualTo(422);
        assertThat(make("role", "wizard").status()).isEqualTo(422);
        assertThat(make("days", 0, "uses", 0).json().path("errors").findValuesAsString("field"))
                .containsExactly("days", "uses");
        assertThat(make("email", "no address").status()).isEqualTo(422);
    }

    private Visitor.Answer make(@Nullable Object... wish) {
        return town.as("POST", halden, "/api/v1/invitations", halden.token(), body(wish));
    }

    private String invite(@Nullable Object... wish) {
        var made = make(wish);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return path(made.text("link"));
    }

    static String path(String link) {
        return link.substring(link.indexOf("/invited/"));
    }

    static Map<String, String> form(String email, String password) {
        return Map.of("name", "Nina Berg", "email", email, "password", password);
    }

    private boolean hasAccount(String email) {
        return service.sql("select exists (select from users where lower(email) = :email)")
                .param("email", email)
                .query(Boolean.class)
                .single();
    }

    private @Nullable String role(String email) {
        return service.sql(
                        """
                        select m.role
                          from organization_memberships m
                          join users u on u.id = m.user_id
                          join organizations o on o.id = m.organization_id
                         where o.subdomain = :school and lower(u.email) = :email
                        """)
                .param("school", halden.subdomain())
                .param("email", email)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
