package org.stoa.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.isolation.TwoSchools.Person;
import org.stoa.isolation.TwoSchools.School;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.MixedLoad;
import org.stoa.testing.MixedLoad.Call;
import org.stoa.testing.StoaTest;

/** The smaller sibling of {@code ./stoa bench isolation}. */
@StoaTest
class MixedLoadTest {
    private static final int CONNECTIONS = 8;
    private static final int REQUESTS = 4_000;

    private final int port;
    private final TwoSchools schools;

    @Autowired
    MixedLoadTest(
            @LocalServerPort int port,
            ServiceDatabase service,
            People people,
            Sessions sessions,
            Organizations organizations) {
        this.port = port;
        this.schools = new TwoSchools(port, service, people, sessions, organizations);
    }

    @Test
    void noAnswerNamesAnotherSchoolHoweverManyAskAtOnce() throws Exception {
        var load = new MixedLoad(port, Pattern.compile("(?i)(t?here) (?:knots|sails)"), this::call);
        var seen = load.drive(CONNECTIONS, REQUESTS);
        assertThat(seen.wrong()).isEmpty();
        assertThat(seen.naming()).isGreaterThan(REQUESTS / 2);
        assertThat(seen.cancelled()).isPositive();
    }

    private Call call(RandomGenerator random) {
        boolean first = random.nextBoolean();
        var school = first ? schools.here : schools.there;
        var person = first ? Person.STUDENT : Person.STUDENT_OF_ANOTHER_SCHOOL;
        var progress = "/api/v1/me/lessons/" + school.lessonId() + "/progress";
        var started = "{\"status\":\"started\",\"positionSeconds\":1}";
        return switch (random.nextInt(10)) {
            case 0 -> call(school, person, "GET", "/courses/" + school.course(), "");
            case 1 -> call(school, person, "GET", "/api/v1/courses?q=knots", "");
            case 2 -> call(school, person, "GET", "/learn", "");
            case 3 -> call(school, person, "GET", "/api/v1/courses/" + school.course(), "");
            case 4 -> call(school, person, "PUT", progress, started);
            case 5 -> call(school, person, "GET", "/courses/there-is-none", "");
            case 6 -> call(school, person, "PUT", progress, "{\"status\":");
            case 7 -> call(school, person, "GET", "/api/v1/me/enrollments", "");
            default ->
                    call(
                            school,
                            person,
                            "GET",
                            "/learn/" + school.course() + "/" + school.lesson(),
                            "");
        };
    }

    private Call call(School school, Person person, String method, String path, String body) {
        return new Call(
                school == schools.here ? "here" : "there",
                school.subdomain() + ".localhost:" + port,
                method,
                path,
                schools.tokenOf(person),
                body);
    }
}
