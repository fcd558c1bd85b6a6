package org.stoa.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sees to it that the next job of every recurring kind waits. Its id follows from the kind and the
 * moment, so that however many nodes plan it, there is one.
 */
@Component
class Planner {
    private static final Logger log = LoggerFactory.getLogger(Planner.class);
    static final String EACH_SCHOOL = "-in-each-school";
    private static final int LOOK_SECONDS = 5;
    private static final Duration LONGEST_SPREAD = Duration.ofMinutes(10);

    private final Jobs jobs;
    private final RunStore store;
    private final JsonMapper json;
    private @Nullable ScheduledExecutorService timer;

    Planner(Jobs jobs, RunStore store, JsonMapper json) {
        this.jobs = jobs;
        this.store = store;
        this.json = json;
    }

    /** What the jobs that hand in one for each school carry. */
    record Moment() {}

    /** Registers the jobs that hand in a recurring one for each school. */
    void register() {
        for (var one : jobs.recurring().values()) {
            if (one.eachSchool()) {
                jobs.register(
                        new JobKind<>(
                                one.kind().name() + EACH_SCHOOL, Moment.class, one.kind().lane()),
                        moment -> fanOut(one));
            }
        }
    }

    private void fanOut(Jobs.Recurring one) {
        store.fanOut(
                one.kind().name(),
                json.writeValueAsString(one.payload()),
                one.kind().lane().priority(),
                spread(one));
    }

    // Over a tenth of the time there is, so that a night's work is not one moment's.
    private static Duration spread(Jobs.Recurring one) {
        var first = one.rhythm().after(Instant.EPOCH);
        var period = Duration.between(first, one.rhythm().after(first)).dividedBy(10);
        return period.compareTo(LONGEST_SPREAD) > 0 ? LONGEST_SPREAD : period;
    }

    void start(DatabaseClock clock) {
        var pool =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("job-planner").factory());
        timer = pool;
        pool.scheduleWithFixedDelay(() -> look(clock), 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look(DatabaseClock clock) {
        try {
            clock.refresh();
            plan(clock.now());
        } catch (RuntimeException e) {
            log.warn("Recurring jobs could not be planned now: {}", e.getMessage());
        }
    }

    /** Has the next job of each recurring kind after this moment wait. */
    void plan(Instant now) {
        for (var one : jobs.recurring().values()) {
            var kind = one.kind();
            var due = one.rhythm().after(now);
            var name = kind.name() + (one.eachSchool() ? EACH_SCHOOL : "");
            var id = UUID.nameUUIDFromBytes((name + " " + due).getBytes(StandardCharsets.UTF_8));
            var data = jobs.data(Job.PLATFORM, one.eachSchool() ? new Moment() : one.payload());
            store.plan(name, id.toString(), data, due, kind.lane().priority());
        }
    }

    void stop() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
