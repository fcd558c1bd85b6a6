package org.stoa.jobs;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Caller;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands in work. The job is a row in the transaction at hand (of the service database, where one of
 * its transactions is under way): it exists if, and only if, the change that caused it was kept. It
 * runs as the office of the school it was handed in for, at least once; what it writes is written
 * once where its work is {@linkplain JobKind#inOneTransaction one transaction} or ends with {@link
 * #finish}.
 */
@Component
public class Jobs {
    private final JobStore store;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;
    private final Ids ids;
    private final Map<String, Registered<?>> registered = new ConcurrentHashMap<>();
    private final Map<String, Recurring> recurring = new ConcurrentHashMap<>();

    Jobs(
            JobStore store,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            JsonMapper json,
            Ids ids) {
        this.store = store;
        this.events = events;
        this.transactions = new TransactionTemplate(transactions);
        this.json = json;
        this.ids = ids;
    }

    /** Does one job, with the school's office as the bound caller; throws to be tried again. */
    @FunctionalInterface
    public interface Work<P> {
        void run(P payload) throws Exception;
    }

    /**
     * Thrown by work that would fail in the same way however often it was tried: the job is dead at
     * once, and a person decides. The message is the reason they read.
     */
    public static class Hopeless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Hopeless(String why) {
            super(why);
        }
    }

    record Registered<P>(JobKind<P> kind, Work<P> work) {}

    record Recurring(JobKind<?> kind, Object payload, Rhythm rhythm, boolean eachSchool) {}

    /** Says who does this kind of work; to be called while the program starts. */
    public <P> void register(JobKind<P> kind, Work<P> work) {
        registered.put(kind.name(), new Registered<>(kind, work));
    }

    /**
     * Has a job of the platform done again and again, once on however many nodes. A round that
     * fails is tried again with growing waits, and at the next moment of its rhythm at the latest:
     * it is never dead for having failed, and no second round waits beside it.
     */
    public <P> void recur(JobKind<P> kind, P payload, Rhythm rhythm, Work<P> work) {
        register(kind, work);
        recurring.put(kind.name(), new Recurring(kind, payload, rhythm, false));
    }

    /** The same for each school, as its office. */
    public <P> void recurInEachSchool(JobKind<P> kind, P payload, Rhythm rhythm, Work<P> work) {
        register(kind, work);
        recurring.put(kind.name(), new Recurring(kind, payload, rhythm, true));
    }

    /** Hands in a job for the current caller's school. */
    public <P> UUID enqueue(JobKind<P> kind, P payload) {
        return enqueue(Job.of(kind, payload));
    }

    /** The same, to be done at a time, or as soon as may be after it. */
    public <P> UUID enqueue(JobKind<P> kind, P payload, Instant due) {
        return enqueue(Job.of(kind, payload).at(due));
    }

    /** Hands in a job, and says which it is: one with the same key may have waited already. */
    public <P> UUID enqueue(Job<P> job) {
        var organization = job.organization();
        if (organization == null) {
            organization = Caller.current().school().id();
        }
        var data = data(organization, job.payload());
        return store.add(
                new JobStore.Row(job.kind().name(), ids.next(), data, organization),
                job.kind().lane(),
                job.due(),
                job.key());
    }

    /**
     * Takes back a job of the current caller's school, or of the platform where no school is bound.
     * One that runs may have called others already, but nothing that it writes from now on is kept.
     *
     * @return false when it has ended, or there is none
     */
    public boolean cancel(UUID job) {
        var caller = Caller.currentOrNull();
        var school = caller == null ? null : caller.organization();
        return cancel(job, school == null ? Job.PLATFORM : school.id(), "");
    }

    /**
     * The same, at an administrator's wish.
     *
     * @param school null for any job of the installation
     * @param who is written down with it
     */
    public boolean cancel(UUID job, @Nullable UUID school, String who) {
        boolean cancelled = store.cancel(job, school, who);
        if (cancelled) {
            events.publishEvent(new JobCancelled(job));
        }
        return cancelled;
    }

    /**
     * Has a dead job of the current caller's school wait again, as if it were new.
     *
     * @param who is written down with it
     * @return false when there is none, or it is not dead
     */
    public boolean replay(UUID job, String who) {
        return store.replay(job, Caller.current().school().id(), who);
    }

    /** The names of the kinds that this program knows. */
    public Set<String> kinds() {
        return Set.copyOf(registered.keySet());
    }

    /**
     * Runs the work as one transaction that ends the job under way as well, so that its effects are
     * written once. If it throws, nothing of it is kept, and the job has not ended. Outside of a
     * job it is a transaction alone.
     */
    public void finish(Runnable work) {
        JobRun.finishing(transactions, work);
    }

    byte[] data(UUID organization, Object payload) {
        return json.writeValueAsBytes(new JobData(organization, json.valueToTree(payload)));
    }

    @Nullable Registered<?> registered(String kind) {
        return registered.get(kind);
    }

    Map<String, Registered<?>> registered() {
        return registered;
    }

    /** Of what recurs, or hands in what recurs in each school; null for other kinds. */
    @Nullable Rhythm rhythm(String kind) {
        var one = recurring.get(kind);
        if (one == null && kind.endsWith(Planner.EACH_SCHOOL)) {
            one = recurring.get(kind.substring(0, kind.length() - Planner.EACH_SCHOOL.length()));
        }
        return one == null ? null : one.rhythm();
    }

    Map<String, Recurring> recurring() {
        return recurring;
    }
}
