package org.stoa.enrollment.cohorts;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.rules.LessonRulings;
import org.stoa.catalog.rules.TypedMoment;
import org.stoa.enrollment.Enrolled;
import org.stoa.enrollment.Enrollments;
import org.stoa.shared.Characters;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;

/** Groups that go through a course together, and who is in them. */
@Service
public class Cohorts {
    private static final int LONGEST_NAME = 120;
    private static final int MOST_PLACES = 1_000_000;

    private final CohortStore store;
    private final Enrollments enrollments;
    private final LessonRulings lessons;
    private final Ids ids;
    private final Clock clock;

    Cohorts(
            CohortStore store,
            Enrollments enrollments,
            LessonRulings lessons,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.enrollments = enrollments;
        this.lessons = lessons;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of changing one. */
    public sealed interface Written {
        record Kept(int version) implements Written {}

        /** Somebody else changed it since; nothing was. */
        record Overtaken(Cohort theirs) implements Written {}
    }

    /**
     * Those of a course, the first to begin first.
     *
     * @throws Problem.NotFound when the school has no such course
     */
    public List<Cohort> of(String course) {
        return store.all(course(course));
    }

    /** The same, of a course that was read already. */
    public List<Cohort> of(UUID course) {
        return store.all(course);
    }

    /**
     * @throws Problem.NotFound when the course has no such cohort
     */
    public Cohort.Roll roll(String course, UUID cohort) {
        var found = store.find(course(course), cohort).orElseThrow(Cohorts::noSuchCohort);
        return new Cohort.Roll(found, store.learners(cohort));
    }

    /**
     * @throws Problem.Invalid for {@code name}, {@code startsAt}, {@code capacity} or {@code
     *     calendar.ID}
     */
    @Transactional
    public UUID add(String course, Cohort.Wanted wanted) {
        check(course, wanted, 0);
        var id = ids.next();
        store.add(id, course(course), named(wanted), clock.instant());
        return id;
    }

    /**
     * @param seen the version that this was written over
     */
    @Transactional
    public Written write(String course, UUID cohort, int seen, Cohort.Wanted typed) {
        var present = store.lock(course(course), cohort).orElseThrow(Cohorts::noSuchCohort);
        check(course, typed, present.taken());
        var wanted = named(typed);
        if (present.wanted().equals(wanted)) {
            return new Written.Kept(present.version());
        }
        if (present.version() != seen) {
            return new Written.Overtaken(present);
        }
        store.write(cohort, wanted);
        return new Written.Kept(seen + 1);
    }

    /**
     * Takes an empty cohort away.
     *
     * @throws Problem.Conflict while somebody is in it
     */
    @Transactional
    public void remove(String course, UUID cohort) {
        var present = store.lock(course(course), cohort).orElseThrow(Cohorts::noSuchCohort);
        if (present.taken() > 0) {
            throw new Problem.Conflict(say("rules.groups.notEmpty", present.name()));
        }
        store.archive(cohort, clock.instant());
    }

    /**
     * Puts a member of the school into a cohort, and so into the course.
     *
     * @throws Problem.Invalid for {@code email}, where nobody here has it or no place is free
     */
    @Transactional
    public void put(String course, UUID cohort, String email) {
        var where = course(course);
        if (store.find(where, cohort).isEmpty()) {
            throw noSuchCohort();
        }
        var person =
                store.member(email.strip())
                        .orElseThrow(
                                () -> new Problem.Invalid("email", say("rules.groups.noMember")));
        if (enrollments.admit(where, person, cohort) instanceof Enrolled.Full) {
            throw new Problem.Invalid("email", say("rules.groups.full"));
        }
    }

    /**
     * Takes somebody out; access that they have for another reason stays.
     *
     * @throws Problem.NotFound when they are not in it
     */
    @Transactional
    public void takeOut(String course, UUID cohort, UUID person) {
        enrollments.dismiss(course(course), person, cohort);
    }

    private static Cohort.Wanted named(Cohort.Wanted wanted) {
        return new Cohort.Wanted(
                wanted.name().strip(),
                wanted.startsAt(),
                wanted.joinable(),
                wanted.capacity(),
                wanted.calendar());
    }

    private void check(String course, Cohort.Wanted wanted, int taken) {
        var errors = new ArrayList<FieldError>();
        var name = wanted.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            errors.add(new FieldError("name", say("rules.groups.name")));
        } else if (name.codePoints().anyMatch(Characters::hidden)) {
            errors.add(new FieldError("name", say("rules.groups.unseen")));
        }
        TypedMoment.check("startsAt", wanted.startsAt(), errors);
        var capacity = wanted.capacity();
        if (capacity != null && (capacity < 0 || capacity > MOST_PLACES)) {
            errors.add(new FieldError("capacity", say("rules.number")));
        } else if (capacity != null && capacity < taken) {
            errors.add(new FieldError("capacity", say("rules.groups.inAlready", taken)));
        }
        var known = lessons.of(course).stream().map(it -> it.lesson()).toList();
        wanted.calendar()
                .forEach((lesson, at) -> {
                    TypedMoment.check("calendar." + lesson, at, errors);
                    if (!known.contains(lesson)) {
                        errors.add(
                                new FieldError("calendar." + lesson, say("studio.noLessonHere")));
                    }
                });
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
    }

    private UUID course(String slug) {
        return store.course(slug)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
    }

    private static Problem.NotFound noSuchCohort() {
        return new Problem.NotFound(say("rules.groups.noSuch"));
    }
}
