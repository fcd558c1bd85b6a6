package org.stoa.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.jobs.TestKinds.Named;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;

/** What an administrator sees of jobs, and does with them, over the API and the pages. */
@StoaTest
class JobDeskTest {
    private final Jobs jobs;
    private final DueJobs due;
    private final TestKinds kinds;
    private final ServiceDatabase service;
    private final Organizations organizations;
    private final People people;
    private final Sessions sessions;
    private final SetClock clock;
    private final int port;
    private Organization school;
    private Organization other;
    private String token = "";
    private String otherToken = "";
    private String name = "";

    @Autowired
    JobDeskTest(
            Jobs jobs,
            DueJobs due,
            TestKinds kinds,
            ServiceDatabase service,
            Organizations organizations,
            People people,
            Sessions sessions,
            Clock clock,
            @LocalServerPort int port) {
        this.jobs = jobs;
        this.due = due;
        this.kinds = kinds;
        this.service = service;
        this.organizations = organizations;
        this.people = people;
        this.sessions = sessions;
        this.clock = SetClock.of(clock);
        this.port = port;
    }

    @BeforeEach
    void twoSchools() {
        name = UUID.randomUUID().toString();
        kinds.when(
                name,
                it -> {
                    throw new IllegalStateException("The store of files does not answer");
                });
        var first = found();
        school = organizations.bySubdomain(first.text("subdomain")).orElseThrow();
        token = first.text("token");
        var second = found();
        other = organizations.bySubdomain(second.text("subdomain")).orElseThrow();
        otherToken = second.text("token");
    }

    @AfterEach
    void theClockIsRight() {
        clock.putRight();
    }

    @Test
    void aDeadJobIsSeenWithItsReasonAndReplayedOnce() throws Exception {
        var id = dead(school);
        var list = get(school, token, "/api/v1/jobs?state=dead");
        assertThat(list.text("items.0.id")).isEqualTo(id.toString());
        assertThat(list.text("items.0.reason")).isEqualTo("The store of files does not answer");
        var life = get(school, token, "/api/v1/jobs/" + id);
        assertThat(life.json().path("events").size()).isEqualTo(3);
        assertThat(life.text("events.0.error")).contains("IllegalStateException");

        kinds.when(name, it -> {});
        assertThat(post(school, token, "/api/v1/jobs/" + id + "/replay", null).status())
                .isEqualTo(204);
        due.run(school.id());
        await().untilAsserted(() -> assertThat(state(id)).isEqualTo("done"));
        assertThat(post(school, token, "/api/v1/jobs/" + id + "/replay", null).status())
                .isEqualTo(409);
        assertThat(get(school, token, "/api/v1/jobs/" + id).body()).contains("\"replayed\"");
    }

    @Test
    void anotherSchoolSeesNothingOfIt() throws Exception {
        var id = dead(school);
        assertThat(get(other, otherToken, "/api/v1/jobs?state=dead").body())
                .doesNotContain("" + id);
        assertThat(get(other, otherToken, "/api/v1/jobs/" + id).status()).isEqualTo(404);
        for (var act : List.of("replay", "cancel")) {
            assertThat(post(other, otherToken, "/api/v1/jobs/" + id + "/" + act, null).status())
                    .isEqualTo(404);
        }
        assertThat(get(other, otherToken, "/api/v1/job-lanes").text("items.1.dead")).isEqualTo("0");
        assertThat(state(id)).isEqualTo("dead");
    }

    @Test
    void thePlatformsAdministratorSeesAllAndReplaysThem() throws Exception {
        var id = dead(school);
        var admin = people.platformAdmin(UUID.randomUUID() + "@example.org");
        var platform = sessions.newToken(admin.id(), "Token");
        var list = get(null, platform, "/api/v1/platform/jobs?q=" + id);
        assertThat(list.text("items.0.school")).isEqualTo(school.subdomain());
        assertThat(get(null, platform, "/api/v1/platform/jobs/" + id).status()).isEqualTo(200);
        var waiting =
                Caller.office(school)
                        .call(() ->
                                jobs.enqueue(
                                        TestKinds.ANY,
                                        new Named(name),
                                        clock.instant().plus(Duration.ofHours(9))));
        assertThat(
                        post(null, platform, "/api/v1/platform/jobs/" + waiting + "/cancel", null)
                                .status())
                .isEqualTo(204);
        assertThat(state(waiting)).isEqualTo("cancelled");
        kinds.when(name, it -> {});
        assertThat(post(null, platform, "/api/v1/platform/jobs/" + id + "/replay", null).status())
                .isEqualTo(204);
        due.run(school.id());
        await().untilAsserted(() -> assertThat(state(id)).isEqualTo("done"));
    }

