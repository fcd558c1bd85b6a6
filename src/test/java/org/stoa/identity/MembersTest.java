package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.identity.Town.PASSWORD;
import static org.stoa.identity.Town.body;
import static org.stoa.identity.Town.email;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** What administrators do with the people of their school, and cannot do with those of another. */
@StoaTest
class MembersTest {
    @LocalServerPort private int port;

    private final People people;
    private final Sessions sessions;
    private Town town;
    private Town.School halden;
    private Town.School harbour;

    @Autowired
    MembersTest(People people, Sessions sessions) {
        this.people = people;
        this.sessions = sessions;
    }

    @BeforeEach
    void aTownWithTwoSchools() {
        town = new Town(port);
        halden = town.school("halden");
        harbour = town.school("harbour");
    }

    @Test
    void theListHoldsTheSchoolsOwnPeopleAPageAtATime() {
        var expected = new ArrayList<>(List.of(halden.ownerEmail()));
        for (int i = 0; i < 6; i++) {
            expected.add(town.pupil(halden).email());
        }
        town.pupil(harbour);
        var found = new ArrayList<String>();
        var cursor = "";
        do {
            var page =
                    town.as(
                            "GET",
                            halden,
                            "/api/v1/members?limit=2" + cursor,
                            halden.token(),
                            null);
            assertThat(page.status()).isEqualTo(200);
            found.addAll(page.json().path("items").findValuesAsString("email"));
            cursor = page.text("nextCursor").isEmpty() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        var sam = expected.getLast();
        var sought = "/api/v1/members?role=student&q=" + sam.substring(0, sam.indexOf('@'));
        var one = town.as("GET", halden, sought, halden.token(), null);
        assertThat(one.json().path("items").findValuesAsString("email")).containsExactly(sam);
        assertThat(
                        town.as("GET", halden, "/api/v1/members?q=%00%25", halden.token(), null)
                                .status())
                .isEqualTo(200);
        assertThat(town.as("GET", halden, "/api/v1/members?limit=0", halden.token(), null).status())
                .isEqualTo(422);
        assertThat(
                        town.as("GET", halden, "/api/v1/members?cursor=x", halden.token(), null)
                                .status())
                .isEqualTo(422);
    }

    @Test
    void studentsAndTeachersDoNotSeeTheList() {
        for (var token :
                List.of(town.pupil(halden).token(), town.member(halden, "teacher").token())) {
            assertThat(town.as("GET", halden, "/api/v1/members", token, null).status())
                    .isEqualTo(403);
        }
        assertThat(town.as("GET", halden, "/api/v1/members", harbour.token(), null).status())
                .isEqualTo(401);
    }

    @Test
    void aSuspensionHoldsAtOnceAndInThatSchoolOnly() {
        var ada = town.member(halden, "admin");
        var joined = town.signUp(harbour, ada.email(), PASSWORD);
        assertThat(joined.status()).isEqualTo(201);
        assertThat(town.as("GET", halden, "/api/v1/members", ada.token(), null).status())
                .isEqualTo(200);
        assertThat(change(halden, ada.id(), "status", "suspended").status()).isEqualTo(204);
        assertThat(town.as("GET", halden, "/api/v1/members", ada.token(), null).status())
                .isEqualTo(403);
        assertThat(town.me(harbour, ada.token()).text("role")).isEqualTo("student");
        assertThat(town.me(harbour, ada.token()).text("suspended")).isEqualTo("false");
        assertThat(town.me(halden, ada.token()).text("suspended")).isEqualTo("true");
        assertThat(change(halden, ada.id(), "status", "active").status()).isEqualTo(204);
        assertThat(town.as("GET", halden, "/api/v1/members", ada.token(), null).status())
                .isEqualTo(200);
    }

    @Test
    void aRoleHoldsAtOnce() {
        var sam = town.pupil(halden);
        assertThat(town.me(halden, sam.token()).text("role")).isEqualTo("student");
        change(halden, sam.id(), "role", "teacher");
        assertThat(town.me(halden, sam.token()).text("role")).isEqualTo("teacher");
    }

    @Test
    void anAdministratorTouchesNoOwnerAndNamesNone() {
        var ada = town.member(halden, "admin");
        var owner = town.me(halden, halden.token()).text("id");
        var sam = town.pupil(halden);
        for (var attempt :
                List.of(
                        patch(halden, owner, ada.token(), body("role", "student")),
                        patch(halden, owner, ada.token(), body("status", "suspended")),
                        patch(halden, sam.id(), ada.token(), body("role", "owner")),
                        town.as(
                                "POST",
                                halden,
                                "/api/v1/members",
                                ada.token(),
                                body("name", "N", "email", email("n"), "role", "owner")))) {
            assertThat(attempt.status()).as(attempt.body()).isEqualTo(403);
        }
    }

    @Test
    void anAdministratorOfAnotherSchoolReachesNobody() {
        var sam = town.pupil(halden);
        assertThat(patch(harbour, sam.id(), harbour.token(), body("role", "teacher")).status())
                .isEqualTo(404);
        assertThat(town.me(halden, sam.token()).text("role")).isEqualTo("student");
    }

    @Test
    void aSchoolKeepsAnOwnerAlsoWhenTwoLeaveAtOnce() throws Exception {
        var owner = town.me(halden, halden.token()).text("id");
        assertThat(change(halden, owner, "role", "admin").status()).isEqualTo(409);
        var second = town.member(halden, "owner");
        Callable<Visitor.Answer> first =
                () -> patch(halden, second.id(), halden.token(), body("status", "suspended"));
        Callable<Visitor.Answer> other =
                () -> patch(halden, owner, second.token(), body("status", "suspended"));
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = new ArrayList<Integer>();
            for (var answer : both.invokeAll(List.of(first, other))) {
                statuses.add(answer.get().status());
            }
            assertThat(statuses).contains(204).anyMatch(s -> s == 409 || s == 403);
        }
    }

    @Test
    void everyWrongFieldOfAMemberIsNamed() {
        var added =
                town.as(
                        "POST",
                        halden,
                        "/api/v1/members",
                        halden.token(),
                        body("name", "", "email", "x", "password", "short", "role", "king"));
        assertThat(added.json().path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("name", "email", "password", "role");
        var changed =
                patch(
                        halden,
                        town.pupil(halden).id(),
                        halden.token(),
                        body("role", "king", "status", "gone"));
        assertThat(changed.json().path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("role", "status");
    }

    @Test
    void onlyTheInstallationsAdministratorListsSchoolsAndPeople() {
        var email = email("root");
        var token = sessions.newToken(people.platformAdmin(email).id(), "Platform");
        for (var path : List.of("/api/v1/platform/organizations", "/api/v1/platform/users")) {
            assertThat(town.visitor.call("GET", null, path, null, null).status()).isEqualTo(401);
            assertThat(town.visitor.call("GET", null, path, halden.token(), null).status())
                    .isEqualTo(403);
            var first = town.visitor.call("GET", null, path + "?limit=1", token, null);
            assertThat(first.json().path("items").size()).isEqualTo(1);
            var next = path + "?limit=1&cursor=" + first.text("nextCursor");
            var second = town.visitor.call("GET", null, next, token, null);
            assertThat(second.text("items.0.id")).isGreaterThan(first.text("items.0.id"));
        }
    }

    private Visitor.Answer change(Town.School school, String person, String field, String value) {
        return patch(school, person, school.token(), body(field, value));
    }

    private Visitor.Answer patch(Town.School school, String person, String token, Object body) {
        return town.as("PATCH", school, "/api/v1/members/" + person, token, body);
    }
}
