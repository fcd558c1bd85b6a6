package org.stoa.catalog.publishing;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.CourseNews;
import org.stoa.catalog.Release;
import org.stoa.catalog.Releases;
import org.stoa.catalog.publishing.RollbackStore.LessonRow;
import org.stoa.catalog.publishing.RollbackStore.ModuleRow;
import org.stoa.catalog.studio.Outlines;
import org.stoa.catalog.together.SharedTexts;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;

/**
 * Brings a draft back to a release: its texts, its outline, when its lessons open, and what the
 * course says of itself. Nothing is lost by it: texts that are written over are kept as versions,
 * lessons that the release does not have go to the bin.
 */
@Service
public class Rollbacks {
    private final RollbackStore store;
    private final Releases releases;
    private final Outlines outlines;
    private final SharedTexts shared;
    private final CourseNews news;
    private final Ids ids;
    private final Clock clock;

    Rollbacks(
            RollbackStore store,
            Releases releases,
            Outlines outlines,
            SharedTexts shared,
            CourseNews news,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.releases = releases;
        this.outlines = outlines;
        this.shared = shared;
        this.news = news;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A lesson whose text other courses share, and would get as the release has it.
     *
     * @param courses their titles
     */
    public record Affected(String title, List<String> courses) {}

    /**
     * What bringing the draft back changes in other drafts.
     *
     * @throws Problem.NotFound when the course has no such release
     */
    public List<Affected> affected(UUID course, int number) {
        var release =
                store.release(course, number)
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchRelease")));
        return store.writtenElsewhere(course, release);
    }

    /**
     * @throws Problem.NotFound when the school has no such course or release
     * @throws Problem.Conflict when a text of the release is not there any more, or one that stands
     *     in another course shows a file that would be another there
     */
    @Transactional
    public void bringBack(String slug, int number) {
        var course =
                shared.lock(slug)
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")))
                        .id();
        var release =
                store.release(course, number)
                        .map(releases::byId)
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchRelease")));
        if (store.textsMissing(release.id()) > 0) {
            throw new Problem.Conflict(say("studio.rollback.notKept", number));
        }
        var now = clock.instant();
        var modules = modules(course, release);
        store.writeModules(course, modules, now);
        var rows = lessons(release, modules);
        store.writeLessons(course, release.id(), rows, now);
        store.writeOrderOfLearning(course, rows);
        store.writeAbout(course, release.document(), now);
        store.writeFiles(course, release.id(), now);
        for (var clash : shared.written(course, now)) {
            throw new Problem.Conflict(clash.sentence());
        }
        outlines.broughtBack(course, number);
        news.changed(slug, null, 0);
    }

    /**
     * Each module as itself where it is known, else as one of the same title, else as a new one.
     */
    private List<ModuleRow> modules(UUID course, Release release) {
        var stoodIn = releases.stoodIn(release.id());
        var present = store.modules(course);
        var taken = new HashSet<UUID>();
        var rows = new ArrayList<ModuleRow>();
        for (var module : release.modules()) {
            var known =
                    module.lessons().stream()
                            .map(it -> stoodIn.get(it.id()))
                            .filter(it -> it != null && present.containsKey(it))
                            .filter(it -> !taken.contains(it))
                            .findFirst()
                            .or(() ->
                                    present.entrySet().stream()
                                            .filter(it -> it.getValue().equals(module.title()))
                                            .map(it -> it.getKey())
                                            .filter(it -> !taken.contains(it))
                                            .findFirst());
            var id = known.orElseGet(ids::next);
            taken.add(id);
            rows.add(new ModuleRow(id, rows.size() + 1, module.title()));
        }
        return rows;
    }

    private static List<LessonRow> lessons(Release release, List<ModuleRow> modules) {
        return release.lessons().stream()
                .map(it ->
                        new LessonRow(
                                it.id(),
                                modules.get(it.moduleIndex()).id(),
                                it.index() + 1,
                                it.slug(),
                                it.title(),
                                it.minutes(),
                                it.rules()))
                .toList();
    }
}
