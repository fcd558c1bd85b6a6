package org.stoa.catalog.studio;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.CourseLockStore;
import org.stoa.catalog.CourseNews;
import org.stoa.catalog.Courses;
import org.stoa.catalog.markdown.Markdown;
import org.stoa.catalog.markdown.Rendered;
import org.stoa.catalog.markdown.Shortcomings;
import org.stoa.catalog.markdown.Shortcomings.Shortcoming;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.catalog.together.SharedTexts;
import org.stoa.shared.Problem;

/**
 * Lessons' texts as teachers write them. A write names the version it has seen: nobody's text is
 * written over by somebody who has not read it. Every text is kept when another takes its place.
 */
@Service
public class LessonTexts {
    private final LessonTextStore store;
    private final CourseLockStore locks;
    private final SharedTexts shared;
    private final Courses courses;
    private final CourseNews news;
    private final Clock clock;
    private final Markdown markdown = new Markdown();

    LessonTexts(
            LessonTextStore store,
            CourseLockStore locks,
            SharedTexts shared,
            Courses courses,
            CourseNews news,
            Clock clock) {
        this.store = store;
        this.locks = locks;
        this.shared = shared;
        this.courses = courses;
        this.news = news;
        this.clock = clock;
    }

    /**
     * @throws Problem.NotFound when the course has no such lesson, or it lies in the bin
     */
    public LessonText open(String course, UUID lesson) {
        return store.find(course, lesson).orElseThrow(LessonTexts::noSuchLesson);
    }

    /**
     * @param seen the version that this was written over
     * @param typed Markdown, at most 500,000 characters
     * @throws Problem.Invalid for {@code title} or {@code markdown}; for the text too where it
     *     stands in another course, and there another file under a path that it names
     */
    @Transactional
    public Written write(String course, UUID lesson, int seen, String title, String typed) {
        var named = Typed.title(title);
        var text = Typed.markdown(typed);
        var draft = shared.lock(course).orElseThrow(LessonTexts::noSuchLesson);
        var present = open(course, lesson);
        if (present.title().equals(named) && present.markdown().equals(text)) {
            return new Written.Kept(present.version(), present.minutes(), present.writtenAt());
        }
        if (present.version() != seen) {
            return new Written.Overtaken(present);
        }
        var now = clock.instant();
        int minutes = Markdown.minutes(text);
        store.write(lesson, named, text, minutes, now);
        locks.touch(draft.id(), now);
        if (!draft.alone()) {
            shared.written(lesson, text, now);
        }
        news.changed(course, lesson, seen + 1);
        return new Written.Kept(seen + 1, minutes, now);
    }

    /** What the lesson says and said, the newest first. */
    public List<LessonVersion> versions(String course, UUID lesson) {
        var versions = store.versions(course, lesson);
        if (versions.isEmpty()) {
            throw noSuchLesson();
        }
        return versions;
    }

    /** Two texts of a lesson, to be held against each other. */
    record Beside(LessonText earlier, LessonText later, CourseStanding standing) {}

    /**
     * @param other whichever of the two is the earlier; 0 for the present one
     * @throws Problem.NotFound when there is no such version
     */
    Beside beside(String course, UUID lesson, int version, int other) {
        var texts = store.present(course, lesson, List.of(version, other));
        if (texts.isEmpty()) {
            throw noSuchLesson();
        }
        var present = texts.getFirst();
        int against = other == 0 ? present.text().version() : other;
        return new Beside(
                among(texts, Math.min(version, against)),
                among(texts, Math.max(version, against)),
                present.standing());
    }

    private static LessonText among(List<LessonTextStore.Seen> texts, int version) {
        return texts.stream()
                .map(LessonTextStore.Seen::text)
                .filter(it -> it.version() == version)
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound(say("studio.versions.noSuch")));
    }

    /**
     * @throws Problem.NotFound when there is no such version
     */
    public LessonText version(String course, UUID lesson, int version) {
        var present = open(course, lesson);
        return present.version() == version
                ? present
                : store.find(course, lesson, version)
                        .orElseThrow(() -> new Problem.NotFound(say("studio.versions.noSuch")));
    }

    /** Writes an earlier version again, as a new one. */
    @Transactional
    public Written bringBack(String course, UUID lesson, int version, int seen) {
        var earlier = version(course, lesson, version);
        return write(course, lesson, seen, earlier.title(), earlier.markdown());
    }

    /**
     * The text as learners will see it.
     *
     * @param findings what it lacks, in reading order
     */
    public record Preview(Rendered rendered, List<Shortcoming> findings) {}

    /**
     * @throws Problem.Invalid for {@code markdown}
     */
    public Preview preview(String course, String title, String typed) {
        var text = Typed.markdown(typed);
        var links = courses.links(course);
        return new Preview(markdown.render(text, title, links), Shortcomings.of(text, links));
    }

    private static Problem.NotFound noSuchLesson() {
        return new Problem.NotFound(say("studio.noLessonHere"));
    }
}
