package org.stoa.catalog.together;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.stoa.catalog.CourseNews;
import org.stoa.catalog.together.SharedTextStore.Other;
import org.stoa.shared.Problem;

/**
 * Lessons of several courses whose text is one. The database keeps the texts equal, whoever writes;
 * this takes the locks that writing them needs, brings the files along that a text shows, and tells
 * those who have the other courses open.
 */
@Service
public class SharedTexts {
    private final SharedTextStore store;
    private final CourseNews news;

    SharedTexts(SharedTextStore store, CourseNews news) {
        this.store = store;
        this.news = news;
    }

    /**
     * A course that is locked with all those that share a text with it.
     *
     * @param alone no other shares one
     */
    public record Locked(UUID id, boolean alone) {}

    /**
     * Until the transaction ends, nobody else writes the course's texts, on whatever way. Nothing
     * of it, or of another course, may be locked before.
     *
     * @return empty when the school has no such course
     */
    public Optional<Locked> lock(String course) {
        return store.lock(course);
    }

    /** The same for several courses at once. */
    public void lock(UUID... courses) {
        store.lock(courses);
    }

    /** Another file than the text's stands in a course under the path that the text names. */
    public record Clash(String course, String path) {
        /** As a sentence. */
        public String sentence() {
            return say("studio.shared.otherFile", course, path);
        }
    }

    /**
     * A lesson's text was written: the other courses get the files that it shows, and those who
     * have them open hear of it.
     *
     * @throws Problem.Invalid for {@code markdown}, where another file is in the way
     */
    public void written(UUID lesson, String markdown, Instant now) {
        var others = store.others(lesson);
        if (others.isEmpty()) {
            return;
        }
        carry(lesson, markdown, others, now).stream()
                .findFirst()
                .ifPresent(it -> {
                    throw new Problem.Invalid("markdown", it.sentence());
                });
        others.forEach(it -> news.changed(it.slug(), it.lesson(), it.version()));
    }

    /**
     * A draft was written on another way than lesson by lesson: the same for all its lessons.
     *
     * @return what is in the way; there the other course keeps its own file
     */
    public List<Clash> written(UUID course, Instant now) {
        var clashes = new ArrayList<Clash>();
        for (var lesson : store.lessons(course)) {
            clashes.addAll(carry(lesson.id(), lesson.markdown(), store.others(lesson.id()), now));
        }
        tellOthers(course);
        return clashes.stream().distinct().toList();
    }

    /** Tells those who have a course open that shares a text with this one. */
    public void tellOthers(UUID course) {
        store.besides(course).forEach(it -> news.changed(it, null, 0));
    }

    /**
     * The files that a lesson's text shows are put into another course, which is locked.
     *
     * @return what is in the way; where there is something, nothing was put
     */
    public List<Clash> carry(UUID lesson, String markdown, UUID course, Instant now) {
        var paths = FilesShown.in(markdown);
        if (paths.isEmpty()) {
            return List.of();
        }
        var clashes = store.clashes(lesson, paths, List.of(course));
        if (clashes.isEmpty()) {
            store.put(lesson, paths, List.of(course), now);
        }
        return clashes;
    }

    private List<Clash> carry(UUID lesson, String markdown, List<Other> others, Instant now) {
        return others.stream()
                .flatMap(it -> carry(lesson, markdown, it.course(), now).stream())
                .toList();
    }

    /** Paths that a new file of the course cannot have, as courses that share texts need it too. */
    public Stream<String> pathsTaken(UUID course, String sha256) {
        return store.pathsBeside(course, sha256).stream();
    }
}
