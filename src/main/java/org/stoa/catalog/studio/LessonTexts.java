package org.stoa.catalog.studio;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.Courses;
import org.stoa.catalog.markdown.Markdown;
import org.stoa.catalog.markdown.Rendered;
import org.stoa.shared.Problem;

/**
 * Lessons' texts as teachers write them. A write names the version it has seen: nobody's text is
 * written over by somebody who has not read it. Every text is kept when another takes its place.
 */
@Service
public class LessonTexts {
    private final LessonTextStore store;
    private final OutlineStore outlines;
    private final Courses courses;
    private final Clock clock;
    private final Markdown markdown = new Markdown();

    LessonTexts(LessonTextStore store, OutlineStore outlines, Courses courses, Clock clock) {
        this.store = store;
        this.outlines = outlines;
        this.courses = courses;
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
     * @throws Problem.Invalid for {@code title} or {@code markdown}
     */
    @Transactional
    public Written write(String course, UUID lesson, int seen, String title, String typed) {
        var named = Typed.title(title);
        var text = Typed.markdown(typed);
        var draft = outlines.lock(course).orElseThrow(LessonTexts::noSuchLesson);
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
        outlines.touch(draft, now);
        return new Written.Kept(seen + 1, minutes, now);
    }

    /** What the lesson says and said, the newest first. */
    public List<LessonVersion> versions(String course, UUID lesson) {
        open(course, lesson);
        return store.versions(lesson);
    }

    /**
     * @throws Problem.NotFound when there is no such version
     */
    public LessonText version(String course, UUID lesson, int version) {
        var present = open(course, lesson);
        return present.version() == version
                ? present
                : store.find(course, lesson, version)
                        .orElseThrow(() ->
                                new Problem.NotFound("There is no such version of this lesson."));
    }

    /** Writes an earlier version again, as a new one. */
    @Transactional
    public Written bringBack(String course, UUID lesson, int version, int seen) {
        var earlier = version(course, lesson, version);
        return write(course, lesson, seen, earlier.title(), earlier.markdown());
    }

    /** The text as learners will see it. */
    public Rendered preview(String course, String title, String typed) {
        return markdown.render(Typed.markdown(typed), title, courses.links(course));
    }

    private static Problem.NotFound noSuchLesson() {
        return new Problem.NotFound("There is no such lesson in this course.");
    }
}
