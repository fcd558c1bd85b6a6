package org.stoa.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.catalog.CourseExports;
import org.stoa.catalog.CourseImports;
import org.stoa.catalog.Courses;
import org.stoa.catalog.Draft;
import org.stoa.catalog.Releases;
import org.stoa.catalog.files.CourseFiles;
import org.stoa.catalog.people.CourseRole;
import org.stoa.catalog.reuse.Beginnings;
import org.stoa.catalog.reuse.SharedLessons;
import org.stoa.catalog.studio.Checks;
import org.stoa.catalog.studio.Elsewhere;
import org.stoa.catalog.studio.LessonText;
import org.stoa.catalog.studio.LessonTexts;
import org.stoa.catalog.studio.Outline;
import org.stoa.catalog.studio.OutlineHistory;
import org.stoa.catalog.studio.Outlines;
import org.stoa.catalog.studio.Written;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** A lesson that stands in two courses. */
@StoaTest
class SharedLessonsTest {
    private static final int ROUNDS = 200;
    private static final String KNOTS = "knots";
    private static final String SAILS = "sails";

    private final SharedLessons sharing;
    private final Outlines outlines;
    private final LessonTexts texts;
    private final Releases releases;
    private final Rollbacks rollbacks;
    private final Checks checks;
    private final Courses courses;
    private final CourseFiles files;
    private final CourseImports imports;
    private final CourseExports exports;
    private final Beginnings beginnings;
    private final OutlineHistory history;
    private final ServiceDatabase service;
    private final Ids ids;
    private @TempDir Path folder;
    private School school;
    private Caller tara;
    private Caller theo;
    private UUID loops = new UUID(0, 0);
    private UUID cloth = new UUID(0, 0);
    private UUID bowline = new UUID(0, 0);

    @Autowired
    SharedLessonsTest(
            SharedLessons sharing,
            Outlines outlines,
            LessonTexts texts,
            Releases releases,
            Rollbacks rollbacks,
            Checks checks,
            Courses courses,
            CourseFiles files,
            CourseImports imports,
            CourseExports exports,
            Beginnings beginnings,
            OutlineHistory history,
            ServiceDatabase service,
            Ids ids) {
        this.sharing = sharing;
        this.outlines = outlines;
        this.texts = texts;
        this.releases = releases;
        this.rollbacks = rollbacks;
        this.checks = checks;
        this.courses = courses;
        this.files = files;
        this.imports = imports;
        this.exports = exports;
        this.beginnings = beginnings;
        this.history = history;
        this.service = service;
        this.ids = ids;
        this.school = new School(service, ids);
        this.tara = school.member("Tara", Role.TEACHER);
        this.theo = school.member("Theo", Role.TEACHER);
    }

    @BeforeEach
    void twoCourses() throws Exception {
        school = new School(service, ids);
        tara = school.member("Tara", Role.TEACHER);
        theo = school.member("Theo", Role.TEACHER);
        tara.call(() -> outlines.begin("Knots"));
        tara.call(() -> outlines.begin("Sails"));
        loops = tara.call(() -> outlines.addModule(KNOTS, "Loops"));
        cloth = tara.call(() -> outlines.addModule(SAILS, "Cloth"));
        bowline = tara.call(() -> outlines.addLesson(KNOTS, loops, "The bowline"));
        write(tara, KNOTS, bowline, "The first text.");
    }

    @Test
    void writtenInEitherItChangesInBothAndEachPublishesForItself() throws Exception {
        tara.call(() -> outlines.addLesson(SAILS, cloth, "The bowline"));
        var there = share();
        var copy = text(tara, SAILS, there);
        assertThat(copy.markdown()).isEqualTo("The first text.");
        assertThat(copy.slug()).isEqualTo("the-bowline-2");
        assertThat(copy.version()).isEqualTo(1);
        tara.call(() -> releases.publish(KNOTS, ""));
        tara.call(() -> releases.publish(SAILS, ""));

        write(tara, SAILS, there, "The second text.");
        assertThat(text(tara, KNOTS, bowline).markdown()).isEqualTo("The second text.");
        assertThat(tara.call(() -> texts.versions(KNOTS, bowline)))
                .extracting(it -> it.version() + " " + it.by())
                .containsExactly("3 Tara", "2 Tara", "1 Tara");
        assertThat(changed(KNOTS)).containsExactly("The bowline");
        assertThat(changed(SAILS)).containsExactly("The bowline");

        tara.call(() -> releases.publish(SAILS, ""));
        assertThat(read(SAILS, there)).contains("The second text.");
        assertThat(read(KNOTS, bowline)).contains("The first text.");
        assertThat(changed(KNOTS)).containsExactly("The bowline");
        tara.call(() -> releases.publish(KNOTS, ""));
        assertThat(read(KNOTS, bowline)).contains("The second text.");

        // The title is the text's, the address each lesson's.
        tara.call(() -> texts.write(KNOTS, bowline, 3, "A loop that holds", "The second text."));
        assertThat(text(tara, SAILS, there).title()).isEqualTo("A loop that holds");
        assertThat(text(tara, SAILS, there).slug()).isEqualTo("the-bowline-2");
    }

