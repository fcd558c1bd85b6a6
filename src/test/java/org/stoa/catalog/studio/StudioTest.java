package org.stoa.catalog.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.catalog.CourseExports;
import org.stoa.catalog.CourseImports;
import org.stoa.catalog.Releases;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** Two schools' teachers shape their drafts. */
@StoaTest
class StudioTest {
    private final Outlines outlines;
    private final LessonTexts texts;
    private final Checks checks;
    private final Releases releases;
    private final CourseImports imports;
    private final CourseExports exports;
    private final ServiceDatabase service;
    private final Ids ids;
    private Caller tara;
    private Caller theo;
    private Caller harbour;

    @Autowired
    StudioTest(
            Outlines outlines,
            LessonTexts texts,
            Checks checks,
            Releases releases,
            CourseImports imports,
            CourseExports exports,
            ServiceDatabase service,
            Ids ids) {
        this.outlines = outlines;
        this.texts = texts;
        this.checks = checks;
        this.releases = releases;
        this.imports = imports;
        this.exports = exports;
        this.service = service;
        this.ids = ids;
    }

    @BeforeEach
    void twoSchools() {
        var halden = school("halden");
        tara = teacher(halden, "Tara");
        theo = Caller.member(halden, teacher(halden, "Theo").personId(), "Theo", Role.ADMIN);
        harbour = teacher(school("harbour"), "Hana");
    }

    @Test
    void aCourseGrowsFromNothing() throws Exception {
        var course = begun("Knots and hitches");
        assertThat(course).isEqualTo("knots-and-hitches");
        assertThat(begun("Knots and hitches")).isEqualTo("knots-and-hitches-2");
        var loops = module(course, "Loops");
        var bowline = lesson(course, loops, "The bowline");
        lesson(course, module(course, "Bends"), "The bowline");
        assertThat(lines(course)).containsExactly("Loops: The bowline", "Bends: The bowline");
        assertThat(outline(course).modules().getLast().lessons().getFirst().slug())
                .isEqualTo("the-bowline-2");
        write(course, bowline, 1, "The bowline", "A loop that holds.");
        var release = tara.call(() -> releases.publish(course, ""));
        assertThat(release.number()).isEqualTo(1);
        var published = tara.call(() -> releases.current(course).orElseThrow());
        assertThat(tara.call(() -> releases.body(published, bowline).html()))
                .contains("A loop that holds.");
    }

    @Test
    void lessonsMoveToWhereTheirNeighboursSay() throws Exception {
        var course = begun("Knots");
        var one = module(course, "One");
        var two = module(course, "Two");
        var a = lesson(course, one, "A");
        var b = lesson(course, one, "B");
        var c = lesson(course, one, "C");
        var d = lesson(course, two, "D");
        move(course, List.of(c), one, a);
        assertThat(lines(course)).containsExactly("One: C A B", "Two: D");
        move(course, List.of(a, c), two, d);
        assertThat(lines(course)).containsExactly("One: B", "Two: A C D");
        move(course, List.of(a), two, null);
        assertThat(lines(course)).containsExactly("One: B", "Two: C D A");
        move(course, List.of(c, d), two, d);
        assertThat(lines(course)).containsExactly("One: B", "Two: C D A");
        tara.run(() -> outlines.moveModule(course, two, one));
        assertThat(lines(course)).containsExactly("Two: C D A", "One: B");
        assertThatThrownBy(() -> move(course, List.of(UUID.randomUUID()), two, null))
                .isInstanceOf(Problem.NotFound.class);
        assertThatThrownBy(() -> move(course, List.of(b), UUID.randomUUID(), null))
                .isInstanceOf(Problem.NotFound.class);
    }

