package org.stoa.interop;

import org.stoa.identity.records.SchoolRecord;

/** The archive's README, for the person who opens it years later. */
final class Explanation {
    private static final String TEXT =
            """
            # %s

            A whole school, as Stoa wrote it. Every file opens with an editor or a spreadsheet.

            | file | holds |
            |---|---|
            | `school.yaml` | the school's name, address, language and time zone |
            | `people.csv` | everybody who belongs to it, with role and status; no passwords |
            | `courses.csv` | the courses: who began them, whether learners can read them, and the note of that release |
            | `teachers.csv` | who teaches which course: lead, assistant or reviewer |
            | `shared-lessons.csv` | lessons whose text stands in several courses: the same number for one text |
            | `courses/NAME/` | a course: `course.yaml`, its lessons in Markdown, its pictures and files |
            | `releases/NAME/` | the same course as learners read it, where its authors have changed it since |
            | `learning/enrollments.csv` | who has a place in which course, since when and why: a line for each reason |
            | `learning/progress.csv` | how far each of them is, lesson by lesson |

            Tables are CSV as RFC 4180 has it, in UTF-8, with times in UTC. A cell that begins with an
            apostrophe means what follows it: so no cell is taken for a formula. A lesson is named by
            its `id` in the `course.yaml` of its course.

            To bring it into another installation:

            ```
            ./stoa import THIS-FILE.zip --school NAME
            ```

            Not in here: passwords, signed-in devices and tokens; invitations; earlier releases of
            courses and earlier texts of lessons; groups of learners (cohorts) with their
            calendars; questions that are kept of cartridges.
            """;

    private Explanation() {}

    static String of(SchoolRecord school) {
        return TEXT.formatted(school.name());
    }
}
