package org.stoa.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Organizations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Works on due jobs: three schedulers, one for each lane, so that none waits for another's threads.
 */
@Component
@EnableConfigurationProperties(JobSettings.class)
class JobRunner implements SmartLifecycle {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final Duration NEVER = Duration.ofDays(36_500);
    private static final int MISSED_HEARTBEATS = 4;

    /** How many a thread may have before it, itself included, where jobs are quick. */
    private static final int AT_ONCE = 4;

    private final Jobs jobs;
    private final JobSettings settings;
    private final DataSource pool;
    private final DatabaseClock clock;
    private final JobExecution execution;
    private final Planner planner;
    private final TimeLimits limits = new TimeLimits(GRACE);
    private final String node;
    private final List<Scheduler> schedulers = new ArrayList<>();

    JobRunner(
            Jobs jobs,
            JobSettings settings,
            @Qualifier("servicePool") DataSource pool,
            RunStore store,
            Organizations organizations,
            Planner planner,
            JsonMapper json,
            java.security.SecureRandom random,
            Ids ids) {
        this.jobs = jobs;
        this.settings = settings;
        this.pool = pool;
        clock = new DatabaseClock(store::databaseTime, System::nanoTime);
        this.planner = planner;
        node = Nodes.name(ids);
        execution =
                new JobExecution(
                        jobs,
                        new JobRun.Parts(store, node),
                        organizations,
                        json,
                        new Retries(random),
                        limits,
                        clock);
    }

    @Override
    public void start() {
        if (!settings.enabled()) {
            return;
        }
        planner.register();
        for (var lane : JobKind.Lane.values()) {
            var scheduler = scheduler(lane);
            schedulers.add(scheduler);
            scheduler.start();
        }
        planner.start(clock);
    }

    private Scheduler scheduler(JobKind.Lane lane) {
        var kinds = jobs.registered().keySet();
        var pace = new LanePace(System::nanoTime);
        int threads = settings.threads(lane);
        var pick = new LanePickStore(lane, kinds, pace, threads * (AT_ONCE - 1));
        var tasks = new ArrayList<Task<?>>();
        kinds.forEach(
                kind -> tasks.add(new JobTask(kind, execution, pace, pick::lookFromTheBeginning)));
        return Scheduler.create(pool, tasks)
                .schedulerName(new SchedulerName.Fixed(node))
                .threads(threads)
                .executorService(
                        Executors.newFixedThreadPool(
                                threads,
                                Thread.ofPlatform().name("job-" + lane.word() + "-", 1).factory()))
                .pollUsingLockAndFetch(1.0, AT_ONCE)
                .jdbcCustomization(pick)
                .pollingInterval(settings.polling())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .deleteUnresolvedAfter(NEVER)
                .clock(clock)
                .serializer(new Bytes())
                .shutdownMaxWait(LONGEST_STOP)
                .build();
    }

    JobExecution execution() {
        return execution;
    }

    String node() {
        return node;
    }

    @Override
    public void stop() {
        planner.stop();
        // At once, for each waits for what it runs.
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            schedulers.forEach(it -> all.submit(() -> it.stop()));
        }
        schedulers.clear();
        execution.settle(LONGEST_STOP);
        limits.close();
    }

    @Override
    public boolean isRunning() {
        return !schedulers.isEmpty();
    }

    /** Looks for due jobs now; null is every lane. */
    void look(JobKind.@Nullable Lane lane) {
        for (var one : JobKind.Lane.values()) {
            if (!schedulers.isEmpty() && (lane == null || lane == one)) {
                schedulers.get(one.ordinal()).triggerCheckForDueExecutions();
            }
        }
    }

    /** The rows hold JSON already. */
    private static final class Bytes implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return (byte[]) data;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return type.cast(data);
        }
    }
}
