package org.stoa.interop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.stoa.catalog.records.CourseRecord;
import org.stoa.catalog.records.Publication;
import org.stoa.catalog.records.SharedLessonRecord;
import org.stoa.catalog.records.TeacherRecord;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.SourceTerms;
import org.stoa.enrollment.records.LearningRecords;
import org.stoa.identity.records.SchoolRecord;
import org.stoa.interop.SchoolImports.Brought;
import org.stoa.interop.SchoolImports.Parts;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;

/** One archive coming into one school, whose office the caller is. */
final class Arrival {
    private final Parts parts;
    private final SchoolArchive archive;
    private final String fingerprint;
    private final Consumer<String> news;
    private final Remarks remarks = new Remarks();
    private final Map<String, SourceTerms> terms = new LinkedHashMap<>();
    private long people;
    private int courses;
    private long places;
    private long progress;

    Arrival(Parts parts, SchoolArchive archive, String fingerprint, Consumer<String> news) {
        this.parts = parts;
        this.archive = archive;
        this.fingerprint = fingerprint;
        this.news = news;
    }

    Brought brought(Organization school, boolean opened) {
        return new Brought(school, opened, people, courses, places, progress, remarks.all());
    }

    void bring() {
        begin();
        takePeople();
        takeCourses();
        shareLessons();
        takeLearning();
        letOwnersIn();
        parts.arrivals().finish(fingerprint, parts.clock().instant());
    }

    /** A school that was there keeps what it says of itself. */
    void compare(SchoolRecord archived) {
        var here = parts.people().school();
        differs("name", archived.name(), here.name());
        differs("language", archived.language(), here.language());
        differs("time zone", archived.timeZone().getId(), here.timeZone().getId());
        differs("colour", "" + archived.accent(), "" + here.accent());
    }

    private void differs(String what, String archived, String here) {
        if (!archived.equals(here)) {
            remarks.add(
                    About.PATH,
                    null,
                    "The "
                            + what
                            + " is "
                            + archived
                            + "; the school keeps its own, "
                            + here
                            + ".");
        }
    }

    private void begin() {
        var before = parts.arrivals().find(fingerprint);
        if (before.isPresent()) {
            if (before.get().finishedAt() != null) {
                throw new Problem.Conflict(
                        "This archive came into the school on "
                                + before.get().finishedAt()
                                + ". The school has gone on since; bring it into another one.");
            }
            news.accept("This archive began to come in before; going on with it.");
            return;
        }
        if (parts.courses().any() || parts.people().hasStudents()) {
            throw new Problem.Conflict(
                    "The school "
                            + Caller.current().school().subdomain()
                            + " has courses or learners already. A whole school comes into one that"
                            + " is new, or that has neither.");
        }
        parts.arrivals().begin(fingerprint, parts.clock().instant());
    }

    private void takePeople() {
        news.accept("People ...");
        parts.people()
                .together(() -> {
                    people =
                            archive.each(
                                    Sheet.PEOPLE,
                                    remarks,
                                    (members, lines) ->
                                            parts.people()
                                                    .take(members)
                                                    .refused()
                                                    .forEach(it ->
                                                            remarks.add(
                                                                    Sheet.PEOPLE.path(),
                                                                    lines.get(it.index()),
                                                                    members.get(it.index()).email()
                                                                            + ": "
                                                                            + it.reason())));
                    return people;
                });
    }

    private void takeCourses() {
        var teachers = new HashMap<String, List<TeacherRecord>>();
        archive.each(
                Sheet.TEACHERS,
                remarks,
                (some, lines) ->
                        some.forEach(it ->
                                teachers.computeIfAbsent(it.course(), c -> new ArrayList<>())
                                        .add(it)));
        var left = new TreeSet<>(archive.courses());
        var unread = new TreeSet<>(archive.releases());
        archive.each(
                Sheet.COURSES,
                remarks,
                (some, lines) -> {
                    for (int i = 0; i < some.size(); i++) {
                        unread.remove(read(some.get(i)) ? some.get(i).slug() : "");
                        if (left.remove(some.get(i).slug())) {
                            takeCourse(some.get(i), teachers);
                        } else {
                            remarks.add(
                                    Sheet.COURSES.path(),
                                    lines.get(i),
                                    "There is no folder courses/"
                                            + some.get(i).slug()
                                            + " for it, so it was left out.");
                        }
                    }
                });
        terms.forEach((slug, said) -> tell("courses/" + slug, parts.courses().settle(slug, said)));
        left.forEach(it ->
                remarks.add(
                        "courses/" + it,
                        null,
                        "courses.csv does not name this course, so it was left out."));
        unread.forEach(this::tellUnread);
    }

