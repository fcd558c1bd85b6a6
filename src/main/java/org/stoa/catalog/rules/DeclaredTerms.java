package org.stoa.catalog.rules;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.stoa.catalog.TermsDeclared;
import org.stoa.catalog.source.Finding;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.WallClock;
import org.stoa.tenancy.WallClock.Read;

/** Sets the terms that a course's course.yaml declares. */
@Component
class DeclaredTerms {
    private final CourseTerms terms;
    private final TermsStore store;

    DeclaredTerms(CourseTerms terms, TermsStore store) {
        this.terms = terms;
        this.store = store;
    }

    @EventListener
    void on(TermsDeclared event) {
        var present = terms.of(event.course());
        var declared = event.terms();
        var first = new ArrayList<String>();
        for (var id : declared.after()) {
            store.byKey(id)
                    .ifPresentOrElse(
                            first::add,
                            () -> event.report().add(warning(say("rules.declared.noCourse", id))));
        }
        var zone = Caller.current().school().timeZone();
        var wanted =
                new Terms.Wanted(
                        moment(declared.opens(), zone),
                        moment(declared.closes(), zone),
                        declared.places(),
                        first);
        try {
            // Whoever brings the course in has its terms before them.
            terms.write(event.course(), present.version(), wanted);
        } catch (Problem.Invalid wrong) {
            wrong.errors()
                    .forEach(it ->
                            event.report()
                                    .add(warning(say("rules.declared.notSet", it.message()))));
        }
    }

    private static @Nullable Instant moment(String typed, ZoneId zone) {
        if (typed.isEmpty()) {
            return null;
        }
        return switch (WallClock.read(typed, zone)) {
            case Read.At(var at) -> at;
            case Read.Twice(var first, var second) -> first;
            case Read.Never(var instead) -> instead.atZone(zone).toInstant();
            case Read.Unreadable offset -> OffsetDateTime.parse(typed).toInstant();
        };
    }

    private static Finding warning(String message) {
        return Finding.warning("course.yaml", null, message);
    }
}