    @Test
    void twoTeachersWhoMoveAtOnceBothHaveTheirWay() throws Exception {
        var course = begun("Knots");
        var one = module(course, "One");
        var lessons = IntStream.range(0, 12).mapToObj(i -> lesson(course, one, "L" + i)).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var moves =
                    lessons.stream()
                            .<Callable<Void>>map(lesson ->
                                    () -> {
                                        tara.run(() ->
                                                outlines.moveLessons(
                                                        course, List.of(lesson), one, null));
                                        return null;
                                    })
                            .toList();
            for (var done : threads.invokeAll(moves)) {
                done.get();
            }
        }
        assertThat(outline(course).modules().getFirst().lessons())
                .extracting(Outline.Lesson::id)
                .containsExactlyInAnyOrderElementsOf(lessons);
    }

    @Test
    void whatIsThrownAwayCanBeTakenOutOfTheBin() throws Exception {
        var course = begun("Knots");
        var one = module(course, "One");
        var a = lesson(course, one, "A");
        var b = lesson(course, one, "B");
        tara.run(() -> outlines.bin(course, List.of(a)));
        assertThat(lines(course)).containsExactly("One: B");
        assertThat(outline(course).bin()).extracting(Outline.Lesson::title).containsExactly("A");
        assertThatThrownBy(() -> tara.call(() -> texts.open(course, a)))
                .isInstanceOf(Problem.NotFound.class);
        tara.run(() -> outlines.restore(course, List.of(a)));
        assertThat(lines(course)).containsExactly("One: B A");
        tara.run(() -> outlines.binModule(course, one));
        assertThat(lines(course)).isEmpty();
        tara.run(() -> outlines.restore(course, List.of(b)));
        assertThat(lines(course)).containsExactly("One: B");
    }

    @Test
    void aCopyStandsBehindItsOriginal() throws Exception {
        var course = begun("Knots");
        var one = module(course, "One");
        var a = lesson(course, one, "A");
        lesson(course, one, "B");
        write(course, a, 1, "A", "Some text.");
        var copy = tara.call(() -> outlines.copyLesson(course, a));
        assertThat(lines(course)).containsExactly("One: A A (copy) B");
        assertThat(tara.call(() -> texts.open(course, copy)).markdown()).isEqualTo("Some text.");
    }

    @Test
    void nobodysTextIsWrittenOverUnread() throws Exception {
        var course = begun("Knots");
        var lesson = lesson(course, module(course, "One"), "A");
        assertThat(write(course, lesson, 1, "A", "Tara's."))
                .isInstanceOfSatisfying(
                        Written.Kept.class, kept -> assertThat(kept.version()).isEqualTo(2));
        var late = theo.call(() -> texts.write(course, lesson, 1, "A", "Theo's."));
        assertThat(late)
                .isInstanceOfSatisfying(
                        Written.Overtaken.class,
                        it -> {
                            assertThat(it.theirs().markdown()).isEqualTo("Tara's.");
                            assertThat(it.theirs().version()).isEqualTo(2);
                        });
        assertThat(tara.call(() -> texts.open(course, lesson)).markdown()).isEqualTo("Tara's.");
        // The answer to the first was lost, and it is sent again.
        assertThat(write(course, lesson, 1, "A", "Tara's."))
                .isInstanceOfSatisfying(
                        Written.Kept.class, kept -> assertThat(kept.version()).isEqualTo(2));
    }

    @Test
    void everyTextIsKeptAndComesBack(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("1-a.md"), "# A\n\nThe first.");
        Files.writeString(folder.resolve("course.yaml"), "title: Knots");
        tara.call(() -> imports.bring(folder, "knots"));
        var lesson = outline("knots").modules().getFirst().lessons().getFirst().id();
        write("knots", lesson, 1, "A", "The second.");
        Files.writeString(folder.resolve("1-a.md"), "# A\n\nThe third, by an import.");
        tara.call(() -> imports.bring(folder, "knots"));
        var versions = tara.call(() -> texts.versions("knots", lesson));
        assertThat(versions).extracting(LessonVersion::version).containsExactly(3, 2, 1);
        assertThat(versions).extracting(LessonVersion::words).containsExactly(5, 2, 2);
        assertThat(versions.get(1).by()).isEqualTo("Tara");
        assertThat(tara.call(() -> texts.version("knots", lesson, 1)).markdown())
                .isEqualTo("The first.");
        theo.call(() -> texts.bringBack("knots", lesson, 2, 3));
        var now = tara.call(() -> texts.open("knots", lesson));
        assertThat(now.markdown()).isEqualTo("The second.");
        assertThat(now.version()).isEqualTo(4);
    }

    @Test
    void whatWasMadeInTheStudioComesBackFromItsExport(@TempDir Path folder) throws Exception {
        var course = begun("Knots");
        var lesson = lesson(course, module(course, "Loops"), "The bowline");
        write(course, lesson, 1, "The bowline", "A loop that holds.");
        tara.run(() -> {
            try {
                exports.folder(course, folder);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        var again = tara.call(() -> imports.bring(folder, "knots"));
        assertThat(again.created()).isFalse();
        assertThat(again.slug()).isEqualTo(course);
        assertThat(outline(course).modules().getFirst().lessons().getFirst().id())
                .isEqualTo(lesson);
        assertThat(tara.call(() -> texts.open(course, lesson)).version()).isEqualTo(2);
    }

    @Test
    void aDraftIsLookedOverBeforeItIsPublished() throws Exception {
        var course = begun("Knots");
        assertThat(checks(course))
                .containsExactly(
                        "Knots 0: The course has no lesson yet.",
                        "Knots 0: The course has no summary; the catalog would show none.");
        var one = module(course, "One");
        module(course, "Two");
        var a = lesson(course, one, "A");
        var b = lesson(course, one, "B");
        write(
                course,
                b,
                1,
                "B",
                "[A](lesson:%s)\n\n[gone](lesson:gone#part)\n\n![](/media/x/y.png) ![A rope](file:rope.png)"
                        .formatted(a));
        assertThat(checks(course))
                .containsExactly(
                        "Knots 0: The course has no summary; the catalog would show none.",
                        "Two 0: This module has no lesson; learners would not see it.",
                        "A 0: There is nothing to read in this lesson.",
                        "B 3: Nothing in the course is at lesson:gone#part.",
                        "B 5: The picture /media/x/y.png has no description for those who do not see"
                                + " it.",
                        "B 5: Nothing in the course is at file:rope.png.");
    }

    private List<String> checks(String course) throws Exception {
        return tara.call(() -> checks.of(course)).stream()
                .map(it -> it.title() + " " + it.line() + ": " + it.message())
                .toList();
    }

    @Test
    void aTitleThatCannotBeKeptIsRefusedAndChangesNothing() throws Exception {
        var course = begun("Knots");
        var one = module(course, "One");
        for (var title : List.of("", "   ", "x".repeat(10_000), "turned \u202e round", "\u0000")) {
            assertThatThrownBy(() -> lesson(course, one, title))
                    .isInstanceOf(Problem.Invalid.class);
            assertThatThrownBy(() -> tara.call(() -> outlines.renameModule(course, one, 1, title)))
                    .isInstanceOf(Problem.Invalid.class);
        }
        assertThat(lines(course)).containsExactly("One:");
        tara.call(() -> outlines.renameModule(course, one, 1, "First"));
        assertThatThrownBy(() -> theo.call(() -> outlines.renameModule(course, one, 1, "Uno")))
                .isInstanceOf(Problem.Conflict.class)
                .hasMessageContaining("First");
    }

    @Test
    void anotherSchoolFindsNothing() throws Exception {
        var course = begun("Knots");
        var lesson = lesson(course, module(course, "One"), "A");
        assertThatThrownBy(() -> harbour.call(() -> outlines.of(course)))
                .isInstanceOf(Problem.NotFound.class);
        assertThatThrownBy(() -> harbour.call(() -> texts.open(course, lesson)))
                .isInstanceOf(Problem.NotFound.class);
        assertThatThrownBy(() -> harbour.call(() -> texts.write(course, lesson, 1, "A", "Ours.")))
                .isInstanceOf(Problem.NotFound.class);
    }

    private String begun(String title) throws Exception {
        return tara.call(() -> outlines.begin(title));
    }

    private UUID module(String course, String title) throws Exception {
        return tara.call(() -> outlines.addModule(course, title));
    }

    private UUID lesson(String course, UUID module, String title) {
        try {
            return tara.call(() -> outlines.addLesson(course, module, title));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void move(String course, List<UUID> lessons, UUID module, @Nullable UUID before) {
        tara.run(() -> outlines.moveLessons(course, lessons, module, before));
    }

    private Written write(String course, UUID lesson, int seen, String title, String text)
            throws Exception {
        return tara.call(() -> texts.write(course, lesson, seen, title, text));
    }

    private Outline outline(String course) throws Exception {
        return tara.call(() -> outlines.of(course));
    }

    private List<String> lines(String course) throws Exception {
        return outline(course).modules().stream()
                .map(it ->
                        (it.title()
                                        + ": "
                                        + String.join(
                                                " ",
                                                it.lessons().stream()
                                                        .map(Outline.Lesson::title)
                                                        .toList()))
                                .strip())
                .toList();
    }

    private Organization school(String name) {
        var school = new Organization(ids.next(), name + "-" + UUID.randomUUID(), name, "en", null);
        service.sql(
                        """
                        insert into organizations (id, subdomain, name, created_at)
                        values (:id, :subdomain, :name, :now)
                        """)
                .param("id", school.id())
                .param("subdomain", school.subdomain())
                .param("name", name)
                .param("now", Instant.parse("2026-01-01T00:00:00Z").atOffset(ZoneOffset.UTC))
                .update();
        return school;
    }

    private Caller teacher(Organization school, String name) {
        var id = ids.next();
        var now = Instant.parse("2026-01-01T00:00:00Z").atOffset(ZoneOffset.UTC);
        service.sql(
                        """
                        insert into users (id, email, name, created_at)
                        values (:id, :email, :name, :now)
                        """)
                .param("id", id)
                .param("email", id + "@example.org")
                .param("name", name)
                .param("now", now)
                .update();
        service.sql(
                        """
                        insert into organization_memberships (organization_id, user_id, role, created_at)
                        values (:school, :id, 'teacher', :now)
                        """)
                .param("school", school.id())
                .param("id", id)
                .param("now", now)
                .update();
        return Caller.member(school, id, name, Role.TEACHER);
    }
}
