package org.stoa.catalog.studio;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.shared.Problem;

/** What was done to an outline, by whom and when, and how it is undone. */
@Service
public class OutlineHistory {
    private final OutlineLogStore log;
    private final Outlines outlines;
    private final Clock clock;

    OutlineHistory(OutlineLogStore log, Outlines outlines, Clock clock) {
        this.log = log;
        this.outlines = outlines;
        this.clock = clock;
    }

    /** The latest first, 200 at most. */
    public List<OutlineChange> of(UUID course) {
        return log.of(course);
    }

    /**
     * Does the opposite of a change, which is a change of its own.
     *
     * @throws Problem.NotFound when the course has no such change
     * @throws Problem.Conflict when it was undone before, or what it was about is not there any
     *     more
     */
    @Transactional
    public void undo(String course, UUID change) {
        var draft = outlines.of(course).courseId();
        var undo =
                log.undone(draft, change, clock.instant())
                        .orElseThrow(() -> new Problem.Conflict(say("studio.history.notUndone")));
        try {
            if (!undo.bin().isEmpty()) {
                outlines.bin(course, undo.bin());
            }
            if (!undo.restore().isEmpty()) {
                outlines.restore(course, undo.restore());
            }
            for (var place : undo.places()) {
                outlines.moveLessons(
                        course, List.of(place.lesson()), place.module(), place.before());
            }
            var module = undo.module();
            var title = undo.title();
            if (module != null && title != null) {
                var seen =
                        outlines.of(course).modules().stream()
                                .filter(it -> it.id().equals(module))
                                .mapToInt(Outline.Module::version)
                                .findFirst()
                                .orElse(0);
                outlines.renameModule(course, module, seen, title);
            } else if (module != null) {
                outlines.moveModule(course, module, undo.before());
            }
        } catch (Problem.NotFound gone) {
            throw new Problem.Conflict(say("studio.history.notThere"));
        }
    }
}
