package org.stoa.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.markdown.Markdown;
import org.stoa.shared.Characters;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
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
    private final CatalogStore catalog;
    private final Courses courses;
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
            CatalogStore catalog,
            Courses courses,
            MediaFiles media,
            CachedPages pages,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.courses = courses;
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
     * @param withdrawn learners do not read it any more
     * @param standing it was there before: the draft had not changed since
     */
    public record Published(
            UUID id,
            int number,
            String note,
            @Nullable String by,
            Instant publishedAt,
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
                                        () -> new Problem.NotFound("There is no such release.")));
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
                                        () -> new Problem.NotFound("There is no such lesson.")));
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
        if (!courses.mine(caller, slug)) {
            draft(slug);
            throw new Problem.Forbidden("This course belongs to another teacher.");
        }
        // Before the draft is read: an import that comes between would be lost from the release.
        store.lock(slug);
        var draft = draft(slug);
        requirePublishable(draft, note);
        var document = document(draft);
        var rendered = bodies(draft);
        var standing = standing(draft, document, rendered);
        if (standing.isPresent()) {
            return standing.get();
        }
        int number = store.nextNumber(draft.courseId());
        var now = clock.instant();
        var release = new Release(ids.next(), draft.courseId(), number, now, slug, note, document);
        store.add(release, note, caller.person(), rendered);
        catalog.show(release, rendered);
        var organization = caller.school().id();
        events.publishEvent(new CoursePublished(organization, release.courseId(), release.id()));
        pages.changed(organization);
        return new Published(release.id(), number, note, caller.name(), now, false, false);
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
        if (!courses.mine(caller, slug)) {
            draft(slug);
            throw new Problem.Forbidden("This course belongs to another teacher.");
        }
        store.lock(slug);
        var draft = draft(slug);
        var wanted =
                of(draft.courseId()).stream()
                        .filter(it -> it.number() == number)
                        .findFirst()
                        .orElseThrow(() -> new Problem.NotFound("There is no such release."));
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
                .map(it -> java.util.Objects.requireNonNull(bodies.get(it.id())))
                .toList();
    }

    private static void requirePublishable(Draft draft, String note) {
        if (draft.lessons().isEmpty()) {
            throw new Problem.Invalid("", "A course needs a lesson before it can be published.");
        }
        if (note.length() > LONGEST_NOTE) {
            throw new Problem.Invalid("note", "Write a note of at most 2,000 characters.");
        }
        if (note.codePoints().anyMatch(Characters::cannotBeKept)) {
            throw new Problem.Invalid("note", "The note has characters that cannot be kept.");
        }
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
        store.same(current);
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
                                false,
                                true));
    }

    private Draft draft(String slug) {
        return courses.draft(slug)
                .orElseThrow(() -> new Problem.NotFound("There is no course at this address."));
    }

    private static ReleaseDocument document(Draft draft) {
        var modules = new ArrayList<ReleaseModule>();
        int index = 0;
        for (var module : draft.modules()) {
            if (module.lessons().isEmpty()) {
                continue;
            }
            var lessons = new ArrayList<ReleaseLesson>();
            for (var lesson : module.lessons()) {
                var number = (modules.size() + 1) + "." + (lessons.size() + 1);
                lessons.add(
                        new ReleaseLesson(
                                lesson.id(),
                                lesson.slug(),
                                lesson.title(),
                                lesson.minutes(),
                                number,
                                index++,
                                modules.size()));
            }
            modules.add(new ReleaseModule(module.title(), lessons));
        }
        return new ReleaseDocument(
                draft.title(),
                draft.summary(),
                draft.category(),
                draft.tags(),
                draft.level(),
                draft.language(),
                draft.outcomes(),
                modules);
    }

    /** Renders every lesson, in the course's order. */
    private List<LessonBody> bodies(Draft draft) {
        var links = new DraftLinks(draft, media, Caller.current().school().id());
        var bodies = new ArrayList<LessonBody>();
        for (var lesson : draft.lessons()) {
            var rendered = markdown.render(lesson.markdown(), lesson.title(), links);
            bodies.add(new LessonBody(rendered.html(), rendered.text()));
        }
        return bodies;
    }
}
