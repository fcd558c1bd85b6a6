package org.stoa.catalog.reuse;

import static org.stoa.shared.Words.say;

import java.util.List;
import org.springframework.stereotype.Service;
import org.stoa.catalog.CourseExports;
import org.stoa.catalog.CourseImports;
import org.stoa.catalog.CourseLine;
import org.stoa.catalog.Courses;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStaff;
import org.stoa.catalog.studio.Outlines;
import org.stoa.catalog.studio.Typed;
import org.stoa.shared.Problem;

/**
 * Begins courses: empty, from a template, or as a copy of a course of the caller's. A copy has the
 * texts, the outline, the files and what the course says of itself; it has ids of its own, and none
 * of the learners, releases or earlier versions.
 */
@Service
public class Beginnings {
    private static final String TEMPLATE = "template:";
    private static final String COURSE = "course:";

    private final Templates templates;
    private final Outlines outlines;
    private final Courses courses;
    private final CourseStaff staff;
    private final CourseExports exports;
    private final CourseImports imports;

    Beginnings(
            Templates templates,
            Outlines outlines,
            Courses courses,
            CourseStaff staff,
            CourseExports exports,
            CourseImports imports) {
        this.templates = templates;
        this.outlines = outlines;
        this.courses = courses;
        this.staff = staff;
        this.exports = exports;
        this.imports = imports;
    }

    /** The courses that the caller may copy, the latest changed first. */
    List<CourseLine> copyable() {
        return courses.mine();
    }

    /**
     * @param from {@code template:NAME}, {@code course:ADDRESS}, or empty for nothing
     * @return the address of the new course
     * @throws Problem.Invalid for the field {@code title} or {@code from}
     */
    public String begin(String title, String from) {
        if (from.startsWith(TEMPLATE)) {
            var template = templates.named(from.substring(TEMPLATE.length()));
            return imports.begin(template.source(), Typed.title(title));
        }
        if (from.startsWith(COURSE)) {
            var slug = from.substring(COURSE.length());
            // One they do not teach is not theirs to copy: drafts are not for everybody.
            if (!staff.may(CourseRight.SEE, slug)) {
                throw new Problem.Invalid("from", say("studio.begin.noCopy"));
            }
            return imports.begin(exports.source(slug), Typed.title(title));
        }
        if (!from.isEmpty()) {
            throw new Problem.Invalid("from", say("studio.begin.choose"));
        }
        return outlines.begin(title);
    }
}
