package org.stoa.catalog.people;

import static org.stoa.shared.Words.say;

import java.util.Optional;
import org.springframework.stereotype.Service;
import org.stoa.shared.Problem;

/** Whether the caller may do something in a course. */
@Service
public class CourseStaff {
    private final CourseStaffStore store;

    CourseStaff(CourseStaffStore store) {
        this.store = store;
    }

    /** What the caller is in it; empty where there is no such course, or they do not teach it. */
    public Optional<CourseStanding> standing(String course) {
        return store.standing(course);
    }

    public boolean may(CourseRight right, String course) {
        return standing(course).filter(it -> it.may(right)).isPresent();
    }

    /**
     * @throws Problem.NotFound where there is no such course, or the caller does not teach it
     * @throws Problem.Forbidden when they teach it and may not do this
     */
    public void require(CourseRight right, String course) {
        var standing =
                standing(course).orElseThrow(() -> new Problem.NotFound(say("people.notYours")));
        if (!standing.may(right)) {
            throw new Problem.Forbidden(right.refusal());
        }
    }
}
