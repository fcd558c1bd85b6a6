package org.stoa.catalog.people;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.access.Ownership;

/**
 * Which of a course's staff a route is for: {@code @Allowed(value = Who.TEACHER, of =
 * StaffWho.Edit.class)}. The course is the address's {@code slug} or {@code course}. Who does not
 * teach it is answered as if it were not there; who teaches it and may not do this is told so.
 */
public final class StaffWho {
    private StaffWho() {}

    /** Leads, assistants and reviewers. */
    @Component
    public static final class See extends OfCourse {
        See(CourseStaff staff) {
            super(staff, CourseRight.SEE);
        }
    }

    /** Leads and assistants. */
    @Component
    public static final class Edit extends OfCourse {
        Edit(CourseStaff staff) {
            super(staff, CourseRight.EDIT);
        }
    }

    /** Leads and assistants, for what is about the course's learners. */
    @Component
    public static final class SeeLearners extends OfCourse {
        SeeLearners(CourseStaff staff) {
            super(staff, CourseRight.LEARNERS);
        }
    }

    /** Leads. */
    @Component
    public static final class Lead extends OfCourse {
        Lead(CourseStaff staff) {
            super(staff, CourseRight.LEAD);
        }
    }

    /** Leads; where nobody leads the course, administrators alone. */
    @Component
    public static final class NamePeople extends OfCourse {
        NamePeople(CourseStaff staff) {
            super(staff, CourseRight.PEOPLE);
        }
    }

    private abstract static class OfCourse implements Ownership {
        private final CourseStaff staff;
        private final CourseRight right;

        OfCourse(CourseStaff staff, CourseRight right) {
            this.staff = staff;
            this.right = right;
        }

        @Override
        public boolean holds(Caller caller, Map<String, String> names) {
            var course = names.containsKey("slug") ? names.get("slug") : names.get("course");
            var standing = course == null ? null : staff.standing(course).orElse(null);
            if (standing != null && !standing.may(right)) {
                throw new Problem.Forbidden(right.refusal());
            }
            return standing != null;
        }
    }
}
