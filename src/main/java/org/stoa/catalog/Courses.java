package org.stoa.catalog;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.stoa.catalog.markdown.Links;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/** The school's courses as its teachers work on them. */
@Service
public class Courses {
    private final DraftStore store;
    private final MediaFiles media;

    Courses(DraftStore store, MediaFiles media) {
        this.store = store;
        this.media = media;
    }

    /** The whole draft; empty for callers who do not teach. */
    public Optional<Draft> draft(String slug) {
        return Caller.current().isAtLeast(Role.TEACHER) ? store.find(slug) : Optional.empty();
    }

    /**
     * Where the links in the draft's lessons will lead once it is published.
     *
     * @throws Problem.NotFound when the school has no such course, or the caller does not teach
     */
    public Links links(String slug) {
        var caller = Caller.current();
        if (!caller.isAtLeast(Role.TEACHER)) {
            throw noSuchCourse();
        }
        var draft = store.find(slug, false).orElseThrow(Courses::noSuchCourse);
        return new DraftLinks(draft, media, caller.school().id());
    }

    private static Problem.NotFound noSuchCourse() {
        return new Problem.NotFound("There is no such course.");
    }

    /** Those the caller may change, the latest changed first. */
    List<CourseLine> mine() {
        var caller = Caller.current();
        return caller.isAtLeast(Role.ADMIN) ? store.all() : store.of(caller.personId());
    }

    /** Whether the caller may change this course; false where there is none. */
    boolean mine(Caller caller, String slug) {
        if (!caller.isAtLeast(Role.TEACHER)) {
            return false;
        }
        return caller.isAtLeast(Role.ADMIN)
                ? store.exists(slug)
                : store.teaches(slug, caller.personId());
    }
}
