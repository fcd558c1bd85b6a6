package org.stoa.catalog.studio;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.CourseShape;
import org.stoa.catalog.Difference;
import org.stoa.catalog.Difference.Kind;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;

/**
 * How a draft stands to what learners read.
 *
 * @param current number of the release they read, 0 for none
 * @param publishedAt when; null for none
 * @param next the number that the next release will have
 * @param changes what they would find changed; empty while there is no release
 * @param touched whether the draft was written since, be it without any change to see
 */
public record DraftState(
        int current,
        @Nullable Instant publishedAt,
        int next,
        List<Difference> changes,
        boolean touched,
        CourseDesk.@Nullable Scheduled scheduled) {

    public static DraftState of(CourseDesk desk, Releases releases) {
        var id = desk.currentReleaseId();
        if (id == null) {
            return new DraftState(0, null, desk.nextRelease(), List.of(), true, desk.scheduled());
        }
        var release = releases.byId(id);
        return new DraftState(
                release.number(),
                release.publishedAt(),
                desk.nextRelease(),
                since(desk, release),
                desk.outline().updatedAt().isAfter(release.publishedAt()),
                desk.scheduled());
    }

    /** {@code 4 changes since release 4}. */
    public String words() {
        if (current == 0) {
            return say("studio.releases.none");
        }
        return say("studio.changesSince", changes.size(), current);
    }

    /** Whether there is something to publish, as far as can be told. */
    public boolean publishable() {
        return current == 0 || !changes.isEmpty() || touched;
    }

    /** What learners would find changed, were the draft published now. */
    static List<Difference> since(CourseDesk desk, Release release) {
        var outline = desk.outline();
        var lessons =
                outline.lessons().stream().collect(Collectors.toMap(Outline.Lesson::id, it -> it));
        var shape =
                new CourseShape(
                        CourseShape.about(
                                outline.title(),
                                desk.summary(),
                                desk.category(),
                                desk.tags(),
                                desk.level(),
                                desk.language(),
                                desk.outcomes()),
                        parts(outline));
        var found =
                new ArrayList<>(
                        shape.since(
                                CourseShape.of(release.document()),
                                id -> lessons.containsKey(id) && lessons.get(id).changed(),
                                id -> lessons.containsKey(id) && lessons.get(id).moved()));
        outline.lessons().stream()
                .filter(it -> !it.hidden() && ruled(it, release, lessons))
                .forEach(it -> found.add(new Difference(Kind.RULES, it.id(), it.title(), "")));
        return List.copyOf(found);
    }

    /**
     * Whether it opens otherwise; of what is to be done before, what learners do not see is no
     * matter.
     */
    private static boolean ruled(
            Outline.Lesson lesson, Release release, Map<UUID, Outline.Lesson> lessons) {
        var before = release.lesson(lesson.id()).map(ReleaseLesson::rules).orElse(null);
        var now = lesson.rules();
        if (before == null) {
            return false;
        }
        var after = new HashSet<>(now.after());
        after.removeIf(it -> !lessons.containsKey(it) || lessons.get(it).hidden());
        return before.counts() != now.counts()
                || before.taste() != now.taste()
                || !Objects.equals(before.opensAt(), now.opensAt())
                || !Objects.equals(before.opensAfterDays(), now.opensAfterDays())
                || !after.equals(new HashSet<>(before.after()));
    }

    private static List<CourseShape.Part> parts(Outline outline) {
        return outline.modules().stream()
                .map(it ->
                        new CourseShape.Part(
                                it.title(),
                                it.lessons().stream()
                                        .filter(l -> !l.hidden())
                                        .map(l -> new CourseShape.Item(l.id(), l.title()))
                                        .toList()))
                .toList();
    }
}
