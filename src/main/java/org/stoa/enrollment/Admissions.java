package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.catalog.Releases;
import org.stoa.enrollment.Admission.CourseName;
import org.stoa.enrollment.AdmissionStore.Terms;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/** Who may take a place in which course. */
@Service
public class Admissions {
    private final AdmissionStore store;
    private final Releases releases;
    private final Clock clock;

    Admissions(AdmissionStore store, Releases releases, Clock clock) {
        this.store = store;
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * What the caller is told before they ask for a place.
     *
     * @param cohorts those they can join the course in
     * @param sold whether it has a price
     */
    record Offer(
            UUID course, Admission admission, List<AdmissionStore.Group> cohorts, boolean sold) {}

    /**
     * @throws Problem.NotFound when the school has no published course of this name
     */
    Offer of(String slug) {
        var now = clock.instant();
        var terms =
                store.terms(slug, Caller.current().person(), now).orElseThrow(Admissions::noCourse);
        var admission = admission(terms, now);
        boolean welcome =
                admission instanceof Admission.Open || admission instanceof Admission.ForSale;
        return new Offer(
                terms.course(),
                welcome && terms.full() ? new Admission.Full() : admission,
                terms.cohorts(),
                !terms.prices().isEmpty());
    }

    /** What stands between the caller and the course, if anything does: whether they may buy it. */
    public Admission to(String slug) {
        return of(slug).admission();
    }

    /** Whether the caller may come in now, by what cannot change until the transaction ends. */
    Offer hold(String slug, Instant now) {
        var terms =
                store.hold(slug, Caller.current().personId(), now)
                        .orElseThrow(Admissions::noCourse);
        return new Offer(
                terms.course(), admission(terms, now), terms.cohorts(), !terms.prices().isEmpty());
    }

    private Admission admission(Terms terms, Instant now) {
        if (isAfter(terms.opensAt(), now)) {
            return new Admission.NotYet(java.util.Objects.requireNonNull(terms.opensAt()));
        }
        if (terms.closesAt() != null && !isAfter(terms.closesAt(), now)) {
            return new Admission.Closed(terms.closesAt());
        }
        var first =
                terms.first().stream()
                        .filter(it -> !finished(it))
                        .map(it -> new CourseName(it.slug(), releases.byId(it.release()).title()))
                        .toList();
        if (!first.isEmpty()) {
            return new Admission.First(first);
        }
        return terms.prices().isEmpty() || terms.granted()
                ? new Admission.Open()
                : new Admission.ForSale(terms.prices());
    }

    private boolean finished(AdmissionStore.Before course) {
        return CourseProgress.of(releases.byId(course.release()), course.done()).finished();
    }

    private static boolean isAfter(@Nullable Instant at, Instant now) {
        return at != null && at.isAfter(now);
    }

    private static Problem noCourse() {
        return new Problem.NotFound(say("problem.noCourseHere"));
    }
}
