package org.stoa.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organizations;
import tools.jackson.databind.json.JsonMapper;

/** Takes due jobs, binds each to its own school, and tries again what failed. */
@Component
class JobRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final int THREADS = 3;
    private static final int LONGEST_WAIT_EXPONENT = 12;

    private final Jobs jobs;
    private final DataSource servicePool;
    private final Organizations organizations;
    private final JsonMapper json;
    private final RandomGenerator random;
    private final Clock clock;
    private final boolean enabled;
    private @Nullable Scheduler scheduler;

    JobRunner(
            Jobs jobs,
            @Qualifier("servicePool") DataSource servicePool,
            Organizations organizations,
            JsonMapper json,
            java.security.SecureRandom random,
            Clock clock,
            @Value("${stoa.jobs.enabled:true}") boolean enabled) {
        this.jobs = jobs;
        this.servicePool = servicePool;
        this.organizations = organizations;
        this.json = json;
        this.random = random;
        this.clock = clock;
        this.enabled = enabled;
    }

    @Override
    public void start() {
        if (!enabled) {
            return;
        }
        var tasks = new ArrayList<Task<?>>();
        jobs.registered().values().forEach(one -> tasks.add(task(one)));
        scheduler =
                Scheduler.create(servicePool, List.copyOf(tasks))
                        .threads(THREADS)
                        .pollUsingLockAndFetch(1.0, 4.0)
                        .pollingInterval(Duration.ofSeconds(1))
                        .enablePriority()
                        .serializer(new Bytes())
                        .shutdownMaxWait(Duration.ofSeconds(10))
                        .build();
        scheduler.start();
    }

    private <P> Task<byte[]> task(Jobs.Registered<P> registered) {
        return Tasks.oneTime(registered.kind().name(), byte[].class)
                .defaultPriority(registered.kind().lane().priority())
                .onFailure(this::tryAgain)
                .execute((instance, context) -> run(registered, instance.getData()));
    }

    private <P> void run(Jobs.Registered<P> registered, byte[] data) {
        var job = json.readValue(data, JobData.class);
        var payload = json.treeToValue(job.payload(), registered.kind().payload());
        var organization = organizations.byId(job.organization());
        if (organization.isEmpty()) {
            log.warn("A job of kind {} was for a school that is gone", registered.kind().name());
            return;
        }
        Caller.office(organization.get()).run(() -> registered.work().run(payload));
    }

    /** After 1, 2, 4, … seconds, up to an hour or so, with jitter, for as long as it takes. */
    private void tryAgain(ExecutionComplete complete, ExecutionOperations<byte[]> operations) {
        int failures = complete.getExecution().consecutiveFailures;
        long seconds = 1L << Math.min(failures, LONGEST_WAIT_EXPONENT);
        long jittered = seconds * 1_000 + random.nextLong(seconds * 500 + 1);
        log.warn(
                "A job of kind {} failed {} times; trying again in {} ms",
                complete.getExecution().taskInstance.getTaskName(),
                failures + 1,
                jittered,
                complete.getCause().orElse(null));
        operations.reschedule(complete, clock.instant().plusMillis(jittered));
    }

    @Override
    public void stop() {
        if (scheduler != null) {
            scheduler.stop();
            scheduler = null;
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
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
