package org.stoa.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.TestDatabase;
import org.stoa.testing.Visitor;

/** {@code stoa jobs} beside a server that runs. */
@StoaTest
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class JobsCommandTest {
    /** No program knows this kind, so what waits goes on waiting. */
    private static final String KIND = "test-on-the-command-line";

    private @TempDir Path folder;
    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired Organizations organizations;
    private Organization school;

    @BeforeEach
    void aSchool() {
        var subdomain = new Visitor(port).found("Halden").text("subdomain");
        school = organizations.bySubdomain(subdomain).orElseThrow();
    }

    @Test
    void theLanesAndWhatIsDeadAreSeenAndOneLifeIsTold() {
        var id = dead(KIND);
        var list = stoa("--school", school.subdomain());
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.out().lines())
                .anyMatch(it -> it.matches("lane +waiting +running +oldest +done/minute +dead"))
                .anyMatch(it -> it.matches("bulk +0 +0 +0 s +0 +1"))
                .anyMatch(it -> it.startsWith(id + "  dead ") && it.contains("The store is full"));
        var life = stoa("show", id + "");
        assertThat(life.exitCode()).as(life.err()).isZero();
        assertThat(life.out())
                .contains("handed in ", "failed, attempt 3", "    the trace", "\"name\"")
                .contains(school.subdomain())
                .doesNotContain("hunter22");
    }

    @Test
    void aDeadJobWaitsAgainAndIsTakenBack() {
        var id = dead(KIND);
        assertThat(stoa("replay", id + "").out()).startsWith("It waits again.");
        assertThat(state(id)).isEqualTo("waiting");
        assertThat(stoa("cancel", id + "").out()).startsWith("Taken back.");
        assertThat(state(id)).isEqualTo("cancelled");
        var refused = stoa("replay", id + "");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines()).hasSize(1);
    }

    @Test
    void allOfAKindAreReplayedByTheServer() {
        var first = dead("test-any");
        var second = dead("test-any");
        var left = dead(KIND);
        var said = stoa("replay", "--kind", "test-any", "--school", school.subdomain());
        assertThat(said.exitCode()).as(said.err()).isZero();
        var job = said.out().strip().replaceFirst(".* ", "");
        StoaProcess.await(
                "end of the replay",
                () ->
                        state(UUID.fromString(job)).equals("done")
                                && isDone(first)
                                && isDone(second));
        assertThat(state(left)).isEqualTo("dead");
    }

    private boolean isDone(UUID id) {
        return state(id).equals("done");
    }

    private StoaProcess stoa(String... arguments) {
        var all = new ArrayList<>(List.of("jobs"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", TestDatabase.DATA.toString()));
        return StoaProcess.run(folder, all.toArray(new String[0]));
    }

    private UUID dead(String kind) {
        var id = UUID.randomUUID();
        service.sql(
                        """
                        with job as (
                            insert into finished_jobs
                            values (:school, :id, :kind, 10, 'dead',
                                    convert_to(jsonb_build_object('organization', cast(:school as text),
                                        'payload', jsonb_build_object('name', 'https://a.example/?t=hunter22')
                                        )::text, 'UTF8'),
                                    null, 3, 'The store is full', now(), now(), now(), now(), 'test'))
                        insert into job_attempts
                        values (:school, :id, now(), 3, :kind, 10, 'failed', now(), 'test', 'the trace')
                        """)
                .param("school", school.id())
                .param("id", id)
                .param("kind", kind)
                .update();
        return id;
    }

    private String state(UUID id) {
        return service.sql("select state from all_jobs where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse("not there");
    }
}
