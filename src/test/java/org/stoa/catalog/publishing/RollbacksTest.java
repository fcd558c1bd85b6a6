package org.stoa.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.catalog.Difference;
import org.stoa.catalog.Difference.Kind;
import org.stoa.catalog.Releases;
import org.stoa.catalog.studio.DraftState;
import org.stoa.catalog.studio.LessonTexts;
import org.stoa.catalog.studio.Outline;
import org.stoa.catalog.studio.OutlineHistory;
import org.stoa.catalog.studio.Outlines;
import org.stoa.enrollment.Enrollments;
import org.stoa.enrollment.LessonMark;
import org.stoa.enrollment.LessonStatus;
import org.stoa.enrollment.Progress;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** What lies between a draft and its releases, and the way back. */
@StoaTest
class RollbacksTest {
    private final Rollbacks rollbacks;
    private final Releases releases;
    private final Outlines outlines;
    private final LessonTexts texts;
    private final OutlineHistory history;
    private final Enrollments enrollments;
    private final Progress progress;
    private final ServiceDatabase service;
    private final Ids ids;
    private Caller tara;
    private Caller learner;
    private String course = "";
    private UUID loops = new UUID(0, 0);
    private UUID ends = new UUID(0, 0);
    private final List<UUID> lessons = new ArrayList<>();

    @Autowired
    RollbacksTest(
            Rollbacks rollbacks,
            Releases releases,
            Outlines outlines,
            LessonTexts texts,
            OutlineHistory history,
            Enrollments enrollments,
            Progress progress,
            ServiceDatabase service,
            Ids ids) {
        this.rollbacks = rollbacks;
        this.releases = releases;
        this.outlines = outlines;
        this.texts = texts;
        this.history = history;
        this.enrollments = enrollments;
        this.progress = progress;
        this.service = service;
        this.ids = ids;
    }

    @BeforeEach
    void aReleasedCourse() throws Exception {
        var school = new School(service, ids);
        tara = school.member("Tara", Role.TEACHER);
        learner = school.member("Lena", Role.STUDENT);
        course = tara.call(() -> outlines.begin("Knots"));
        loops = tara.call(() -> outlines.addModule(course, "Loops"));
        ends = tara.call(() -> outlines.addModule(course, "Ends"));
        lessons.clear();
        for (var title : List.of("Bowline", "Clove hitch", "Reef knot")) {
            lessons.add(tara.call(() -> outlines.addLesson(course, loops, title)));
        }
        lessons.add(tara.call(() -> outlines.addLesson(course, ends, "Splice")));
        write(0, 1, "Bowline", "The first text.");
        tara.call(() -> releases.publish(course, ""));
    }

