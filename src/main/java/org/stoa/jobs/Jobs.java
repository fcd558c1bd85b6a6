package org.stoa.jobs;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Caller;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands in work. The job is a row in the transaction at hand: it exists if, and only if, the change
 * that caused it was kept, and it runs at least once, as the office of the school it was handed in
 * for. Whoever does the work must therefore bear doing it twice.
 */
@Component
public class Jobs {
    private final JobStore store;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;
    private final Map<String, Registered<?>> registered = new ConcurrentHashMap<>();

    Jobs(JobStore store, JsonMapper json, Ids ids, Clock clock) {
        this.store = store;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** Does one job, with the school's office as the bound caller; throws to be tried again. */
    @FunctionalInterface
    public interface Work<P> {
        void run(P payload);
    }

    record Registered<P>(JobKind<P> kind, Work<P> work) {}

    /** Says who does this kind of work; to be called while the program starts. */
    public <P> void register(JobKind<P> kind, Work<P> work) {
        registered.put(kind.name(), new Registered<>(kind, work));
    }

    /** Hands in a job for the current caller's school. */
    public <P> void enqueue(JobKind<P> kind, P payload) {
        var organization = Caller.current().school().id();
        var data = json.writeValueAsBytes(new JobData(organization, json.valueToTree(payload)));
        store.add(kind.name(), ids.next().toString(), data, clock.instant(), kind.lane());
    }

    Map<String, Registered<?>> registered() {
        return registered;
    }
}
