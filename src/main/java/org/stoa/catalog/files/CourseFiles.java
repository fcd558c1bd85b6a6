package org.stoa.catalog.files;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.catalog.CourseLockStore;
import org.stoa.catalog.source.Address;
import org.stoa.catalog.together.SharedTexts;
import org.stoa.media.MediaFile;
import org.stoa.media.MediaFiles;
import org.stoa.media.Uploads;
import org.stoa.shared.Problem;

/** The files beside a draft's lessons. */
@Service
public class CourseFiles {
    private final FilesStore store;
    private final CourseLockStore locks;
    private final SharedTexts shared;
    private final Uploads uploads;
    private final MediaFiles media;
    private final TransactionTemplate transactions;
    private final Clock clock;

    CourseFiles(
            FilesStore store,
            CourseLockStore locks,
            SharedTexts shared,
            Uploads uploads,
            MediaFiles media,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.locks = locks;
        this.shared = shared;
        this.uploads = uploads;
        this.media = media;
        this.transactions = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Takes a file in. The same bytes under the same name again are the file that is there.
     *
     * @param called by its author; it is called so, or nearly so
     * @param announced how long it says it is; negative where it does not
     * @throws Problem.NotFound when the school has no such course
     * @throws Problem.Invalid when it is not what its name says
     * @throws Uploads.Refused when it is too large, or there is no room
     */
    public CourseFile add(String course, String called, long announced, InputStream content)
            throws IOException {
        return add(course, called, uploads.receive(named(called), announced, content));
    }

    /**
     * Takes a picture in, as {@link #add} does a file.
     *
     * @throws Problem.Invalid for the field {@code file} when it is none
     */
    public CourseFile addPicture(String course, String called, long announced, InputStream content)
            throws IOException {
        var file = uploads.receive(named(called), announced, content);
        if (!file.pixels()) {
            throw new Problem.Invalid("file", say("media.coverKind"));
        }
        return add(course, called, file);
    }

    private static String named(String called) {
        if (called.isBlank()) {
            throw new Problem.Invalid("name", say("media.name"));
        }
        return called;
    }

    private CourseFile add(String course, String called, MediaFile file) {
        return Objects.requireNonNull(transactions.execute(status -> enter(course, called, file)));
    }

    private CourseFile enter(String course, String called, MediaFile file) {
        var id = locks.lock(course).orElseThrow(CourseFiles::noSuchCourse);
        var there = store.all(course);
        var wanted = FileNames.path(called, file, Set.of());
        for (var known : there) {
            if (known.path().equals(wanted) && known.media().sha256().equals(file.sha256())) {
                return known;
            }
        }
        var taken =
                Stream.concat(
                                there.stream().map(CourseFile::path),
                                shared.pathsTaken(id, file.sha256()))
                        .map(it -> it.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        var path = FileNames.path(called, file, taken);
        media.enter(List.of(file));
        store.add(id, path, file);
        return new CourseFile(path, file, false);
    }

    /** How many bytes a file may have. */
    public long largest() {
        return uploads.largest();
    }

    /** In the order of their paths. */
    public List<CourseFile> of(String course) {
        var files = store.all(course);
        var used =
                new HashSet<>(
                        store.used(course, files.stream().map(CourseFiles::reference).toList()));
        return files.stream()
                .map(it ->
                        new CourseFile(
                                it.path(), it.media(), it.used() || used.contains(reference(it))))
                .toList();
    }

    /**
     * Takes a file away that nothing uses. Releases that show it still do.
     *
     * @throws Problem.NotFound when the course has no such file
     * @throws Problem.Conflict when a lesson or the cover uses it
     */
    @Transactional
    public void remove(String course, String path) {
        var id = locks.lock(course).orElseThrow(CourseFiles::noSuchCourse);
        if (find(course, path).used()) {
            throw new Problem.Conflict(say("media.inUse"));
        }
        store.remove(id, path, clock.instant());
    }

    /**
     * Makes one of the course's pictures its cover, or none.
     *
     * @param path empty for none
     * @throws Problem.Invalid when it is no picture
     */
    @Transactional
    public void cover(String course, String path) {
        var id = locks.lock(course).orElseThrow(CourseFiles::noSuchCourse);
        if (!path.isEmpty() && !find(course, path).media().pixels()) {
            throw new Problem.Invalid("cover", say("media.coverKind"));
        }
        store.cover(id, path, clock.instant());
    }

    /**
     * A course and the picture on its cover, if it has one.
     *
     * @param title the course's
     */
    public record Cover(String title, Optional<CourseFile> file) {}

    /**
     * @throws Problem.NotFound when the school has no such course
     */
    public Cover coverOf(String course) {
        var title = store.title(course).orElseThrow(CourseFiles::noSuchCourse);
        return new Cover(title, store.all(course).stream().filter(CourseFile::used).findFirst());
    }

    private CourseFile find(String course, String path) {
        return of(course).stream()
                .filter(it -> it.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound(say("media.noSuch")));
    }

    /** As it stands in a text. */
    private static String reference(CourseFile file) {
        return "file:" + Address.encoded(file.path());
    }

    private static Problem.NotFound noSuchCourse() {
        return new Problem.NotFound(say("problem.noSuchCourse"));
    }
}
