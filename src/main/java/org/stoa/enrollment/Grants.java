package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.shared.Problem;

/**
 * Access that comes from elsewhere than the learner's own wish: what was bought, given, or
 * assigned. For the school's office; each call takes part in the transaction at hand.
 */
@Service
public class Grants {
    private final Enrollments enrollments;
    private final EnrollmentStore store;
    private final GrantStore grants;
    private final Clock clock;

    Grants(Enrollments enrollments, EnrollmentStore store, GrantStore grants, Clock clock) {
        this.enrollments = enrollments;
        this.store = store;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Gives somebody access, and a place where they have none. Given again under the same
     * reference, it is the same grant, with the end that is said last.
     *
     * @return {@link Enrolled.Full} with nothing written, where every place is taken
     * @throws Problem.NotFound when the person is no member of the school
     */
    @Transactional
    public Enrolled give(UUID person, UUID course, Grant grant) {
        if (!store.member(person)) {
            throw new Problem.NotFound(say("problem.noSuchMember"));
        }
        return enrollments.give(person, course, grant, clock.instant());
    }

    /**
     * Ends the access that comes from this, and no other. Who has none left gives their seat back;
     * what they learned is kept.
     *
     * @return how many had it
     */
    @Transactional
    public int end(Grant.Source source, String reference) {
        var now = clock.instant();
        var ended = grants.end(source, reference, now);
        ended.forEach(it -> enrollments.lapse(it.person(), it.course(), now));
        return ended.size();
    }

    /**
     * Has those whose last reason for access ended by the clock give their seats back.
     *
     * @return how many
     */
    @Transactional
    public int sweep() {
        var now = clock.instant();
        var over = grants.over(now);
        over.forEach(it -> enrollments.lapse(it.person(), it.course(), now));
        return over.size();
    }

    /**
     * Moves the end of the access that comes from this.
     *
     * @param until null for never
     */
    @Transactional
    public void prolong(Grant.Source source, String reference, @Nullable Instant until) {
        grants.prolong(source, reference, until);
    }
}
