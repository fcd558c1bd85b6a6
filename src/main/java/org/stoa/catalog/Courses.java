package org.stoa.catalog;

import static org.stoa.shared.Words.say;

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

    Courses(DraftStore store) {
        this.store = store;
    }

    /** The whole draft; empty for callers who do not teach. */
    public Optional<Draft> draft(String slug) {
        return Caller.current().isAtLeast(Role.TEACHER) ? store.find(slug) : Optional.empty();
    }

    /** The same without the lessons' texts. */
    Optional<Draft> outline(String slug) {
        return Caller.current().isAtLeast(Role.TEACHER)
                ? store.find(slug, false)
                : Optional.empty();
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
        return new DraftLinks(draft);
    }

    /** The same, of a draft that was read already. */
    public Links links(Draft draft) {
        return new DraftLinks(draft);
    }

    private static Problem.NotFound noSuchCourse() {
        return new Problem.NotFound(say("problem.noSuchCourse"));
    }

    /** Those the caller teaches, the latest changed first. */
    public List<CourseLine> mine() {
        return store.mine();
    }
}
