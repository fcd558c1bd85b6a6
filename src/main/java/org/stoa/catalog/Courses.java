package org.stoa.catalog;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
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
