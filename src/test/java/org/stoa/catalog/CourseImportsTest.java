package org.stoa.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.catalog.CourseImports.Imported;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStaff;
import org.stoa.media.MediaFiles;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** Courses coming in and going out, in two schools. */
@StoaTest
class CourseImportsTest {
    private static final byte[] PICTURE =
            java.util.Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
                                    + "awAAAABJRU5ErkJggg==");

    private final CourseImports imports;
    private final CourseExports exports;
    private final Courses courses;
    private final CourseStaff staff;
    private final MediaFiles media;
    private final ServiceDatabase service;
    private final Ids ids;
    private @TempDir Path folder;
    private Organization halden;
    private Organization harbour;
    private Caller ines;
    private Caller jonas;

    @Autowired
    CourseImportsTest(
            CourseImports imports,
            CourseExports exports,
            Courses courses,
            CourseStaff staff,
            MediaFiles media,
            ServiceDatabase service,
            Ids ids) {
        this.imports = imports;
        this.exports = exports;
        this.courses = courses;
        this.staff = staff;
        this.media = media;
        this.service = service;
        this.ids = ids;
    }

    @BeforeEach
    void twoSchoolsAndTwoTeachers() {
        halden = school("halden");
        harbour = school("harbour");
        ines = teacher("Ines");
        jonas = teacher("Jonas");
    }

    @Test
    void aFolderBecomesADraft() throws Exception {
        var imported = bring(ines, bread());
        assertThat(imported.created()).isTrue();
        assertThat(imported.slug()).isEqualTo("bread");
        var draft = draft(ines, "bread");
        assertThat(draft.title()).isEqualTo("Bread");
        assertThat(draft.tags()).containsExactly("baking", "slow");
        assertThat(draft.createdBy()).isEqualTo(ines.person());
        assertThat(draft.modules()).hasSize(2);
        assertThat(draft.lessons())
                .extracting(Draft.Lesson::slug)
                .containsExactly("flour", "water", "kneading");
        assertThat(draft.files()).hasSize(1);
        var file = draft.files().getFirst();
        assertThat(bytes(file)).isEqualTo(PICTURE);
    }

    @Test
    void theSameCourseAgainKeepsItsLessonsIds() throws Exception {
        bring(ines, bread());
        var before = draft(ines, "bread");
        bring(ines, folder.resolve("bread"));
        assertThat(draft(ines, "bread")).isEqualTo(before);

        write("bread/1-basics/2-water.md", "# Water and salt\n\nMore words.");
        write("bread/1-basics/3-yeast.md", "# Yeast\n\nIt lives.");
        Files.delete(folder.resolve("bread/2-dough/1-kneading.md"));
        write("bread/2-dough/2-rest.md", "# Rest\n\nWait.");
        assertThat(bring(ines, folder.resolve("bread")).created()).isFalse();
        var after = draft(ines, "bread");
        assertThat(after.lesson("1-basics/2-water.md").orElseThrow().id())
                .isEqualTo(before.lesson("1-basics/2-water.md").orElseThrow().id());
        assertThat(after.lessons())
                .extracting(Draft.Lesson::title)
                .containsExactly("Flour", "Water and salt", "Yeast", "Rest");
        assertThat(after.updatedAt()).isAfter(before.updatedAt());

        write("bread/2-dough/1-kneading.md", "# Kneading\n\nBack again.");
        bring(ines, folder.resolve("bread"));
        assertThat(draft(ines, "bread").lesson("2-dough/1-kneading.md").orElseThrow().id())
                .isEqualTo(before.lesson("2-dough/1-kneading.md").orElseThrow().id());
    }

    @Test
    void anIdFindsTheCourseUnderAnotherTitle() throws Exception {
        write("c/course.yaml", "id: loaf\ntitle: Loaf");
        write("c/one.md", "# One\n\nWords.");
        var first = bring(ines, folder.resolve("c"));
        write("c/course.yaml", "id: loaf\ntitle: The loaf");
        var second = bring(ines, folder.resolve("c"));
        assertThat(second.slug()).isEqualTo(first.slug());
        assertThat(second.created()).isFalse();
        write("c/course.yaml", "id: another\ntitle: Loaf");
        assertThat(bring(ines, folder.resolve("c")).slug()).isEqualTo("loaf-2");
    }

    @Test
    void anotherTeachersCourseIsNotTheirsToReplace() throws Exception {
        bring(ines, bread());
        var before = draft(ines, "bread");
        write("bread/1-basics/1-flour.md", "# Sand\n\nNo.");
        assertThatThrownBy(() -> bring(jonas, folder.resolve("bread")))
                .isInstanceOf(Problem.Forbidden.class);
        assertThat(draft(ines, "bread")).isEqualTo(before);
        assertThat(jonas.call(() -> staff.may(CourseRight.SEE, "nothing"))).isFalse();
        assertThat(jonas.call(() -> staff.may(CourseRight.SEE, "bread"))).isFalse();
        assertThat(ines.call(() -> staff.may(CourseRight.LEAD, "bread"))).isTrue();
        var office = Caller.office(halden);
        assertThat(bring(office, folder.resolve("bread")).created()).isFalse();
        assertThat(draft(ines, "bread").lessons().getFirst().title()).isEqualTo("Sand");
    }

    @Test
    void studentsBringNothingIn() throws Exception {
        var course = bread();
        var student = Caller.member(halden, person("Sam"), "Sam", Role.STUDENT);
        assertThatThrownBy(() -> bring(student, course)).isInstanceOf(Problem.Forbidden.class);
        bring(ines, course);
        assertThat(student.call(() -> courses.draft("bread"))).isEmpty();
    }

    @Test
    void anotherSchoolHasTheSameCourseToItself() throws Exception {
        bring(ines, bread());
        var mara = Caller.member(harbour, person("Mara"), "Mara", Role.ADMIN);
        assertThat(mara.call(() -> courses.draft("bread"))).isEmpty();
        assertThat(mara.call(() -> courses.mine())).isEmpty();
        assertThat(mara.call(() -> staff.may(CourseRight.SEE, "bread"))).isFalse();
        assertThat(bring(mara, folder.resolve("bread")).created()).isTrue();
        assertThat(draft(mara, "bread").courseId()).isNotEqualTo(draft(ines, "bread").courseId());
    }

    @Test
    void aBrokenZipLeavesNothingBehind() throws Exception {
        var zip = folder.resolve("broken.zip");
        Files.writeString(zip, "PK no zip at all");
        assertThatThrownBy(() -> bring(ines, zip)).isInstanceOf(Problem.Invalid.class);
        assertThat(ines.call(() -> courses.mine())).isEmpty();
    }

    @Test
    void whatIsExportedComesInAsTheSameCourse() throws Exception {
        bring(ines, bread());
        var draft = draft(ines, "bread");
        var zip = folder.resolve("out.zip");
        try (var out = Files.newOutputStream(zip)) {
            ines.call(() -> {
                exports.zip("bread", out);
                return "";
            });
        }
        assertThat(bring(ines, zip).created()).isFalse();
        assertThat(draft(ines, "bread")).isEqualTo(draft);

        var away = Caller.office(harbour);
        bring(away, zip);
        var there = draft(away, "bread");
        assertThat(there.files()).isEqualTo(draft.files());
        assertThat(there.lessons())
                .extracting(Draft.Lesson::sourceKey, Draft.Lesson::slug, Draft.Lesson::markdown)
                .containsExactlyElementsOf(
                        draft.lessons().stream()
                                .map(it ->
                                        org.assertj.core.groups.Tuple.tuple(
                                                it.sourceKey(), it.slug(), it.markdown()))
                                .toList());
        ines.call(() -> {
            exports.folder("bread", folder.resolve("out"));
            return "";
        });
        bring(ines, folder.resolve("out"));
        assertThat(draft(ines, "bread")).isEqualTo(draft);
    }

    @Test
    void aReplacedPictureStaysForTheReleasesThatShowIt() throws Exception {
        bring(ines, bread());
        var old = draft(ines, "bread").files().getFirst();
        Files.write(folder.resolve("bread/1-basics/grain.png"), new byte[] {1, 2, 3});
        bring(ines, folder.resolve("bread"));
        assertThat(draft(ines, "bread").files())
                .singleElement()
                .satisfies(it -> assertThat(it.sha256()).isNotEqualTo(old.sha256()));
        assertThat(bytes(old)).isEqualTo(PICTURE);
        Files.write(folder.resolve("bread/1-basics/grain.png"), PICTURE);
        bring(ines, folder.resolve("bread"));
        assertThat(draft(ines, "bread").files()).containsExactly(old);
    }

    @Test
    @DisabledIfSystemProperty(named = "stoa.shared.data", matches = "absent")
    void aRealCourseComesInTwiceAndGoesOut() throws Exception {
        var course =
                Path.of(System.getProperty("stoa.shared.data", "../shared/data"))
                        .resolve("ms-iot-getting-started");
        var imported = bring(ines, course);
        var draft = draft(ines, imported.slug());
        assertThat(draft.lessons()).hasSize(23);
        assertThat(bring(ines, course).created()).isFalse();
        assertThat(draft(ines, imported.slug())).isEqualTo(draft);
        var zip = new ByteArrayOutputStream();
        ines.call(() -> {
            exports.zip(imported.slug(), zip);
            return "";
        });
        var file = Files.write(folder.resolve("iot.zip"), zip.toByteArray());
        bring(ines, file);
        assertThat(draft(ines, imported.slug())).isEqualTo(draft);
    }

    @Test
    void whatNothingNamesIsCalledAfterItsFirstLessonAndReplacesNoOther() throws Exception {
        write("course/1.md", "# Flour\n\nWords.");
        write("course/2.md", "# Water\n\nWords.");
        write("other/course/1.md", "# Bowline\n\nWords.");
        write("third/course/1.md", "# Flour\n\nOf another kind.");
        write("third/course/2.md", "# Stones\n\nWords.");
        var flour = bring(ines, folder.resolve("course"));
        assertThat(flour.title()).isEqualTo("Flour");
        assertThat(flour.report()).extracting("message").asString().contains("Nothing names");
        assertThat(bring(ines, folder.resolve("other/course")).slug()).isEqualTo("bowline");
        assertThat(bring(ines, folder.resolve("third/course")).slug()).isEqualTo("flour-2");
        assertThat(draft(ines, "flour").lessons()).hasSize(2);

        write("course/2.md", "# Water\n\nOther words.");
        write("course/3.md", "# Salt\n\nWords.");
        var again = bring(ines, folder.resolve("course"));
        assertThat(again.created()).isFalse();
        assertThat(again.slug()).isEqualTo("flour");
        assertThat(bring(ines, folder.resolve("third/course")).slug()).isEqualTo("flour-2");
        assertThat(bring(jonas, folder.resolve("course")).created()).isTrue();
        assertThat(draft(ines, "flour").lessons()).hasSize(3);
    }

    @Test
    void titlesThatAsciiCannotSayAreToldApart() throws Exception {
        write("a/course.yaml", "title: 化学 1");
        write("a/1.md", "# 水\n\nWords.");
        write("b/course.yaml", "title: 物理 1");
        write("b/1.md", "# 力\n\nWords.");
        var chemistry = bring(ines, folder.resolve("a"));
        var physics = bring(ines, folder.resolve("b"));
        assertThat(physics.created()).isTrue();
        assertThat(physics.slug()).isNotEqualTo(chemistry.slug());
        assertThat(bring(ines, folder.resolve("a")).slug()).isEqualTo(chemistry.slug());
        var zip = new ByteArrayOutputStream();
        ines.call(() -> {
            exports.zip(physics.slug(), zip);
            return "";
        });
        var file = Files.write(folder.resolve("out.zip"), zip.toByteArray());
        assertThat(bring(ines, file))
                .extracting("slug", "created")
                .containsExactly(physics.slug(), false);
    }

    @Test
    void aZipIsReadLikeItsFolder() throws Exception {
        var zip = folder.resolve("knots.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var page :
                    Map.of("a.md", "# A\n\n[next](b.md)", "b.md", "# B\n\nEnd.").entrySet()) {
                out.putNextEntry(new ZipEntry(page.getKey()));
                out.write(page.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        var imported = bring(ines, zip);
        assertThat(imported.title()).isEqualTo("Knots");
        assertThat(draft(ines, imported.slug()).lessons()).hasSize(2);
    }

    private Path bread() throws IOException {
        write("bread/course.yaml", "title: Bread\nsummary: Slow.\ntags: [baking, slow]");
        write(
                "bread/1-basics/1-flour.md",
                "# Flour\n\nSee [water](2-water.md#salt).\n\n![Grain](grain.png)");
        write("bread/1-basics/2-water.md", "# Water\n\n## Salt\n\nSome.");
        write("bread/2-dough/1-kneading.md", "# Kneading\n\nPush.");
        Files.write(folder.resolve("bread/1-basics/grain.png"), PICTURE);
        return folder.resolve("bread");
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Imported bring(Caller caller, Path course) throws Exception {
        return caller.call(() -> imports.bring(course, course.getFileName().toString()));
    }

    private Draft draft(Caller caller, String slug) throws Exception {
        return caller.call(() -> courses.draft(slug)).orElseThrow();
    }

    private Caller teacher(String name) {
        var id = person(name);
        service.sql(
                        "insert into organization_memberships"
                                + " (organization_id, user_id, role, created_at)"
                                + " values (:school, :id, 'teacher', now())")
                .param("school", halden.id())
                .param("id", id)
                .update();
        return Caller.member(halden, id, name, Role.TEACHER);
    }

    private UUID person(String name) {
        var id = ids.next();
        service.sql(
                        "insert into users (id, email, name, created_at)"
                                + " values (:id, :email, :name, :now)")
                .param("id", id)
                .param("email", name + "-" + id + "@example.org")
                .param("name", name)
                .param("now", Instant.EPOCH.atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    private Organization school(String name) {
        var subdomain = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        var school = new Organization(ids.next(), subdomain, name, "en", null);
        service.sql(
                        "insert into organizations (id, subdomain, name, created_at)"
                                + " values (:id, :subdomain, :name, :now)")
                .param("id", school.id())
                .param("subdomain", subdomain)
                .param("name", name)
                .param("now", Instant.EPOCH.atOffset(ZoneOffset.UTC))
                .update();
        return school;
    }

    private byte[] bytes(Draft.File file) throws Exception {
        return ines.call(() -> {
            try (var in = media.open(file.sha256())) {
                return in.readAllBytes();
            }
        });
    }
}
