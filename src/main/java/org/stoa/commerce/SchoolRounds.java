package org.stoa.commerce;

import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.stoa.jobs.Job;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organizations;

/** Hands in a round for some schools alone, one at a time for each. */
@Component
public class SchoolRounds {
    private final Jobs jobs;
    private final Organizations organizations;

    SchoolRounds(Jobs jobs, Organizations organizations) {
        this.jobs = jobs;
        this.organizations = organizations;
    }

    /** One that waits already is not handed in again. */
    public <P> void handIn(JobKind<P> kind, P payload, Collection<UUID> schools) {
        var round = Job.of(kind, payload).key("recurring");
        for (var id : schools) {
            organizations
                    .byId(id)
                    .ifPresent(school -> Caller.office(school).run(() -> jobs.enqueue(round)));
        }
    }
}