    private static boolean read(CourseRecord course) {
        return course.published() != Publication.NO;
    }

    private void tellUnread(String course) {
        remarks.add(
                SchoolArchive.RELEASES + course,
                null,
                "courses.csv does not say that learners read this course, so what was published of"
                        + " it was left out.");
    }

    private void shareLessons() {
        var records = new ArrayList<SharedLessonRecord>();
        var lines = new ArrayList<Integer>();
        archive.each(
                Sheet.SHARED,
                remarks,
                (some, at) -> {
                    records.addAll(some);
                    lines.addAll(at);
                });
        parts.courses()
                .share(records)
                .forEach(
                        it -> remarks.add(Sheet.SHARED.path(), lines.get(it.index()), it.reason()));
    }

    private void takeCourse(CourseRecord course, Map<String, List<TeacherRecord>> teachers) {
        news.accept("Course " + (courses + 1) + ": " + course.title());
        var folder = SchoolArchive.COURSES + course.slug();
        try (var unpacked = archive.course(course.slug());
                var release = read(course) ? archive.release(course.slug()) : null) {
            var restored =
                    parts.courses()
                            .restore(
                                    unpacked,
                                    release,
                                    course,
                                    teachers.getOrDefault(course.slug(), List.of()));
            courses++;
            if (restored.terms() != null) {
                terms.put(course.slug(), restored.terms());
            }
            tell(SchoolArchive.RELEASES + course.slug(), restored.ofRelease());
            tell(folder, restored.report());
        } catch (Problem.Invalid | Problem.Conflict refused) {
            remarks.add(folder, null, "Not all of this course came in. " + refused.getMessage());
        }
    }

    private void tell(String folder, List<Finding> findings) {
        for (var it : findings) {
            var file = it.file().isEmpty() ? folder : folder + "/" + it.file();
            remarks.add(new Finding(file, it.line(), it.message(), it.severity()));
        }
    }

    private void takeLearning() {
        var learning = parts.learning();
        news.accept("Places in courses ...");
        parts.transactions()
                .executeWithoutResult(status -> {
                    places =
                            archive.each(
                                    Sheet.PLACES,
                                    remarks,
                                    (some, lines) ->
                                            tell(Sheet.PLACES, lines, learning.takePlaces(some)));
                    learning.count();
                });
        news.accept("Progress ...");
        parts.transactions()
                .executeWithoutResult(status ->
                        progress =
                                archive.each(
                                        Sheet.PROGRESS,
                                        remarks,
                                        (some, lines) ->
                                                tell(
                                                        Sheet.PROGRESS,
                                                        lines,
                                                        learning.takeProgress(some))));
    }

    private void tell(Sheet<?> sheet, List<Integer> lines, List<LearningRecords.Refused> refused) {
        for (var it : refused) {
            remarks.add(
                    sheet.path(),
                    lines.get(it.index()),
                    switch (it.missing()) {
                        case PERSON -> "Nobody of the school has this address.";
                        case COURSE -> "The school has no such course.";
                        case LESSON -> "The course has no such lesson.";
                        case PLACE -> "They have no place in this course.";
                    });
        }
    }

    /** Everybody else gets in by the links that an owner hands out. */
    private void letOwnersIn() {
        for (var owner : parts.people().ownersWithoutPassword()) {
            var password = parts.secrets().next();
            if (parts.people().firstPassword(owner.id(), password)) {
                news.accept("Owner " + owner.email() + ", password " + password);
            }
        }
    }
}