    @Test
    void aWriteOverAnUnseenTextOfTheOtherCourseIsRefusedWithIt() throws Exception {
        var there = share();
        write(tara, KNOTS, bowline, "Written in the first.");
        var over = tara.call(() -> texts.write(SAILS, there, 1, "The bowline", "In the second."));
        assertThat(over)
                .isInstanceOfSatisfying(
                        Written.Overtaken.class,
                        it -> {
                            assertThat(it.theirs().markdown()).isEqualTo("Written in the first.");
                            assertThat(it.theirs().version()).isEqualTo(2);
                            assertThat(it.theirs().course()).isEqualTo(SAILS);
                        });
    }

    @Test
    void twoWhoWriteAtTheSameInstantNeverMakeTwoTexts() throws Exception {
        var there = share();
        // A second text the other way round, and a third course, so that locks could cross.
        var reef = tara.call(() -> outlines.addLesson(SAILS, cloth, "Reefs"));
        var back = tara.call(() -> sharing.share(KNOTS, loops, reef));
        tara.call(() -> outlines.begin("Ropes"));
        var ends = tara.call(() -> outlines.addModule("ropes", "Ends"));
        var third = tara.call(() -> sharing.share("ropes", ends, there));
        var places =
                List.of(
                        Map.entry(KNOTS, bowline),
                        Map.entry(SAILS, there),
                        Map.entry("ropes", third),
                        Map.entry(KNOTS, back),
                        Map.entry(SAILS, reef));
        var barrier = new CyclicBarrier(places.size() + 1);
        var kept = new java.util.concurrent.atomic.AtomicInteger();
        var overtaken = new java.util.concurrent.atomic.AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(places.size() + 1)) {
            var running = new ArrayList<java.util.concurrent.Future<?>>();
            for (var place : places) {
                running.add(
                        threads.submit(
                                each(
                                        barrier,
                                        round -> {
                                            var seen = text(tara, place.getKey(), place.getValue());
                                            var written =
                                                    tara.call(() ->
                                                            texts.write(
                                                                    place.getKey(),
                                                                    place.getValue(),
                                                                    seen.version(),
                                                                    seen.title(),
                                                                    place + " " + round));
                                            (written instanceof Written.Kept ? kept : overtaken)
                                                    .incrementAndGet();
                                        })));
            }
            // Meanwhile the outlines are shaped, and sharing begins and ends.
            running.add(
                    threads.submit(
                            each(
                                    barrier,
                                    round -> {
                                        tara.run(() ->
                                                outlines.moveLessons(
                                                        KNOTS,
                                                        List.of(round % 2 == 0 ? bowline : back),
                                                        loops,
                                                        round % 2 == 0 ? back : bowline));
                                        if (round % 10 == 9) {
                                            var mine = also("ropes", third);
                                            assertThat(mine).isNotNull();
                                        }
                                    })));
            for (var one : running) {
                one.get(120, TimeUnit.SECONDS);
            }
        }
        assertThat(kept.get() + overtaken.get()).isEqualTo(ROUNDS * places.size());
        assertThat(kept.get()).isGreaterThanOrEqualTo(ROUNDS * 2);
        assertThat(overtaken.get()).isPositive();
        assertThat(unequal()).isZero();
        assertThat(text(tara, KNOTS, bowline).markdown())
                .isEqualTo(text(tara, SAILS, there).markdown())
                .isEqualTo(text(tara, "ropes", third).markdown());
    }

    private interface Round {
        void go(int number) throws Exception;
    }

    private static Callable<String> each(CyclicBarrier barrier, Round round) {
        return () -> {
            for (int i = 0; i < ROUNDS; i++) {
                barrier.await(240, TimeUnit.SECONDS);
                round.go(i);
            }
            return "";
        };
    }

    @Test
    void sharingAndWritingAtTheSameTimeHoldsToo() throws Exception {
        var barrier = new CyclicBarrier(2);
        var others = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            var title = "Course " + i;
            others.add(tara.call(() -> outlines.begin(title)));
        }
        try (var threads = Executors.newFixedThreadPool(2)) {
            var writing =
                    threads.submit(() -> {
                        for (int i = 0; i < others.size(); i++) {
                            barrier.await(240, TimeUnit.SECONDS);
                            write(tara, KNOTS, bowline, "Round " + i);
                        }
                        return "";
                    });
            var putting =
                    threads.submit(() -> {
                        for (var other : others) {
                            var module = tara.call(() -> outlines.addModule(other, "Module"));
                            barrier.await(240, TimeUnit.SECONDS);
                            var put = tara.call(() -> sharing.share(other, module, bowline));
                            var seen = text(tara, other, put);
                            tara.call(() ->
                                    texts.write(
                                            other,
                                            put,
                                            seen.version(),
                                            seen.title(),
                                            "From " + other));
                        }
                        return "";
                    });
            writing.get(120, TimeUnit.SECONDS);
            putting.get(120, TimeUnit.SECONDS);
        }
        assertThat(unequal()).isZero();
        assertThat(also(KNOTS, bowline)).hasSize(others.size());
    }

    @Test
    void whatIsInTheBinOrHereAlreadyOrNotTheirsIsRefused() throws Exception {
        var lock = tara.call(() -> outlines.addLesson(KNOTS, loops, "The lock"));
        tara.run(() -> outlines.bin(KNOTS, List.of(lock)));
        refused(Problem.NotFound.class, "bin", () -> tara.run(() -> put(lock)));
        refused(
                Problem.Conflict.class,
                "already",
                () -> tara.call(() -> sharing.share(KNOTS, loops, bowline)));
        refused(
                Problem.NotFound.class,
                "module",
                () -> tara.call(() -> sharing.share(SAILS, loops, bowline)));
        var there = share();
        refused(Problem.Conflict.class, "already", () -> tara.run(() -> put(bowline)));
        tara.run(() -> outlines.bin(SAILS, List.of(there)));
        refused(Problem.Conflict.class, "bin", () -> tara.run(() -> put(bowline)));

        // Somebody who does not teach the other course, who only reads it, and another school's.
        var mine = theo.call(() -> outlines.begin("Mine"));
        var module = theo.call(() -> outlines.addModule(mine, "M"));
        var hana = new School(service, ids).member("Hana", Role.OWNER);
        var hers = hana.call(() -> outlines.begin("Hers"));
        var herModule = hana.call(() -> outlines.addModule(hers, "M"));
        refused(
                Problem.NotFound.class,
                "no such lesson",
                () -> theo.call(() -> sharing.share(mine, module, bowline)));
        refused(
                Problem.NotFound.class,
                "no such lesson",
                () -> hana.call(() -> sharing.share(hers, herModule, bowline)));
        assertThat(theo.call(() -> sharing.offered(mine, ""))).isEmpty();
        staff(KNOTS, theo, CourseRole.REVIEWER);
        assertThat(theo.call(() -> sharing.offered(mine, ""))).isEmpty();
        refused(
                Problem.NotFound.class,
                "no such lesson",
                () -> theo.call(() -> sharing.share(mine, module, bowline)));
        staff(KNOTS, theo, CourseRole.ASSISTANT);
        assertThat(theo.call(() -> sharing.offered(mine, "")))
                .extracting(SharedLessons.Offered::title)
                .containsExactly("The bowline");
        var his = theo.call(() -> sharing.share(mine, module, bowline));
        // She is told that it stands there, and not led where she may not go.
        assertThat(also(KNOTS, bowline))
                .extracting(Elsewhere::title, Elsewhere::course)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Mine", null));
        assertThat(theo.call(() -> outlines.of(mine)).also(his))
                .extracting(Elsewhere::title, Elsewhere::lesson)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Knots", bowline));
        theo.call(() -> texts.write(mine, his, 1, "The bowline", "His words."));
        assertThat(text(tara, KNOTS, bowline).markdown()).isEqualTo("His words.");
        assertThat(tara.call(() -> texts.versions(KNOTS, bowline)).getFirst().by())
                .isEqualTo("Theo");
    }

    @Test
    void lessonsAreFoundByTheWordsOfTheirTitlesModulesAndCourses() throws Exception {
        var splice = tara.call(() -> outlines.addLesson(KNOTS, loops, "Éissure 100% \\ of _ rope"));
        assertThat(offered("")).containsExactly(bowline, splice);
        assertThat(offered("loops BOW")).containsExactly(bowline);
        assertThat(offered("eissure")).containsExactly(splice);
        assertThat(offered("100% \\")).containsExactly(splice);
        assertThat(offered("_ o")).containsExactly(splice);
        assertThat(offered("knots nothing")).isEmpty();
        assertThat(offered("a\u0000b" + "x".repeat(10_000))).isEmpty();
        share();
        assertThat(offered("")).containsExactly(splice);
    }

    @Test
    void whatLiesInOneCoursesBinStaysInTheOther() throws Exception {
        var there = share();
        tara.run(() -> outlines.bin(KNOTS, List.of(bowline)));
        assertThat(text(tara, SAILS, there).markdown()).isEqualTo("The first text.");
        assertThat(also(SAILS, there)).isEmpty();
        write(tara, SAILS, there, "While the other lay in the bin.");
        tara.run(() -> outlines.restore(KNOTS, List.of(bowline)));
        assertThat(text(tara, KNOTS, bowline).markdown())
                .isEqualTo("While the other lay in the bin.");
        assertThat(also(SAILS, there)).hasSize(1);
        var change = tara.call(() -> history.of(outlines.of(SAILS).courseId())).getFirst();
        assertThat(change.detail()).isEqualTo("Knots");
        tara.run(() -> history.undo(SAILS, change.id()));
        assertThat(tara.call(() -> outlines.of(SAILS)).lessons()).isEmpty();
        assertThat(text(tara, KNOTS, bowline)).isNotNull();
    }

    @Test
    void madeItsOwnATextGoesItsOwnWay() throws Exception {
        var there = share();
        tara.call(() -> outlines.begin("Ropes"));
        var ends = tara.call(() -> outlines.addModule("ropes", "Ends"));
        var third = tara.call(() -> sharing.share("ropes", ends, there));
        tara.run(() -> sharing.own(SAILS, there));
        write(tara, SAILS, there, "Its own.");
        assertThat(text(tara, KNOTS, bowline).markdown()).isEqualTo("The first text.");
        write(tara, KNOTS, bowline, "Of two still.");
        assertThat(text(tara, "ropes", third).markdown()).isEqualTo("Of two still.");
        assertThat(text(tara, SAILS, there).markdown()).isEqualTo("Its own.");
        // Of two, the other is alone then too; and again is nothing new.
        tara.run(() -> sharing.own("ropes", third));
        tara.run(() -> sharing.own("ropes", third));
        assertThat(sharedRows()).isZero();
        refused(
                Problem.NotFound.class,
                "no such lesson",
                () -> tara.run(() -> sharing.own(SAILS, bowline)));
    }

    @Test
    void aCopyOfALessonOrOfACourseHasATextOfItsOwn() throws Exception {
        var there = share();
        var twin = tara.call(() -> outlines.copyLesson(SAILS, there));
        var copied = tara.call(() -> beginnings.begin("Sails again", "course:" + SAILS));
        write(tara, KNOTS, bowline, "Another text.");
        assertThat(text(tara, SAILS, twin).markdown()).isEqualTo("The first text.");
        assertThat(draft(copied).lessons())
                .extracting(Draft.Lesson::markdown)
                .containsOnly("The first text.");
        assertThat(sharedRows()).isEqualTo(2);
    }

    @Test
    void theFilesThatTheTextShowsComeAlong() throws Exception {
        var path = upload(KNOTS, "porch.txt", "A porch");
        write(tara, KNOTS, bowline, "See [it](file:" + path + ").");
        var unused = upload(KNOTS, "unused.txt", "Nobody shows it");
        var there = share();
        assertThat(draft(SAILS).files())
                .extracting(Draft.File::path)
                .contains(path)
                .doesNotContain(unused);
        assertThat(checked(SAILS)).noneMatch(it -> it.contains("leads nowhere"));
        // One that comes later, at whichever side, under a name that neither has.
        upload(KNOTS, "sail.txt", "Of the first");
        var sail = upload(SAILS, "sail.txt", "Of the second");
        assertThat(sail).isNotEqualTo("files/sail.txt");
        write(tara, SAILS, there, "See [it](file:" + path + ") and [that](file:" + sail + ").");
        assertThat(draft(KNOTS).file(sail)).isPresent();
        assertThat(draft(KNOTS).file(sail).orElseThrow().sha256())
                .isEqualTo(draft(SAILS).file(sail).orElseThrow().sha256());
        assertThatThrownBy(() -> tara.run(() -> files.remove(KNOTS, sail)))
                .isInstanceOf(Problem.Conflict.class);
    }

    @Test
    void anotherFileUnderTheSamePathIsNamedAndNothingIsWritten() throws Exception {
        var path = upload(KNOTS, "porch.txt", "A porch");
        assertThat(upload(SAILS, "porch.txt", "Another porch")).isEqualTo(path);
        write(tara, KNOTS, bowline, "See [it](file:" + path + ").");
        refused(Problem.Conflict.class, path, () -> tara.run(() -> put(bowline)));
        assertThat(tara.call(() -> outlines.of(SAILS)).lessons()).isEmpty();
        assertThat(sharedRows()).isZero();
        write(tara, KNOTS, bowline, "No file.");
        var there = share();
        refused(
                Problem.Invalid.class,
                path,
                () -> write(tara, SAILS, there, "See [it](file:" + path + ")."));
        assertThat(text(tara, SAILS, there).markdown()).isEqualTo("No file.");
        assertThat(text(tara, KNOTS, bowline).markdown()).isEqualTo("No file.");
    }

    @Test
    void linksToLessonsThatOnlyTheOtherCourseHasAreNamedBeforePublishing() throws Exception {
        var hitch = tara.call(() -> outlines.addLesson(KNOTS, loops, "The hitch"));
        write(tara, KNOTS, hitch, "Round a pole.");
        write(tara, KNOTS, bowline, "See [it](lesson:" + hitch + ").");
        var there = share();
        assertThat(checked(KNOTS)).noneMatch(it -> it.contains(hitch.toString()));
        assertThat(checked(SAILS)).anyMatch(it -> it.contains("lesson:" + hitch));
        // Shared too, it is found there.
        tara.run(() -> put(hitch));
        assertThat(checked(SAILS)).noneMatch(it -> it.contains("lesson:" + hitch));
        assertThat(text(tara, SAILS, there)).isNotNull();
    }

    @Test
    void bringingBackAReleaseWritesTheOldTextInBothDrafts() throws Exception {
        tara.call(() -> releases.publish(KNOTS, ""));
        var there = share();
        tara.call(() -> releases.publish(SAILS, ""));
        write(tara, SAILS, there, "The second text.");
        tara.call(() -> releases.publish(SAILS, ""));
        var course = tara.call(() -> outlines.of(KNOTS)).courseId();
        assertThat(tara.call(() -> rollbacks.affected(course, 1)))
                .containsExactly(new Rollbacks.Affected("The bowline", List.of("Sails")));
        tara.run(() -> rollbacks.bringBack(KNOTS, 1));
        assertThat(text(tara, SAILS, there).markdown()).isEqualTo("The first text.");
        assertThat(read(SAILS, there)).contains("The second text.");
        assertThat(changed(SAILS)).containsExactly("The bowline");
        assertThat(tara.call(() -> rollbacks.affected(course, 1))).isEmpty();
    }

    @Test
    void aFolderThatComesInAgainWritesTheTextInBoth() throws Exception {
        var path = upload(KNOTS, "porch.txt", "A porch");
        write(tara, KNOTS, bowline, "See [it](file:" + path + ").");
        var there = share();
        tara.call(() -> {
            exports.folder(KNOTS, folder);
            return "";
        });
        try (var all = Files.walk(folder)) {
            for (var page : all.filter(it -> it.toString().endsWith(".md")).toList()) {
                Files.writeString(page, Files.readString(page) + "\nAnd more.\n");
            }
        }
        Files.writeString(folder.resolve(path), "A new porch");
        var brought = tara.call(() -> imports.bring(folder, ""));
        assertThat(brought.created()).isFalse();
        assertThat(brought.report())
                .singleElement()
                .matches(it -> it.message().contains("is among the lesson's versions"));
        assertThat(text(tara, SAILS, there).markdown()).endsWith("And more.");
        assertThat(draft(SAILS).file(path).orElseThrow().sha256())
                .isEqualTo(draft(KNOTS).file(path).orElseThrow().sha256());
        assertThat(draft(SAILS).files()).hasSize(1);
        assertThat(also(KNOTS, bowline)).hasSize(1);
    }

    @Test
    void whoeverWritesPastTheProgramWritesBoth() throws Exception {
        var there = share();
        service.sql("update lessons set markdown = 'By hand.' where id = :id")
                .param("id", bowline)
                .update();
        assertThat(text(tara, SAILS, there).markdown()).isEqualTo("By hand.");
        assertThat(text(tara, SAILS, there).version()).isEqualTo(2);
    }

    // What is done ----------------------------------------------------------------------------

    private UUID share() throws Exception {
        return tara.call(() -> put(bowline));
    }

    private UUID put(UUID lesson) {
        return sharing.share(SAILS, cloth, lesson);
    }

    private void write(Caller caller, String course, UUID lesson, String markdown)
            throws Exception {
        for (int i = 0; i < 50; i++) {
            var seen = text(caller, course, lesson);
            if (caller.call(
                            () ->
                                    texts.write(
                                            course, lesson, seen.version(), seen.title(), markdown))
                    instanceof Written.Kept) {
                return;
            }
        }
        throw new AssertionError("Overtaken fifty times");
    }

    private LessonText text(Caller caller, String course, UUID lesson) throws Exception {
        return caller.call(() -> texts.open(course, lesson));
    }

    private List<Elsewhere> also(String course, UUID lesson) throws Exception {
        return tara.call(() -> outlines.of(course)).also(lesson);
    }

    private List<UUID> offered(String words) throws Exception {
        return tara.call(() -> sharing.offered(SAILS, words)).stream()
                .map(SharedLessons.Offered::id)
                .toList();
    }

    private List<String> changed(String course) throws Exception {
        return tara.call(() -> outlines.of(course)).lessons().stream()
                .filter(Outline.Lesson::changed)
                .map(Outline.Lesson::title)
                .toList();
    }

    private List<String> checked(String course) throws Exception {
        return tara.call(() -> checks.of(course)).stream().map(it -> it.message()).toList();
    }

    private String read(String course, UUID lesson) throws Exception {
        var release = tara.call(() -> releases.current(course)).orElseThrow();
        return tara.call(() -> releases.body(release, lesson)).html();
    }

    private Draft draft(String course) throws Exception {
        return tara.call(() -> courses.draft(course)).orElseThrow();
    }

    private String upload(String course, String name, String content) throws Exception {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        return tara.call(() ->
                        files.add(course, name, bytes.length, new ByteArrayInputStream(bytes)))
                .path();
    }

    private void staff(String course, Caller teacher, CourseRole role) {
        service.sql(
                        """
                        insert into course_staff
                               (organization_id, course_id, teacher_id, role, added_at)
                        select organization_id, id, :teacher, :role, now()
                          from courses
                         where organization_id = :school and slug = :course
                        on conflict (organization_id, course_id, teacher_id)
                           do update set role = excluded.role
                        """)
                .param("teacher", teacher.personId())
                .param("role", role.word())
                .param("school", school.organization.id())
                .param("course", course)
                .update();
    }

    /** How many texts say two things. */
    private int unequal() {
        return service.sql(
                        """
                        select count(*)
                          from (select from lessons
                                 where organization_id = :school and shared_text is not null
                                 group by shared_text
                                having count(distinct (title, markdown, minutes)) > 1) t
                        """)
                .param("school", school.organization.id())
                .query(Integer.class)
                .single();
    }

    private int sharedRows() {
        return service.sql(
                        """
                        select count(*) from lessons
                         where organization_id = :school and shared_text is not null
                        """)
                .param("school", school.organization.id())
                .query(Integer.class)
                .single();
    }

    private static void refused(
            Class<? extends Problem> problem, String word, ThrowingCallable doing) {
        assertThatThrownBy(doing).isInstanceOf(problem).hasMessageContaining(word);
    }
}
