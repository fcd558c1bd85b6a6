package org.stoa.catalog;

import static org.stoa.shared.Words.say;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.markdown.Markdown;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStaff;
import org.stoa.media.MediaFiles;
import org.stoa.shared.Characters;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.web.cache.CachedPages;

/**
 * Publishing, and reading what was published. A release never changes, so it is kept in memory for
 * as long as there is room.
 */
@Service
public class Releases {
    private static final long MOST_BODY_CHARACTERS = 256L * 1024 * 1024;
    private static final int LONGEST_NOTE = 2_000;

    private final ReleaseStore store;
    private final CourseLockStore locks;
    private final CatalogStore catalog;
    private final Courses courses;
    private final CourseStaff staff;
    private final MediaFiles media;
    private final CachedPages pages;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;
    private final Markdown markdown = new Markdown();
    private final Cache<Key, Release> releases = Caffeine.newBuilder().maximumSize(5_000).build();
    private final Cache<Key, LessonBody> bodies =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_BODY_CHARACTERS)
                    .weigher(
                            (Key key, LessonBody one) -> one.html().length() + one.words().length())
                    .build();

    Releases(
            ReleaseStore store,
            CourseLockStore locks,
            CatalogStore catalog,
            Courses courses,
            CourseStaff staff,
            MediaFiles media,
            CachedPages pages,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.locks = locks;
        this.catalog = catalog;
        this.courses = courses;
        this.staff = staff;
        this.media = media;
        this.pages = pages;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** What is kept is kept for one school: an id from elsewhere finds nothing. */
    private record Key(UUID organization, UUID release, @Nullable UUID lesson) {}

    /**
     * A release, as its authors see it in the list.
     *
     * @param by who published it; null when the school itself did
     * @param changes what was different from the release before; null where that was not kept
     * @param withdrawn learners do not read it any more
     * @param standing it was there before: the draft had not changed since
     */
    public record Published(
            UUID id,
            int number,
            String note,
            @Nullable String by,
            Instant publishedAt,
            @Nullable List<Difference> changes,
            boolean withdrawn,
            boolean standing) {}

    /** The release that learners of the caller's school read now. */
    public Optional<Release> current(String slug) {
        return store.currentId(slug).map(this::byId);
    }

    /**
     * @throws Problem.NotFound when the caller's school has no such release
     */
    public Release byId(UUID id) {
        return releases.get(
                new Key(Caller.current().school().id(), id, null),
                key ->
                        store.find(id)
                                .orElseThrow(
                                        () -> new Problem.NotFound(say("problem.noSuchRelease"))));
    }

    /**
     * @throws Problem.NotFound when the release does not hold the lesson
     */
    public LessonBody body(Release release, UUID lesson) {
        return bodies.get(
                new Key(Caller.current().school().id(), release.id(), lesson),
                key ->
                        store.body(release.id(), lesson)
                                .orElseThrow(
                                        () -> new Problem.NotFound(say("problem.noSuchLesson"))));
    }

    /**
     * What publishing the draft would give now; nothing is kept of it.
     *
     * @throws Problem.NotFound when the caller's school has no such course, or the caller does not
     *     teach
     */
    public Release preview(String slug) {
        var draft =
                courses.outline(slug)
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")))
                        .shown();
        return new Release(
                draft.courseId(),
                draft.courseId(),
                0,
                clock.instant(),
                slug,
                "",
                ReleaseDocument.of(draft, new DraftLinks(draft).picture(draft.cover())));
    }

    /** A lesson of that, as it would be rendered. */
    public LessonBody previewBody(String slug, UUID lesson) {
        var draft = draft(slug).shown();
        var links = new DraftLinks(draft);
        return draft.lessons().stream()
                .filter(it -> it.id().equals(lesson))
                .findFirst()
                .map(it -> body(it, links))
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchLesson")));
    }

    /** Every release of a course, the latest first. */
    public List<Published> of(String slug) {
        return of(draft(slug).courseId());
    }

    /** The same, of a course that was read already. */
    public List<Published> of(UUID course) {
        return store.all(course);
    }

    /**
     * Freezes the draft as it is now into the release that learners read from here on. Where that
     * would be the release they read already, there is nothing to publish, and that one stands.
     *
     * @throws Problem.NotFound when the caller's school has no such course
     * @throws Problem.Forbidden when it is not the caller's to publish
     * @throws Problem.Invalid when the course has no lesson
     */
    @Transactional
    public Published publish(String slug, String note) {
        var caller = Caller.current();
        staff.require(CourseRight.LEAD, slug);
        return publish(slug, note, caller.person());
    }

    /** As {@link #publish(String, String)}, by the school's office at the wish of somebody. */
    @Transactional
    public Published publishFor(@Nullable UUID person, String slug, String note) {
        if (!Caller.current().isAtLeast(Role.ADMIN)) {
            throw new Problem.Forbidden(say("studio.schoolPublishes"));
        }
        return publish(slug, note, person);
    }

    private Published publish(String slug, String note, @Nullable UUID by) {
        var caller = Caller.current();
        // Before the draft is read: an import that comes between would be lost from the release.
        locks.lock(slug);
        var draft = draft(slug).shown();
        requirePublishable(draft);
        requireKeepable(note);
        var links = new DraftLinks(draft);
        var document = ReleaseDocument.of(draft, links.picture(draft.cover()));
        var rendered = bodies(draft, links);
        var standing = standing(draft, document, rendered);
        if (standing.isPresent()) {
            return standing.get();
        }
        int number = store.nextNumber(draft.courseId());
        var now = clock.instant();
        var release = new Release(ids.next(), draft.courseId(), number, now, slug, note, document);
        var changes = changes(draft, document, rendered);
        store.add(release, note, by, changes, rendered);
        catalog.show(release, rendered);
        media.release(links.used());
        var organization = caller.school().id();
        events.publishEvent(new CoursePublished(organization, release.courseId(), release.id()));
        pages.changed(organization);
        return new Published(release.id(), number, note, caller.name(), now, changes, false, false);
    }

    /**
     * Takes a release back. Where learners read it, they read the latest before it that stands from
     * here on, or the course leaves the catalog. What they have learned is kept.
     *
     * @throws Problem.NotFound when the caller's school has no such release
     * @throws Problem.Forbidden when it is not the caller's to take back
     */
    @Transactional
    public void withdraw(String slug, int number) {
        var caller = Caller.current();
        staff.require(CourseRight.LEAD, slug);
        locks.lock(slug);
        var draft = draft(slug);
        var wanted =
                of(draft.courseId()).stream()
                        .filter(it -> it.number() == number)
                        .findFirst()
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchRelease")));
        var now = clock.instant();
        if (!store.withdraw(draft.courseId(), number, now)
                || !wanted.id().equals(draft.currentReleaseId())) {
            return;
        }
        var current = store.fallBack(draft.courseId(), now).map(this::byId);
        current.ifPresentOrElse(
                it -> catalog.show(it, rendered(it)), () -> catalog.hide(draft.courseId()));
        pages.changed(caller.school().id());
    }

    /** Its lessons as they were rendered, in the course's order. */
    private List<LessonBody> rendered(Release release) {
        var bodies = store.bodies(release.id());
        return release.lessons().stream()
                .map(it -> Objects.requireNonNull(bodies.get(it.id())))
                .toList();
    }

    private static void requirePublishable(Draft draft) {
        if (draft.lessons().isEmpty()) {
            throw new Problem.Invalid("", say("studio.needsLesson"));
        }
    }

    /**
     * @throws Problem.Invalid for the field {@code note}
     */
    public static void requireKeepable(String note) {
        if (note.length() > LONGEST_NOTE) {
            throw new Problem.Invalid("note", say("studio.noteLength"));
        }
        if (note.codePoints().anyMatch(Characters::cannotBeKept)) {
            throw new Problem.Invalid("note", say("studio.noteCharacters"));
        }
    }

    /**
     * In which of the draft's modules each lesson of a release stood; those are left out of which
     * it is not known.
     */
    @Transactional(readOnly = true)
    public Map<UUID, UUID> stoodIn(UUID release) {
        return store.stoodIn(release);
    }

    /** What learners will find changed since the release they read now. */
    private List<Difference> changes(
            Draft draft, ReleaseDocument document, List<LessonBody> rendered) {
        var id = draft.currentReleaseId();
        if (id == null) {
            return List.of();
        }
        var before = byId(id);
        var bodies = store.bodies(id);
        var stoodIn = store.stoodIn(id);
        var now = new HashMap<UUID, LessonBody>();
        var standsIn = new HashMap<UUID, UUID>();
        for (var module : draft.modules()) {
            for (var lesson : module.lessons()) {
                now.put(lesson.id(), rendered.get(now.size()));
                standsIn.put(lesson.id(), module.id());
            }
        }
        var found =
                new ArrayList<>(
                        CourseShape.of(document)
                                .since(
                                        CourseShape.of(before.document()),
                                        it -> !Objects.equals(now.get(it), bodies.get(it)),
                                        it ->
                                                stoodIn.containsKey(it)
                                                        && !Objects.equals(
                                                                standsIn.get(it),
                                                                stoodIn.get(it))));
        for (var module : document.modules()) {
            for (var lesson : module.lessons()) {
                before.lesson(lesson.id())
                        .filter(it -> !it.rules().equals(lesson.rules()))
                        .ifPresent(it ->
                                found.add(
                                        new Difference(
                                                Difference.Kind.RULES,
                                                lesson.id(),
                                                lesson.title(),
                                                "")));
            }
        }
        return List.copyOf(found);
    }

    /** The release that learners read, if the draft would give the same again. */
    private Optional<Published> standing(
            Draft draft, ReleaseDocument document, List<LessonBody> rendered) {
        var id = draft.currentReleaseId();
        var current = id == null ? null : byId(id);
        if (current == null || !current.document().equals(document)) {
            return Optional.empty();
        }
        var bodies = store.bodies(current.id());
        for (var lesson : current.lessons()) {
            if (!rendered.get(lesson.index()).equals(bodies.get(lesson.id()))) {
                return Optional.empty();
            }
        }
        locks.touch(current.courseId(), current.publishedAt());
        return of(draft.courseId()).stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .map(it ->
                        new Published(
                                it.id(),
                                it.number(),
                                it.note(),
                                it.by(),
                                it.publishedAt(),
                                it.changes(),
                                false,
                                true));
    }

    private Draft draft(String slug) {
        return courses.draft(slug)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noCourseHere")));
    }

    /** Renders every lesson, in the course's order. */
    private List<LessonBody> bodies(Draft draft, DraftLinks links) {
        var bodies = new ArrayList<LessonBody>();
        for (var lesson : draft.lessons()) {
            bodies.add(body(lesson, links));
        }
        return bodies;
    }

    private LessonBody body(Draft.Lesson lesson, DraftLinks links) {
        var rendered = markdown.render(lesson.markdown(), lesson.title(), links);
        return new LessonBody(rendered.html(), rendered.text());
    }
}
