package org.stoa.catalog.rules;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.Circles;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;

/** Sets on what terms courses take learners in, from now on and not with the next release. */
@Service
public class CourseTerms {
    private static final int MOST_PLACES = 1_000_000;
    private static final int MOST_BEFORE = 20;

    private final TermsStore store;
    private final ApplicationEventPublisher events;

    CourseTerms(TermsStore store, ApplicationEventPublisher events) {
        this.store = store;
        this.events = events;
    }

    /**
     * @throws Problem.NotFound when the school has no such course
     */
    public Terms of(String course) {
        return store.find(course).orElseThrow(CourseTerms::noSuchCourse);
    }

    /**
     * @param seen the version that these were set over
     * @throws Problem.Invalid naming {@code opensAt}, {@code closesAt}, {@code capacity} or {@code
     *     first}; of a circle of courses that come after each other it says which they are
     */
    @Transactional
    public Terms.Written write(String course, int seen, Terms.Wanted typed) {
        store.alone(of(course).course());
        var present = of(course);
        var wanted =
                new Terms.Wanted(
                        typed.opensAt(),
                        typed.closesAt(),
                        typed.capacity(),
                        new HashSet<>(typed.first()).stream().sorted().toList());
        var others = new HashMap<String, Terms.Before>();
        present.others().forEach(it -> others.put(it.slug(), it));
        check(present, wanted, others.keySet());
        if (present.wanted().equals(wanted)) {
            return new Terms.Written.Kept(present.version());
        }
        if (present.version() != seen) {
            return new Terms.Written.Overtaken(present);
        }
        var first =
                wanted.first().stream()
                        .map(it -> java.util.Objects.requireNonNull(others.get(it)).id())
                        .toList();
        requireNoCircle(present, first, others);
        store.write(present, wanted, first);
        if (wanted.capacity() == null) {
            store.unlimit(present.course());
        } else {
            store.limit(present.course(), wanted.capacity(), present.learners());
        }
        if (!java.util.Objects.equals(present.wanted().capacity(), wanted.capacity())) {
            events.publishEvent(new PlacesChanged(present.course()));
        }
        return new Terms.Written.Kept(seen + 1);
    }

    private static void check(Terms present, Terms.Wanted wanted, Set<String> known) {
        var errors = new ArrayList<FieldError>();
        TypedMoment.check("opensAt", wanted.opensAt(), errors);
        TypedMoment.check("closesAt", wanted.closesAt(), errors);
        if (wanted.opensAt() != null
                && wanted.closesAt() != null
                && !wanted.closesAt().isAfter(wanted.opensAt())) {
            errors.add(new FieldError("closesAt", say("rules.terms.ends")));
        }
        var capacity = wanted.capacity();
        if (capacity != null && (capacity < 0 || capacity > MOST_PLACES)) {
            errors.add(new FieldError("capacity", say("rules.number")));
        } else if (capacity != null && capacity < present.learners()) {
            errors.add(new FieldError("capacity", say("rules.terms.learners", present.learners())));
        }
        if (wanted.first().size() > MOST_BEFORE) {
            errors.add(new FieldError("first", say("rules.terms.most")));
        } else if (wanted.first().contains(present.slug())) {
            errors.add(new FieldError("first", say("rules.terms.itself")));
        } else if (!known.containsAll(wanted.first())) {
            errors.add(new FieldError("first", say("rules.terms.noCourse")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
    }

    private void requireNoCircle(
            Terms present, List<UUID> first, Map<String, Terms.Before> others) {
        var waits = new HashMap<>(store.waits());
        waits.put(present.course(), Set.copyOf(first));
        var circle = Circles.through(present.course(), waits);
        if (!circle.isEmpty()) {
            var titles = new HashMap<UUID, String>();
            titles.put(present.course(), present.title());
            others.values().forEach(it -> titles.put(it.id(), it.title()));
            throw new Problem.Invalid(
                    "first", say("rules.terms.circle", Circles.said(circle, titles)));
        }
    }

    private static Problem.NotFound noSuchCourse() {
        return new Problem.NotFound(say("problem.noSuchCourse"));
    }
}