    @Test
    void whatLearnersWouldFindChangedIsNamed() throws Exception {
        assertThat(changes()).isEmpty();
        write(0, 2, "Bowline", "Another text.");
        tara.run(
                () -> outlines.moveLessons(course, List.of(lessons.get(2)), loops, lessons.get(0)));
        tara.run(() -> outlines.moveLessons(course, List.of(lessons.get(1)), ends, null));
        tara.run(() -> outlines.renameModule(course, ends, 1, "Rope ends"));
        tara.run(() -> outlines.bin(course, List.of(lessons.get(3))));
        var bend = tara.call(() -> outlines.addLesson(course, loops, "Bend"));
        assertThat(changes())
                .extracting(Difference::kind, Difference::lesson)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Kind.CHANGED, lessons.get(0)),
                        org.assertj.core.groups.Tuple.tuple(Kind.MOVED, lessons.get(2)),
                        org.assertj.core.groups.Tuple.tuple(Kind.MOVED, lessons.get(1)),
                        org.assertj.core.groups.Tuple.tuple(Kind.REMOVED, lessons.get(3)),
                        org.assertj.core.groups.Tuple.tuple(Kind.ADDED, bend));
        var told = changes();
        tara.call(() -> releases.publish(course, ""));
        assertThat(tara.call(() -> releases.of(course)).getFirst().changes())
                .containsExactlyInAnyOrderElementsOf(told);
        assertThat(changes()).isEmpty();
        // A text that is as it was is no change, whatever was tried between.
        write(0, 3, "Bowline", "Tried.");
        write(0, 4, "Bowline", "Another text.");
        assertThat(changes()).isEmpty();
    }

    @Test
    void theDraftComesBackAndALearnerHalfWayKeepsWhatTheyDid() throws Exception {
        learner.call(() -> enrollments.enroll(course));
        done(lessons.get(0));
        done(lessons.get(1));
        var before = outline();

        write(0, 2, "The bowline", "A bad text.");
        tara.run(() -> outlines.moveLessons(course, List.of(lessons.get(2)), ends, null));
        tara.run(() -> outlines.bin(course, List.of(lessons.get(1))));
        tara.run(() -> outlines.renameModule(course, loops, 1, "Nooses"));
        tara.run(() -> outlines.binModule(course, ends));
        tara.call(() -> outlines.addLesson(course, loops, "Bend"));
        tara.call(() -> releases.publish(course, "The bad one"));
        assertThat(tara.call(() -> releases.current(course)).orElseThrow().lessons()).hasSize(2);

        tara.run(() -> rollbacks.bringBack(course, 1));
        assertThat(titles(outline())).isEqualTo(titles(before));
        var text = tara.call(() -> texts.open(course, lessons.get(0)));
        assertThat(text.markdown()).isEqualTo("The first text.");
        assertThat(text.title()).isEqualTo("Bowline");
        assertThat(tara.call(() -> texts.versions(course, lessons.get(0))))
                .extracting(it -> it.title())
                .startsWith("Bowline", "The bowline", "Bowline");
        assertThat(outline().bin()).extracting(Outline.Lesson::title).containsExactly("Bend");

        tara.call(() -> releases.publish(course, "As it was"));
        assertThat(tara.call(() -> releases.current(course)).orElseThrow().lessons())
                .extracting(it -> it.id())
                .isEqualTo(lessons);
        var standing = done(lessons.get(2));
        assertThat(standing).isEqualTo(3);
    }

    @Test
    void whatWasDoneToTheOutlineIsListedAndUndone() throws Exception {
        var before = titles(outline());
        tara.run(() -> outlines.moveLessons(course, lessons.subList(0, 2), ends, null));
        tara.run(() -> outlines.renameModule(course, ends, 1, "Rope ends"));
        tara.run(() -> outlines.moveModule(course, ends, loops));
        tara.run(() -> outlines.bin(course, List.of(lessons.get(2), lessons.get(3))));
        tara.call(() -> outlines.copyLesson(course, lessons.get(0)));
        var changes = tara.call(() -> history.of(outlines.of(course).courseId()));
        assertThat(changes)
                .extracting(it -> it.kind().name())
                .startsWith(
                        "LESSON_COPIED",
                        "LESSONS_BINNED",
                        "MODULE_MOVED",
                        "MODULE_RENAMED",
                        "LESSONS_MOVED",
                        "LESSON_ADDED");
        assertThat(changes.getFirst().by()).isEqualTo("Tara");
        for (var change : changes.subList(0, 5)) {
            tara.run(() -> history.undo(course, change.id()));
        }
        assertThat(titles(outline())).isEqualTo(before);
        assertThatThrownBy(() -> tara.run(() -> history.undo(course, changes.getFirst().id())))
                .isInstanceOf(Problem.Conflict.class);
    }

    @Test
    void whatIsNotThereCannotBeBroughtBack() throws Exception {
        assertThatThrownBy(() -> tara.run(() -> rollbacks.bringBack(course, 9)))
                .isInstanceOf(Problem.NotFound.class);
        var other = new School(service, ids).member("Hana", Role.OWNER);
        assertThatThrownBy(() -> other.run(() -> rollbacks.bringBack(course, 1)))
                .isInstanceOf(Problem.NotFound.class);
        assertThat(titles(outline())).hasSize(6);
    }

    /** How many lessons of the course count as done afterwards. */
    private int done(UUID lesson) throws Exception {
        var mark =
                new LessonMark(
                        lesson, LessonStatus.COMPLETED, 0, Instant.parse("2026-02-01T10:00:00Z"));
        return learner.call(() -> progress.mark(mark)).progress().completed();
    }

    private void write(int lesson, int seen, String title, String text) throws Exception {
        tara.call(() -> texts.write(course, lessons.get(lesson), seen, title, text));
    }

    private List<Difference> changes() throws Exception {
        return tara.call(() -> DraftState.of(outlines.desk(course), releases)).changes();
    }

    private Outline outline() throws Exception {
        return tara.call(() -> outlines.of(course));
    }

    private static List<String> titles(Outline outline) {
        var titles = new ArrayList<String>();
        for (var module : outline.modules()) {
            titles.add(module.title());
            module.lessons().forEach(it -> titles.add(it.title()));
        }
        return titles;
    }
}
