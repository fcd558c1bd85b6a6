package org.stoa.enrollment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.rules.Opening;
import org.stoa.catalog.rules.Openings;
import org.stoa.enrollment.LearningPages.Standing;
import org.stoa.enrollment.PlayerPages.Lock;
import org.stoa.enrollment.PlayerPages.Part;
import org.stoa.enrollment.PlayerPages.PlayerView;
import org.stoa.enrollment.PlayerPages.Step;
import org.stoa.enrollment.PlayerPages.Way;

/** What the player shows of a release to somebody who stands in it so. */
public final class Player {
    private final Release release;
    private final CourseStanding standing;
    private final Openings openings;
    private final Way way;

    public Player(Release release, CourseStanding standing, Openings openings, Way way) {
        this.release = release;
        this.standing = standing;
        this.openings = openings;
        this.way = way;
    }

    /** Where learners go. */
    static Way learning(Release release) {
        return new Way(
                "/learn/" + release.slug() + "/",
                "",
                "/courses/" + release.slug(),
                "",
                lesson -> "");
    }

    public PlayerView open(ReleaseLesson at, String html) {
        return view(at, html, null);
    }

    public PlayerView locked(ReleaseLesson at) {
        var opening = openings.of(at);
        var first = opening.before().stream().map(this::step).toList();
        var why = opening instanceof Opening.Later later ? later.why() : null;
        return view(at, "", new Lock(opening.at(), why, first, opening instanceof Opening.Outside));
    }

    private PlayerView view(ReleaseLesson at, String html, @Nullable Lock lock) {
        var outline = new ArrayList<Part>(release.modules().size());
        for (var module : release.modules()) {
            outline.add(part(module.title(), module.lessons()));
        }
        var afterwards = openings.done(at);
        var next = PlayerPages.onward(release, afterwards, at).orElse(null);
        var waiting = next == null ? afterwards.waiting().orElse(null) : null;
        return new PlayerView(
                way,
                release.slug(),
                release.title(),
                outline.stream().mapToInt(Part::completed).sum(),
                release.counted().size(),
                at.index() + 1,
                release.lessons().size(),
                release.strokes(),
                outline,
                at.id(),
                at.slug(),
                at.number(),
                at.title(),
                at.moduleIndex() + 1,
                at.minutes(),
                release.counts(at),
                standing(at),
                standing.positions().getOrDefault(at.id(), 0),
                html,
                release.document().language(),
                previous(at),
                next == null ? null : step(next),
                waiting == null ? null : step(waiting),
                next == null || !way.isPreview()
                        ? null
                        : way.before() + next.slug() + way.afterwards().apply(at),
                lock,
                standing.open());
    }

    private @Nullable Step previous(ReleaseLesson at) {
        return release.lessons().subList(0, at.index()).reversed().stream()
                .filter(openings::open)
                .findFirst()
                .map(this::step)
                .orElse(null);
    }

    private Part part(String title, List<ReleaseLesson> lessons) {
        int done = 0;
        int total = 0;
        var steps = new ArrayList<Step>(lessons.size());
        for (var lesson : lessons) {
            var step = step(lesson);
            if (step.counts()) {
                total++;
                done += step.standing() == Standing.DONE ? 1 : 0;
            }
            steps.add(step);
        }
        return new Part(title, done, total, steps);
    }

    private Step step(ReleaseLesson lesson) {
        var opening = openings.of(lesson);
        return new Step(
                lesson.id(),
                lesson.slug(),
                lesson.number(),
                lesson.title(),
                lesson.minutes(),
                standing(lesson),
                release.counts(lesson),
                !opening.open(),
                opening.at());
    }

    private Standing standing(ReleaseLesson lesson) {
        if (standing.completed().contains(lesson.id())) {
            return Standing.DONE;
        }
        return standing.positions().containsKey(lesson.id()) ? Standing.STARTED : Standing.NEW;
    }
}
