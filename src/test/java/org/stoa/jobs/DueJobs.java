package org.stoa.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.ServiceDatabase;

/**
 * Does due jobs now and in the test's own thread, so that a test is exact without waiting: hand in,
 * {@link #run}, look. What is due is measured by the test's clock, so letting an hour pass on a
 * {@link org.stoa.testing.SetClock} makes due what is due in an hour.
 */
@Component
public class DueJobs {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String TAKE =
            """
            update scheduled_tasks
               set picked = true, picked_by = :node, last_heartbeat = now() + interval '1 hour',
                   version = version + 1, attempts = attempts + 1, started_at = clock_timestamp()
             where ctid = (select ctid from scheduled_tasks
                            where not picked and execution_time <= greatest(now(), :until)
                              and task_name = any (:kinds)
                              and (cast(:school as uuid) is null or at_organization = :school)
                            order by priority desc, execution_time
                              for update skip locked limit 1)
            returning task_name, task_instance, task_data, version, attempts
            """;

    private static final String MORE =
            """
            select exists (select from scheduled_tasks
                            where (picked or task_name = any (:kinds)
                                             and execution_time <= greatest(now(), :until))
                              and (cast(:school as uuid) is null or at_organization = :school))
            """;

    private final ServiceDatabase service;
    private final Jobs jobs;
    private final JobRunner runner;
    private final Clock clock;

    DueJobs(ServiceDatabase service, Jobs jobs, JobRunner runner, Clock clock) {
        this.service = service;
        this.jobs = jobs;
        this.runner = runner;
        this.clock = clock;
    }

    /** Does everything that is due, and what becomes due by that; says how many jobs began here. */
    public int run() {
        return run(null);
    }

    /** The same for one school's jobs alone; others may belong to a test beside this one. */
    public int run(@Nullable UUID school) {
        return run(school, jobs.registered().keySet());
    }

    /** The same for some kinds alone: at the turn of an hour every school gets rounds. */
    int run(@Nullable UUID school, Set<String> kinds) {
        int done = 0;
        var limit = Instant.now().plus(PATIENCE);
        // The program's own workers may be quicker; what becomes due by theirs is done here too.
        do {
            for (var next = take(school, kinds); !next.isEmpty(); next = take(school, kinds)) {
                runner.execution().run(next.getFirst(), () -> false);
                done++;
            }
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException("jobs are due or taken, and do not end");
            }
        } while (moreComes(school, kinds));
        return done;
    }

    /** Takes the one that is next, as a worker does, and leaves it to the test. */
    List<Taken> take(@Nullable UUID school, Set<String> kinds) {
        return service.sql(TAKE)
                .param("node", runner.node())
                .param("until", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("kinds", kinds.toArray(String[]::new))
                .param("school", school)
                .query((row, number) ->
                        runner.execution()
                                .taken(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getBytes(3),
                                        row.getLong(4),
                                        row.getInt(5)))
                .list();
    }

    private boolean moreComes(@Nullable UUID school, Set<String> kinds) {
        return service.sql(MORE)
                .param("until", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("kinds", kinds.toArray(String[]::new))
                .param("school", school)
                .query(Boolean.class)
                .single();
    }
}
