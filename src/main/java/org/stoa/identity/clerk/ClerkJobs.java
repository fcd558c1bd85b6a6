package org.stoa.identity.clerk;

import java.time.Duration;
import org.springframework.stereotype.Component;
import org.stoa.identity.closing.Closures;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.JobKind.Lane;
import org.stoa.jobs.Jobs;
import org.stoa.jobs.Rhythm;

/**
 * What comes again and again: looking at everything Clerk has, where there is a key for that, and
 * erasing schools whose time is over.
 */
@Component
class ClerkJobs {
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(60);
    private static final Duration BETWEEN_ERASURES = Duration.ofMinutes(10);

    /** Nothing is to be said about it. */
    record Round() {}

    private static final JobKind<Round> LOOK =
            new JobKind<>("look-at-clerk", Round.class, Lane.DEFAULT).timeLimit(LONGEST_LOOK);
    private static final JobKind<Round> ERASE =
            new JobKind<>("erase-closed-schools", Round.class, Lane.BULK);

    ClerkJobs(
            Jobs jobs,
            ClerkSettings settings,
            ClerkReconciliation reconciliation,
            Closures closures) {
        if (!settings.secretKey().isEmpty()) {
            var rhythm = Rhythm.every(Duration.ofSeconds(settings.reconcileSeconds()));
            jobs.recur(LOOK, new Round(), rhythm, round -> reconciliation.look());
        }
        jobs.recur(
                ERASE, new Round(), Rhythm.every(BETWEEN_ERASURES), round -> closures.eraseDue());
    }
}
