package org.stoa.catalog;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.web.access.Ownership;

/**
 * Teachers change the courses they brought in and those that came in by the command line, which are
 * the school's own; administrators change all. The course is the address's {@code slug} or {@code
 * course}.
 */
@Component
public final class CourseAuthorship implements Ownership {
    private final Courses courses;

    CourseAuthorship(Courses courses) {
        this.courses = courses;
    }

    @Override
    public boolean holds(Caller caller, Map<String, String> names) {
        var slug = names.containsKey("slug") ? names.get("slug") : names.get("course");
        return slug != null && courses.mine(caller, slug);
    }
}
