package org.stoa.messaging.discussion;

import static org.stoa.shared.Words.say;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStaff;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.enrollment.Shelf;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/** Who may enter the discussion of a lesson. */
@Component
class DiscussionRooms {
    private final Shelf shelf;
    private final Releases releases;
    private final CourseStaff staff;

    DiscussionRooms(Shelf shelf, Releases releases, CourseStaff staff) {
        this.shelf = shelf;
        this.releases = releases;
        this.staff = staff;
    }

    /**
     * A lesson that learners have now, before it is known whether the caller may enter.
     *
     * @param inside they have a place in the course that holds now
     * @param shut why the lesson is not open to them; empty where it is
     */
    record Room(Release release, ReleaseLesson lesson, boolean inside, String shut) {}

    /**
     * @param lesson its slug, or its id
     */
    Room find(String course, String lesson) {
        var standing =
                shelf.standing(course)
                        .filter(it -> it.releaseId() != null)
                        .orElseThrow(DiscussionRooms::nothing);
        var release = releases.byId(Objects.requireNonNull(standing.releaseId()));
        var at =
                release.lesson(lesson)
                        .or(() -> id(lesson).flatMap(release::lesson))
                        .orElseThrow(DiscussionRooms::nothing);
        return new Room(
                release, at, standing.open(), shelf.openings(release, standing).sentence(at));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    /** What the caller is in the course; null for who does not teach it. */
    @Nullable CourseStanding staff(Room room) {
        return Caller.current().isAtLeast(Role.TEACHER)
                ? staff.standing(room.release().slug()).orElse(null)
                : null;
    }

    /** Refuses whoever may not. */
    void enter(Room room, @Nullable CourseStanding staff) {
        if (staff != null) {
            return;
        }
        if (!room.inside()) {
            throw nothing();
        }
        if (!room.shut().isEmpty()) {
            throw new Problem.Forbidden(room.shut());
        }
    }

    /** Who only reviews a course reads its discussions. */
    static boolean writes(Room room, @Nullable CourseStanding staff) {
        return room.inside() || staff != null && staff.may(CourseRight.LEARNERS);
    }

    static Problem nothing() {
        return new Problem.NotFound(say("talk.nothing"));
    }
}
