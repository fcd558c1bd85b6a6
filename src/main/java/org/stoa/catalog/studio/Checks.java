package org.stoa.catalog.studio;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.stoa.catalog.Courses;
import org.stoa.catalog.Draft;
import org.stoa.catalog.markdown.Links;
import org.stoa.catalog.markdown.Shortcomings;
import org.stoa.catalog.markdown.Shortcomings.Shortcoming;
import org.stoa.catalog.rules.LessonRulings;
import org.stoa.catalog.rules.Ruling;
import org.stoa.shared.Problem;

/** Looks a draft over for what its teacher would not want to publish unseen. */
@Service
public class Checks {
    private final Courses courses;
    private final LessonRulings rules;

    Checks(Courses courses, LessonRulings rules) {
        this.courses = courses;
        this.rules = rules;
    }

    /**
     * What there is to look at, the whole course first, then the lessons in their order.
     *
     * @throws Problem.NotFound when the school has no such course
     */
    public List<Check> of(String course) {
        var draft =
                courses.draft(course)
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
        var links = courses.links(draft);
        var found = new ArrayList<Check>();
        if (draft.lessons().isEmpty()) {
            found.add(new Check(null, draft.title(), 0, say("studio.check.noLesson")));
        }
        if (draft.summary().isBlank()) {
            found.add(new Check(null, draft.title(), 0, say("studio.check.noSummary")));
        }
        draft.modules().stream()
                .filter(it -> it.lessons().isEmpty())
                .forEach(it ->
                        found.add(new Check(null, it.title(), 0, say("studio.check.emptyModule"))));
        if (!draft.lessons().isEmpty() && draft.shown().lessons().isEmpty()) {
            found.add(new Check(null, draft.title(), 0, say("rules.check.allHidden")));
        }
        var rulings = new HashMap<UUID, Ruling>();
        rules.of(course).forEach(it -> rulings.put(it.lesson(), it));
        for (var lesson : draft.lessons()) {
            found.addAll(of(lesson, links));
            var ruling = rulings.get(lesson.id());
            if (ruling != null && !lesson.hidden()) {
                found.addAll(waits(ruling));
            }
        }
        return found;
    }

    /** Publishing leaves these out, so that nobody waits for what they cannot have. */
    private static List<Check> waits(Ruling ruling) {
        return ruling.others().stream()
                .filter(it -> ruling.rules().after().contains(it.id()))
                .filter(it -> it.hidden() || it.binned())
                .map(it ->
                        new Check(
                                ruling.lesson(),
                                ruling.title(),
                                0,
                                say(
                                        it.binned()
                                                ? "studio.check.waitsBinned"
                                                : "studio.check.waitsHidden",
                                        it.title())))
                .toList();
    }

    private static List<Check> of(Draft.Lesson lesson, Links links) {
        return Shortcomings.of(lesson.markdown(), links).stream()
                .map(it -> new Check(lesson.id(), lesson.title(), it.line(), sentence(it)))
                .toList();
    }

    static String sentence(Shortcoming it) {
        return switch (it.kind()) {
            case EMPTY -> say("studio.check.nothing");
            case NO_DESCRIPTION -> say("studio.check.picture", it.address());
            case NOT_ARRIVED -> say("studio.check.notArrived", it.address());
            case LEADS_NOWHERE -> say("studio.check.nowhere", it.address());
            case FORMULA -> say("studio.check.formula", it.address());
        };
    }
}
