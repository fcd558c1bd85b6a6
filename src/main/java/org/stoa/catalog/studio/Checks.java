package org.stoa.catalog.studio;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.stoa.catalog.Courses;
import org.stoa.catalog.Draft;
import org.stoa.catalog.markdown.Links;
import org.stoa.catalog.markdown.Shortcomings;
import org.stoa.catalog.markdown.Shortcomings.Shortcoming;
import org.stoa.shared.Problem;

/** Looks a draft over for what its teacher would not want to publish unseen. */
@Service
public class Checks {
    private final Courses courses;

    Checks(Courses courses) {
        this.courses = courses;
    }

    /**
     * What there is to look at, the whole course first, then the lessons in their order.
     *
     * @throws Problem.NotFound when the school has no such course
     */
    public List<Check> of(String course) {
        var draft =
                courses.draft(course)
                        .orElseThrow(() -> new Problem.NotFound("There is no such course."));
        var links = courses.links(course);
        var found = new ArrayList<Check>();
        if (draft.lessons().isEmpty()) {
            found.add(new Check(null, draft.title(), 0, "The course has no lesson yet."));
        }
        if (draft.summary().isBlank()) {
            found.add(
                    new Check(
                            null,
                            draft.title(),
                            0,
                            "The course has no summary; the catalog would show none."));
        }
        draft.modules().stream()
                .filter(it -> it.lessons().isEmpty())
                .forEach(it ->
                        found.add(
                                new Check(
                                        null,
                                        it.title(),
                                        0,
                                        "This module has no lesson; learners would not see it.")));
        draft.lessons().forEach(it -> found.addAll(of(it, links)));
        return found;
    }

    private static List<Check> of(Draft.Lesson lesson, Links links) {
        return Shortcomings.of(lesson.markdown(), links).stream()
                .map(it -> new Check(lesson.id(), lesson.title(), it.line(), sentence(it)))
                .toList();
    }

    private static String sentence(Shortcoming it) {
        return switch (it.kind()) {
            case EMPTY -> "There is nothing to read in this lesson.";
            case NO_DESCRIPTION ->
                    "The picture "
                            + it.address()
                            + " has no description for those who do not see it.";
            case LEADS_NOWHERE -> "Nothing in the course is at " + it.address() + ".";
        };
    }
}
