package org.stoa.enrollment;

import org.springframework.stereotype.Component;
import org.stoa.catalog.CourseEnrollments;

/** Tells the catalog of the caller's place in a course. */
@Component
class CoursePlaces {
    CoursePlaces(CourseEnrollments enrollments, Shelf shelf) {
        enrollments.toldBy(release ->
                shelf.standing(release.slug())
                        .filter(CourseStanding::enrolled)
                        .map(standing -> {
                            var progress = CourseProgress.of(release, standing.completed());
                            return new CourseEnrollments.Place(
                                    standing.open(),
                                    new CourseEnrollments.Progress(
                                            progress.completed(),
                                            progress.total(),
                                            progress.percent()));
                        })
                        .orElse(null));
    }
}
