package org.stoa.enrollment;

import java.util.HashMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.stoa.catalog.CourseEnrollments;
import org.stoa.catalog.CourseEnrollments.Lock;
import org.stoa.catalog.CourseEnrollments.Told;
import org.stoa.catalog.Release;

/** Tells the catalog of the caller's place in a course, and what of it is not open to them. */
@Component
class CoursePlaces {
    private final Shelf shelf;

    CoursePlaces(CourseEnrollments enrollments, Shelf shelf) {
        this.shelf = shelf;
        enrollments.toldBy(this::told);
    }

    private Told told(Release release) {
        var standing = shelf.standing(release.slug()).orElse(null);
        var openings = shelf.openings(release, standing);
        var locks = new HashMap<UUID, Lock>();
        for (var lesson : release.lessons()) {
            var opening = openings.of(lesson);
            if (!opening.open()) {
                locks.put(lesson.id(), new Lock(opening.at(), openings.sentence(lesson)));
            }
        }
        if (standing == null || !standing.enrolled()) {
            return new Told(null, locks);
        }
        var progress = CourseProgress.of(release, standing.completed());
        return new Told(
                new CourseEnrollments.Place(
                        standing.open(),
                        new CourseEnrollments.Progress(
                                progress.completed(), progress.total(), progress.percent())),
                locks);
    }
}
