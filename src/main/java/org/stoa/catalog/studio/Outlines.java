package org.stoa.catalog.studio;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.CourseLockStore;
import org.stoa.catalog.CourseNews;
import org.stoa.catalog.source.Slugs;
import org.stoa.catalog.studio.OutlineChange.Kind;
import org.stoa.catalog.studio.OutlineChange.Place;
import org.stoa.catalog.studio.OutlineChange.Undo;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/**
 * Shapes a draft's outline. Every change locks the course first, so two teachers' changes come one
 * after the other; moves are said in terms of neighbours, not numbers, so both hold.
 */
@Service
public class Outlines {
    // What stands in the studio's addresses in a course's place.
    private static final Set<String> PAGES = Set.of("new", "import");

    private final OutlineStore store;
    private final CourseLockStore locks;
    private final OutlineLogStore log;
    private final CourseNews news;
    private final Ids ids;
    private final Clock clock;

    Outlines(
            OutlineStore store,
            CourseLockStore locks,
            OutlineLogStore log,
            CourseNews news,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.locks = locks;
        this.log = log;
        this.news = news;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Begins an empty course of the caller's.
     *
     * @return its address
     * @throws Problem.Invalid for the field {@code title}
     */
    @Transactional
    public String begin(String title) {
        if (!Caller.current().isAtLeast(Role.TEACHER)) {
            throw new Problem.Forbidden(say("studio.teachersBegin"));
        }
        var named = Typed.title(title);
        var taken = new HashSet<>(store.courseSlugs());
        taken.addAll(PAGES);
        var slug = Slugs.free(Slugs.of(named, "course"), taken);
        store.addCourse(ids.next(), slug, named, Caller.current().personId(), clock.instant());
        return slug;
    }

    /**
     * @throws Problem.NotFound when the school has no such course
     */
    public Outline of(String course) {
        return store.find(course).orElseThrow(Outlines::noSuchCourse);
    }

    /**
     * The caller's page shows the course, and is told from now on when it changes.
     *
     * @return when it changed last, to be compared with what the page shows
     */
    public Instant watch(String course) {
        news.watch(course);
        return store.updatedAt(course).orElseThrow(Outlines::noSuchCourse);
    }

    /** The outline with what else its page shows of the course. */
    public CourseDesk desk(String course) {
        return store.desk(course).orElseThrow(Outlines::noSuchCourse);
    }

    @Transactional
    public UUID addModule(String course, String title) {
        var named = Typed.title(title);
        var draft = changing(course);
        var id = ids.next();
        store.addModule(id, draft, named);
        note(draft, Kind.MODULE_ADDED, named, "", Undo.NONE);
        return id;
    }

    /** Adds a lesson without text at the end of a module. */
    @Transactional
    public UUID addLesson(String course, UUID module, String title) {
        var named = Typed.title(title);
        var draft = changing(course);
        module(of(course), module);
        var id = addLesson(draft, module, named);
        note(draft, Kind.LESSON_ADDED, named, "", Undo.bin(List.of(id)));
        return id;
    }

    /**
     * @param seen the module's version that the new title was written over
     * @throws Problem.Conflict when somebody else renamed it since
     */
    @Transactional
    public int renameModule(String course, UUID module, int seen, String title) {
        var named = Typed.title(title);
        var draft = changing(course);
        var now = module(of(course), module);
        if (now.title().equals(named)) {
            return now.version();
        }
        if (!store.renameModule(draft, module, seen, named)) {
            throw new Problem.Conflict(say("studio.renamedMeanwhile", now.title()));
        }
        var was = now.title();
        note(draft, Kind.MODULE_RENAMED, named, was, Undo.module(module, null, was));
        return seen + 1;
    }

    /**
     * @param before the module that it shall stand before; null, or one that is gone, for the end
     */
    @Transactional
    public void moveModule(String course, UUID module, @Nullable UUID before) {
        var draft = changing(course);
        var outline = of(course);
        var moved = module(outline, module);
        var order = outline.modules().stream().map(Outline.Module::id).toList();
        store.orderModules(draft, placed(order, List.of(module), before));
        int next = order.indexOf(module) + 1;
        var stood = next < order.size() ? order.get(next) : null;
        note(draft, Kind.MODULE_MOVED, moved.title(), "", Undo.module(module, stood, null));
    }

    /**
     * Moves lessons, of whatever modules, into one.
     *
     * @param before the lesson that they shall stand before; null, or one that is not there, for
     *     the end
     * @throws Problem.NotFound when a lesson or the module is not there
     */
    @Transactional
    public void moveLessons(String course, List<UUID> lessons, UUID module, @Nullable UUID before) {
        var draft = changing(course);
        var outline = of(course);
        var known =
                outline.modules().stream()
                        .flatMap(it -> it.lessons().stream().map(Outline.Lesson::id))
                        .toList();
        if (lessons.isEmpty() || !known.containsAll(lessons)) {
            throw noSuchLesson();
        }
        var order = module(outline, module).lessons().stream().map(Outline.Lesson::id).toList();
        store.orderLessons(draft, module, placed(order, lessons, before));
        noteLessons(
                draft, Kind.LESSONS_MOVED, outline, lessons, Undo.places(places(outline, lessons)));
    }

    /** A lesson of the same text behind it, called a copy. */
    @Transactional
    public UUID copyLesson(String course, UUID lesson) {
        var draft = changing(course);
        var outline = of(course);
        var original =
                outline.modules().stream()
                        .flatMap(it -> it.lessons().stream())
                        .filter(it -> it.id().equals(lesson))
                        .findFirst()
                        .orElseThrow(Outlines::noSuchLesson);
        var title = original.title();
        var named = title.substring(0, Math.min(title.length(), 193)).strip() + " (copy)";
        var copy = addLesson(draft, original.moduleId(), named);
        store.copyText(lesson, copy);
        var order =
                new ArrayList<>(
                        module(outline, original.moduleId()).lessons().stream()
                                .map(Outline.Lesson::id)
                                .toList());
        order.add(order.indexOf(lesson) + 1, copy);
        store.orderLessons(draft, original.moduleId(), order);
        note(draft, Kind.LESSON_COPIED, named, "", Undo.bin(List.of(copy)));
        return copy;
    }

    /** Throws lessons away; they can be taken out of the bin again. */
    @Transactional
    public void bin(String course, List<UUID> lessons) {
        var draft = changing(course);
        var outline = of(course);
        if (store.bin(draft, lessons, clock.instant()) == 0) {
            throw noSuchLesson();
        }
        noteLessons(draft, Kind.LESSONS_BINNED, outline, lessons, Undo.restore(lessons));
    }

    /** Throws a module away with its lessons. */
    @Transactional
    public void binModule(String course, UUID module) {
        var draft = changing(course);
        var gone = module(of(course), module);
        store.binModule(draft, module, clock.instant());
        var lessons = gone.lessons().stream().map(Outline.Lesson::id).toList();
        note(draft, Kind.MODULE_BINNED, gone.title(), "", Undo.restore(lessons));
    }

    /** Takes lessons out of the bin, to the end of their modules, which come back with them. */
    @Transactional
    public void restore(String course, List<UUID> lessons) {
        var draft = changing(course);
        if (store.restore(draft, lessons) == 0) {
            throw new Problem.NotFound(say("studio.noLessonInBin"));
        }
        noteLessons(draft, Kind.LESSONS_RESTORED, of(course), lessons, Undo.bin(lessons));
    }

    /** A lesson was put in whose text stands in another course too, of this title. */
    public void shared(String course, UUID lesson, String title, String other) {
        note(changing(course), Kind.LESSON_ADDED, title, other, Undo.bin(List.of(lesson)));
    }

    /** The draft was brought back to a release. */
    public void broughtBack(UUID draft, int release) {
        note(draft, Kind.BROUGHT_BACK, String.valueOf(release), "", Undo.NONE);
    }

    private void note(UUID draft, Kind kind, String title, String detail, Undo undo) {
        log.add(ids.next(), draft, kind, title, detail, undo, clock.instant());
    }

    /** Of several, the first is named and the others are counted. */
    private void noteLessons(
            UUID draft, Kind kind, Outline outline, List<UUID> lessons, Undo undo) {
        var titles =
                outline.lessons().stream()
                        .filter(it -> lessons.contains(it.id()))
                        .map(Outline.Lesson::title)
                        .toList();
        var others = titles.size() > 1 ? String.valueOf(titles.size() - 1) : "";
        note(draft, kind, titles.isEmpty() ? "" : titles.getFirst(), others, undo);
    }

    /** Where lessons stand, the last first: each can then be put back before the one behind it. */
    private static List<Place> places(Outline outline, List<UUID> lessons) {
        var places = new ArrayList<Place>();
        for (var module : outline.modules()) {
            @Nullable UUID before = null;
            for (var lesson : module.lessons().reversed()) {
                if (lessons.contains(lesson.id())) {
                    places.add(new Place(lesson.id(), module.id(), before));
                }
                before = lesson.id();
            }
        }
        return places;
    }

    private UUID addLesson(UUID draft, UUID module, String title) {
        var slug = Slugs.free(Slugs.of(title, "lesson"), store.lessonSlugs(draft));
        var id = ids.next();
        store.addLesson(id, draft, module, slug, title, clock.instant());
        return id;
    }

    /** The course's id, locked, and noted as changed. */
    private UUID changing(String course) {
        var id = locks.lock(course).orElseThrow(Outlines::noSuchCourse);
        locks.touch(id, clock.instant());
        news.changed(course, null, 0);
        return id;
    }

    private static Outline.Module module(Outline outline, UUID module) {
        return outline.modules().stream()
                .filter(it -> it.id().equals(module))
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound(say("studio.noModule")));
    }

    /** The order with those moved before another. */
    private static List<UUID> placed(List<UUID> order, List<UUID> moved, @Nullable UUID before) {
        var rest = new ArrayList<>(order);
        var at = before;
        // Before one of those moved means before what followed it.
        while (at != null && moved.contains(at)) {
            int next = order.indexOf(at) + 1;
            at = next > 0 && next < order.size() ? order.get(next) : null;
        }
        rest.removeAll(moved);
        int place = at == null ? -1 : rest.indexOf(at);
        rest.addAll(
                place < 0 ? rest.size() : place, List.copyOf(new java.util.LinkedHashSet<>(moved)));
        return rest;
    }

    private static Problem.NotFound noSuchCourse() {
        return new Problem.NotFound(say("problem.noSuchCourse"));
    }

    private static Problem.NotFound noSuchLesson() {
        return new Problem.NotFound(say("studio.noLessonHere"));
    }
}
