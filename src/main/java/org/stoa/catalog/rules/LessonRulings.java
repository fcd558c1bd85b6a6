package org.stoa.catalog.rules;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.Circles;
import org.stoa.catalog.CourseLockStore;
import org.stoa.catalog.LessonRules;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;

/**
 * Sets when lessons open, and to whom. It is part of the draft: learners notice with the next
 * release. Each write locks the course first, so no two make a circle between them.
 */
@Service
public class LessonRulings {
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_BEFORE = 50;

    private final LessonRuleStore store;
    private final CourseLockStore locks;
    private final Clock clock;

    LessonRulings(LessonRuleStore store, CourseLockStore locks, Clock clock) {
        this.store = store;
        this.locks = locks;
        this.clock = clock;
    }

    /**
     * @throws Problem.NotFound when the course has no such lesson, or it lies in the bin
     */
    public Ruling of(String course, UUID lesson) {
        return among(store.all(course), lesson);
    }

    /** All of the course's lessons, in its order. */
    public List<Ruling> of(String course) {
        return store.all(course).stream().filter(it -> !binned(it)).toList();
    }

    /**
     * @param seen the version that these were written over
     * @throws Problem.Invalid naming {@code opensAt}, {@code opensAfterDays} or {@code after}; of a
     *     circle of lessons that wait for each other it says which they are
     */
    @Transactional
    public Ruling.Written write(
            String course, UUID lesson, int seen, boolean hidden, LessonRules rules) {
        var draft = locks.lock(course).orElseThrow(LessonRulings::noSuchCourse);
        var all = store.all(course);
        var present = among(all, lesson);
        check(present, rules);
        var wanted = kept(rules);
        if (present.hidden() == hidden && same(present.rules(), wanted)) {
            return new Ruling.Written.Kept(present.version());
        }
        if (present.version() != seen) {
            return new Ruling.Written.Overtaken(present);
        }
        requireNoCircle(all, Map.of(lesson, Set.copyOf(wanted.after())));
        store.write(lesson, hidden, wanted);
        store.writeAfter(draft, lesson, wanted.after());
        locks.touch(draft, clock.instant());
        return new Ruling.Written.Kept(seen + 1);
    }

    /** What to do with many lessons at once. */
    public enum Bulk {
        HIDE,
        SHOW,
        REQUIRE,
        MAKE_OPTIONAL,
        /** Each opens when the one before it in the course is done. */
        ONE_AFTER_ANOTHER,
        /** They wait for nothing: no date, no days, no lesson. */
        OPEN
    }

    /**
     * All of the lessons or, where one of them is not there or would wait for itself, none.
     *
     * @param lessons in any order
     */
    @Transactional
    public void all(String course, Set<UUID> lessons, Bulk bulk) {
        var draft = locks.lock(course).orElseThrow(LessonRulings::noSuchCourse);
        var all = store.all(course);
        var order = all.stream().filter(it -> !binned(it)).toList();
        lessons.forEach(it -> among(all, it));
        var waits = new HashMap<UUID, Set<UUID>>();
        for (int i = 0; i < order.size(); i++) {
            var one = order.get(i);
            if (lessons.contains(one.lesson())) {
                var rules = changed(one.rules(), bulk, i == 0 ? List.of() : before(order, i));
                waits.put(one.lesson(), Set.copyOf(rules.after()));
                store.write(one.lesson(), hidden(one, bulk), rules);
                store.writeAfter(draft, one.lesson(), rules.after());
            }
        }
        requireNoCircle(all, waits);
        locks.touch(draft, clock.instant());
    }

    /** The lesson before this one, but for hidden ones, which learners do not have. */
    private static List<UUID> before(List<Ruling> order, int place) {
        return order.subList(0, place).reversed().stream()
                .filter(it -> !it.hidden())
                .limit(1)
                .map(Ruling::lesson)
                .toList();
    }

    private static boolean hidden(Ruling one, Bulk bulk) {
        return bulk == Bulk.HIDE || (one.hidden() && bulk != Bulk.SHOW);
    }

    private static LessonRules changed(LessonRules now, Bulk bulk, List<UUID> before) {
        return switch (bulk) {
            case HIDE, SHOW -> now;
            case REQUIRE -> required(now, true);
            case MAKE_OPTIONAL -> required(now, false);
            case ONE_AFTER_ANOTHER ->
                    new LessonRules(
                            now.required(),
                            now.taste(),
                            now.opensAt(),
                            now.opensAfterDays(),
                            before);
            case OPEN -> new LessonRules(now.required(), now.taste(), null, null, List.of());
        };
    }

    private static LessonRules required(LessonRules now, boolean required) {
        return new LessonRules(
                required, now.taste(), now.opensAt(), now.opensAfterDays(), now.after());
    }

    /** Each lesson once, in an order that does not matter. */
    private static LessonRules kept(LessonRules rules) {
        var after = new HashSet<>(rules.after()).stream().sorted().toList();
        return new LessonRules(
                rules.counts(), rules.taste(), rules.opensAt(), rules.opensAfterDays(), after);
    }

    private static boolean same(LessonRules one, LessonRules other) {
        return kept(one).equals(other);
    }

    private static void check(Ruling present, LessonRules rules) {
        var errors = new ArrayList<FieldError>();
        TypedMoment.check("opensAt", rules.opensAt(), errors);
        var days = rules.opensAfterDays();
        if (days != null && (days < 0 || days > MOST_DAYS)) {
            errors.add(new FieldError("opensAfterDays", say("rules.daysRange")));
        }
        if (rules.after().size() > MOST_BEFORE) {
            errors.add(new FieldError("after", say("rules.most")));
        }
        var known = new HashSet<UUID>();
        present.others().forEach(it -> known.add(it.id()));
        if (!known.containsAll(rules.after())) {
            errors.add(new FieldError("after", say("studio.noLessonHere")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
    }

    private static void requireNoCircle(List<Ruling> all, Map<UUID, Set<UUID>> changed) {
        var waits = new HashMap<UUID, Set<UUID>>();
        var titles = new HashMap<UUID, String>();
        for (var one : all) {
            waits.put(one.lesson(), Set.copyOf(one.rules().after()));
            titles.put(one.lesson(), one.title());
        }
        waits.putAll(changed);
        for (var lesson : changed.keySet()) {
            var circle = Circles.through(lesson, waits);
            if (!circle.isEmpty()) {
                throw new Problem.Invalid(
                        "after", say("rules.circle", Circles.said(circle, titles)));
            }
        }
    }

    private static boolean binned(Ruling one) {
        return one.others().stream().anyMatch(it -> it.id().equals(one.lesson()) && it.binned());
    }

    private static Ruling among(List<Ruling> all, UUID lesson) {
        return all.stream()
                .filter(it -> it.lesson().equals(lesson) && !binned(it))
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound(say("studio.noLessonHere")));
    }

    private static Problem.NotFound noSuchCourse() {
        return new Problem.NotFound(say("problem.noSuchCourse"));
    }
}