    @Test
    void thousandsAreReplayedByAJobThatTellsHowFarItIs() {
        service.sql(
                        """
                        insert into finished_jobs
                        select :school, gen_random_uuid(), 'test-any', 20, 'dead',
                               convert_to(jsonb_build_object('organization', cast(:school as text),
                                   'payload', jsonb_build_object('name', cast(:name as text)))::text, 'UTF8'),
                               null, 3, 'broken', now(), now(), now(), now(), 'test', null, null
                          from generate_series(1, 2500)
                        """)
                .param("school", school.id())
                .param("name", name)
                .update();
        kinds.when(name, it -> {});
        assertThat(get(school, token, "/api/v1/jobs?kind=true&q=a%00b").status()).isEqualTo(200);
        var wrong = Map.of("kind", "x".repeat(10_000));
        assertThat(post(school, token, "/api/v1/job-replays", wrong).text("errors.0.field"))
                .isEqualTo("kind");
        for (var unsaid :
                List.of(Map.of(), Map.of("kind", ""), Map.of("kind", "nobody-knows-it"))) {
            assertThat(post(school, token, "/api/v1/job-replays", unsaid).status()).isEqualTo(422);
        }
        var started = post(school, token, "/api/v1/job-replays", Map.of("kind", "test-any"));
        assertThat(started.status()).isEqualTo(202);
        await().untilAsserted(() -> {
            due.run(school.id());
            assertThat(get(school, token, "/api/v1/jobs/" + started.text("id")).text("job.state"))
                    .isEqualTo("done");
        });
        var job = get(school, token, "/api/v1/jobs/" + started.text("id"));
        assertThat(job.text("job.stepsDone")).isEqualTo("2500");
        assertThat(job.text("job.stepsTotal")).isEqualTo("2500");
        await().untilAsserted(() -> {
            due.run(school.id());
            assertThat(kinds.count(name)).isEqualTo(2500);
        });
    }

    @Test
    void whatAJobCarriesIsShownWithoutItsSecrets() throws Exception {
        var kind = new JobKind<>("test-with-secrets", Letter.class, JobKind.Lane.BULK);
        var id =
                Caller.office(school)
                        .call(() ->
                                jobs.enqueue(
                                        kind,
                                        new Letter(
                                                "ann@example.org",
                                                "hunter22",
                                                "https://school.example/reset?t=abc123",
                                                "Qm9vdHMgYW5kIHJvcGVzLCBrbm90cyBhbmQgc2FpbHM1")));
        var shown = get(school, token, "/api/v1/jobs/" + id).body();
        assertThat(shown)
                .contains("ann@example.org", "https://school.example/reset?")
                .doesNotContain("hunter22", "abc123", "Qm9vdHMg");
        var page = get(school, token, "/admin/jobs/" + id).body();
        assertThat(page).doesNotContain("hunter22", "abc123", "Qm9vdHMg");
    }

    private record Letter(String to, String password, String body, String drawn) {}

    @Test
    void thePagesShowTheLanesTheDeadAndOneLife() throws Exception {
        var id = dead(school);
        var page = get(school, token, "/admin/jobs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("test-any", "The store of files does not answer", "<svg");
        assertThat(get(school, token, "/admin/jobs/" + id).body()).contains("Attempt 3 failed");
        var admin = people.platformAdmin(UUID.randomUUID() + "@example.org");
        var platform = sessions.newToken(admin.id(), "Token");
        assertThat(get(null, platform, "/platform/jobs?q=" + id).body()).contains("test-any");
    }

    @Test
    void thePlotsTellWhatWaited() {
        service.sql(
                        """
                        insert into lane_samples
                        values (:school, 30, now() - interval '10 minutes', 37, 40)
                        """)
                .param("school", school.id())
                .update();
        assertThat(get(school, token, "/admin/jobs").body())
                .contains("Fewer than 40 waited at any time");
    }

    private UUID dead(Organization at) throws Exception {
        var id = Caller.office(at).call(() -> jobs.enqueue(TestKinds.ANY, new Named(name)));
        await().untilAsserted(() -> {
            clock.pass(Duration.ofHours(1));
            due.run(at.id());
            assertThat(state(id)).isEqualTo("dead");
        });
        clock.putRight();
        return id;
    }

    private String state(UUID id) {
        return service.sql("select state from all_jobs where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse("not there");
    }

    private Answer found() {
        return new Visitor(port).found("Halden");
    }

    private Answer get(@org.jspecify.annotations.Nullable Organization at, String as, String path) {
        return new Visitor(port).call("GET", at == null ? null : at.subdomain(), path, as, null);
    }

    private Answer post(
            @org.jspecify.annotations.Nullable Organization at,
            String as,
            String path,
            @org.jspecify.annotations.Nullable Object body) {
        return new Visitor(port).call("POST", at == null ? null : at.subdomain(), path, as, body);
    }
}
