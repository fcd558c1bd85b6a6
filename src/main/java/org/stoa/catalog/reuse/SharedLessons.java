package org.stoa.catalog.reuse;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.CourseNews;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.catalog.reuse.SharedLessonStore.Original;
import org.stoa.catalog.source.Slugs;
import org.stoa.catalog.studio.Outlines;
import org.stoa.catalog.together.SharedTexts;
import org.stoa.shared.Characters;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;

/**
 * Puts lessons of one course into another, with one text for both. Place, address, rules and
 * learners' progress are each course's own, and each publishes when it will.
 */
@Service
public class SharedLessons {
    private static final int LONGEST_QUERY = 200;
    private static final int MOST_FOUND = 50;
    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final SharedLessonStore store;
    private final SharedTexts texts;
    private final Outlines outlines;
    private final CourseNews news;
    private final Ids ids;
    private final Clock clock;

    SharedLessons(
            SharedLessonStore store,
            SharedTexts texts,
            Outlines outlines,
            CourseNews news,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.texts = texts;
        this.outlines = outlines;
        this.news = news;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A lesson that can be put into a course.
     *
     * @param course the name of its own course in its address
     */
    public record Offered(
            UUID id, String title, int minutes, String module, String course, String courseTitle) {}

    /**
     * Lessons of other courses that the caller may write, those of the latest changed course first,
     * 50 at most; without any that stand in this course, or lie in its bin.
     *
     * @param words all of them stand in the title of the lesson, its module or its course
     */
    public List<Offered> offered(String course, String words) {
        var asked = words.length() > LONGEST_QUERY ? words.substring(0, LONGEST_QUERY) : words;
        if (asked.codePoints().anyMatch(Characters::cannotBeKept)) {
            return List.of();
        }
        var wanted = Stream.of(asked.split("\\s+", -1)).filter(it -> !it.isEmpty()).toList();
        return store.offered(course, wanted, edits(), MOST_FOUND);
    }

    /**
     * Puts a lesson of another course at the end of a module. From here on its title and text are
     * one in both.
     *
     * @return the lesson in this course
     * @throws Problem.NotFound when there is no such lesson in a course that the caller may write,
     *     or no such module in this one
     * @throws Problem.Conflict when it stands in this course, lies in its bin, or shows a file
     *     under a path where this course has another
     */
    @Transactional
    public UUID share(String course, UUID module, UUID lesson) {
        var here = store.course(course).orElseThrow(() -> noSuch("problem.noSuchCourse"));
        texts.lock(here, original(lesson).course());
        var from = original(lesson);
        refuse(here, from);
        if (outlines.of(course).modules().stream().noneMatch(it -> it.id().equals(module))) {
            throw noSuch("studio.noModule");
        }
        texts.carry(lesson, from.markdown(), here, clock.instant()).stream()
                .findFirst()
                .ifPresent(it -> {
                    throw new Problem.Conflict(it.sentence());
                });
        var id = ids.next();
        var text = from.sharedText() == null ? store.begin(lesson, ids.next()) : from.sharedText();
        var names = store.names(here);
        var slug = Slugs.free(Slugs.of(from.title(), "lesson"), names.slugs());
        // Links between lessons that are shared both lead on; a key that is a path could be one of
        // this course's folder.
        boolean same = UUIDS.matcher(from.key()).matches() && !names.keys().contains(from.key());
        store.add(id, here, module, text, slug, same ? from.key() : id.toString());
        outlines.shared(course, id, from.title(), from.courseTitle());
        texts.tellOthers(here);
        return id;
    }

    /**
     * Makes a lesson's text its course's own: a copy that goes its own way. One that is so already
     * stays so.
     *
     * @throws Problem.NotFound when the course has no such lesson, or it lies in the bin
     */
    @Transactional
    public void own(String course, UUID lesson) {
        var here = texts.lock(course).orElseThrow(() -> noSuch("problem.noSuchCourse"));
        if (outlines.of(course).lessons().stream().noneMatch(it -> it.id().equals(lesson))) {
            throw noSuch("studio.noLessonHere");
        }
        news.changed(course, null, 0);
        texts.tellOthers(here.id());
        store.own(lesson);
    }

    private void refuse(UUID here, Original from) {
        if (from.course().equals(here)) {
            throw new Problem.Conflict(say("studio.shared.here"));
        }
        if (from.sharedText() == null) {
            return;
        }
        store.binned(here, from.sharedText())
                .ifPresent(binned -> {
                    throw new Problem.Conflict(
                            say(binned ? "studio.shared.inBin" : "studio.shared.here"));
                });
    }

    private Original original(UUID lesson) {
        return store.original(lesson, edits()).orElseThrow(() -> noSuch("studio.shared.noSuch"));
    }

    private static List<String> edits() {
        return Stream.of(CourseStanding.values())
                .filter(CourseStanding::edits)
                .map(CourseStanding::word)
                .toList();
    }

    private static Problem.NotFound noSuch(String words) {
        return new Problem.NotFound(say(words));
    }
}
