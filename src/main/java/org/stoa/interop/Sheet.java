package org.stoa.interop;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.people.CourseRole;
import org.stoa.catalog.records.CourseRecord;
import org.stoa.catalog.records.Publication;
import org.stoa.catalog.records.SharedLessonRecord;
import org.stoa.catalog.records.TeacherRecord;
import org.stoa.enrollment.EnrollmentStatus;
import org.stoa.enrollment.LessonStatus;
import org.stoa.enrollment.records.LearningRecords;
import org.stoa.enrollment.records.PlaceRecord;
import org.stoa.enrollment.records.ProgressRecord;
import org.stoa.identity.records.MemberRecord;
import org.stoa.tenancy.Role;

/**
 * One table of the archive: what it is called, its columns, and how a record becomes a row of it
 * and comes back.
 *
 * @param reading refuses a row with a problem whose message says why
 */
record Sheet<R>(String path, List<String> columns, Cells<R> cells, Reading<R> reading) {
    /** How a record becomes a row. */
    interface Cells<R> {
        List<String> of(R record);
    }

    /** How a row becomes a record. */
    interface Reading<R> {
        R of(Fields row);
    }

    private static final Pattern SLUG = Pattern.compile("[a-z0-9](-?[a-z0-9]){0,79}");
    private static final Set<String> STANDINGS = Set.of("active", "suspended");

    static final Sheet<MemberRecord> PEOPLE =
            new Sheet<>(
                    "people.csv",
                    List.of("email", "name", "role", "status", "since"),
                    it ->
                            List.of(
                                    it.email(),
                                    it.name(),
                                    it.role().word(),
                                    it.suspended() ? "suspended" : "active",
                                    it.since().toString()),
                    Sheet::member);

    static final Sheet<CourseRecord> COURSES =
            new Sheet<>(
                    "courses.csv",
                    List.of("course", "title", "author", "published", "note"),
                    it ->
                            List.of(
                                    it.slug(),
                                    it.title(),
                                    it.author(),
                                    it.published().word(),
                                    it.note()),
                    row ->
                            new CourseRecord(
                                    slug(row),
                                    row.text("title"),
                                    row.text("author").isBlank() ? "" : row.email("author"),
                                    row.word("published", Publication.class),
                                    row.text("note")));

    static final Sheet<TeacherRecord> TEACHERS =
            new Sheet<>(
                    "teachers.csv",
                    List.of("course", "email", "role"),
                    it -> List.of(it.course(), it.email(), it.role().word()),
                    row ->
                            new TeacherRecord(
                                    slug(row),
                                    row.email("email"),
                                    row.word("role", CourseRole.class)));

    /** Not in the archives of before. */
    static final Sheet<SharedLessonRecord> SHARED =
            new Sheet<>(
                    "shared-lessons.csv",
                    List.of("text", "course", "lesson"),
                    it -> List.of(Integer.toString(it.text()), it.course(), it.lesson()),
                    row ->
                            new SharedLessonRecord(
                                    row.number("text"), slug(row), row.text("lesson")));

    static final Sheet<PlaceRecord> PLACES =
            new Sheet<>(
                    "learning/enrollments.csv",
                    List.of(
                            "email",
                            "course",
                            "status",
                            "enrolled_at",
                            "last_activity_at",
                            "last_lesson",
                            "source",
                            "reference",
                            "starts_at",
                            "ends_at"),
                    Sheet::cells,
                    Sheet::place);

    static final Sheet<ProgressRecord> PROGRESS =
            new Sheet<>(
                    "learning/progress.csv",
                    List.of(
                            "email",
                            "course",
                            "lesson",
                            "status",
                            "position_seconds",
                            "started_at",
                            "completed_at",
                            "updated_at"),
                    it ->
                            List.of(
                                    it.email(),
                                    it.course(),
                                    it.lesson(),
                                    it.status().word(),
                                    Integer.toString(it.positionSeconds()),
                                    it.startedAt().toString(),
                                    text(it.completedAt()),
                                    it.updatedAt().toString()),
                    Sheet::progress);

    static final List<Sheet<?>> ALL = List.of(PEOPLE, COURSES, TEACHERS, SHARED, PLACES, PROGRESS);

    private static MemberRecord member(Fields row) {
        var status = row.text("status").strip();
        if (!STANDINGS.contains(status)) {
            throw row.wrong("status", "is active or suspended");
        }
        return new MemberRecord(
                row.email("email"),
                row.text("name"),
                row.word("role", Role.class),
                status.equals("suspended"),
                row.time("since"));
    }

    private static String slug(Fields row) {
        var slug = row.text("course").strip();
        if (!SLUG.matcher(slug).matches() || slug.length() > 80) {
            throw row.wrong("course", "has small letters, digits and single hyphens");
        }
        return slug;
    }

    private static List<String> cells(PlaceRecord it) {
        var grant = it.grant();
        return List.of(
                it.email(),
                it.course(),
                it.status().word(),
                it.enrolledAt().toString(),
                it.lastActivityAt().toString(),
                it.lastLesson(),
                grant == null ? "" : grant.source(),
                grant == null ? "" : grant.reference(),
                grant == null ? "" : grant.startsAt().toString(),
                grant == null ? "" : text(grant.endsAt()));
    }

    private static PlaceRecord place(Fields row) {
        return new PlaceRecord(
                row.email("email"),
                slug(row),
                row.word("status", EnrollmentStatus.class),
                row.time("enrolled_at"),
                row.time("last_activity_at"),
                row.text("last_lesson"),
                row.text("source").isBlank() ? null : grant(row));
    }

    private static PlaceRecord.Grant grant(Fields row) {
        var source = row.text("source").strip();
        if (!LearningRecords.SOURCES.contains(source)) {
            throw row.wrong("source", "is free, purchase, subscription, seat, cohort or hand");
        }
        var starts = row.time("starts_at");
        var ends = row.timeOrNone("ends_at");
        if (ends != null && ends.isBefore(starts)) {
            throw row.wrong("ends_at", "is before starts_at");
        }
        return new PlaceRecord.Grant(source, row.text("reference"), starts, ends);
    }

    private static ProgressRecord progress(Fields row) {
        var status = row.word("status", LessonStatus.class);
        var completed = row.timeOrNone("completed_at");
        if ((status == LessonStatus.COMPLETED) != (completed != null)) {
            throw row.wrong("completed_at", "goes with the status completed, and only with that");
        }
        return new ProgressRecord(
                row.email("email"),
                slug(row),
                row.text("lesson"),
                status,
                row.number("position_seconds"),
                row.time("started_at"),
                completed,
                row.time("updated_at"));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
