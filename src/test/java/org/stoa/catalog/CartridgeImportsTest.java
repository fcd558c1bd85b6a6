package org.stoa.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** Common Cartridges, from their file to the page that learners read. */
@StoaTest
class CartridgeImportsTest {
    private static final Path CARTRIDGES =
            Path.of(System.getProperty("stoa.shared.data", "../shared/data"))
                    .resolve("canvas-cartridges");

    private final CourseImports imports;
    private final CourseExports exports;
    private final Courses courses;
    private final Releases releases;
    private final ServiceDatabase service;
    private final Ids ids;
    private @TempDir Path folder;
    private Caller halden;
    private Caller harbour;

    @Autowired
    CartridgeImportsTest(
            CourseImports imports,
            CourseExports exports,
            Courses courses,
            Releases releases,
            ServiceDatabase service,
            Ids ids) {
        this.imports = imports;
        this.exports = exports;
        this.courses = courses;
        this.releases = releases;
        this.service = service;
        this.ids = ids;
    }

    @BeforeEach
    void twoSchools() {
        halden = Caller.office(school("halden"));
        harbour = Caller.office(school("harbour"));
    }

    @ParameterizedTest
    @CsvSource({
        "course-1, 2, 8",
        "all-question-types, 1, 1",
        "assignment-rubrics, 1, 1",
        "multiple-pages, 1, 3",
        "single-page.imscc, 1, 1",
        "canvas_cc_gem_course.imscc, 1, 3"
    })
    @DisabledIfSystemProperty(named = "stoa.shared.data", matches = "absent")
    void aRealCartridgeIsBroughtInAndPublished(String name, int modules, int lessons)
            throws Exception {
        var imported = halden.call(() -> imports.bring(CARTRIDGES.resolve(name), name));
        assertThat(imported.created()).isTrue();
        halden.call(() -> releases.publish(imported.slug(), ""));
        var release = halden.call(() -> releases.current(imported.slug())).orElseThrow();
        assertThat(release.lessons()).hasSize(lessons);
        assertThat(halden.call(() -> courses.draft(imported.slug())).orElseThrow().modules())
                .hasSize(modules);
        for (var lesson : release.lessons()) {
            assertThat(halden.call(() -> releases.body(release, lesson.id())).html())
                    .doesNotContain("=\"lesson:", "=\"file:", "$", "%24", "class=\"absent\"");
        }
        assertThat(harbour.call(() -> releases.current(imported.slug()))).isEmpty();
    }

    @Test
    void theSameCartridgeAgainRenewsTheDraftAndLessonsKeepTheirIds() throws Exception {
        var first = halden.call(() -> imports.bring(cartridge("Flour", "Old"), "b.imscc"));
        var before = halden.call(() -> courses.draft(first.slug())).orElseThrow();
        var second =
                halden.call(() -> imports.bring(cartridge("Flour, revised", "New"), "c.imscc"));
        var after = halden.call(() -> courses.draft(first.slug())).orElseThrow();
        assertThat(second.created()).isFalse();
        assertThat(second.slug()).isEqualTo(first.slug());
        assertThat(after.lessons().getFirst().id()).isEqualTo(before.lessons().getFirst().id());
        assertThat(after.lessons().getFirst().title()).isEqualTo("Flour, revised");
        assertThat(after.lessons().getFirst().markdown()).isEqualTo("New");
    }

    @Test
    void questionsAreKeptAsTheyCameUntilTheSameCartridgeComesAgain() throws Exception {
        var slug =
                halden.call(() -> imports.bring(quizzes("Old", "Rye", "Oats"), "b.imscc")).slug();
        assertThat(kept(halden, slug)).containsExactly("quiz.xml quiz Old 2 <questestinterop>");
        halden.call(() -> imports.bring(quizzes("New", "Rye"), "b.imscc"));
        assertThat(kept(halden, slug)).containsExactly("quiz.xml quiz New 1 <questestinterop>");
        var folder = Files.createDirectory(this.folder.resolve("f"));
        halden.run(() -> write(slug, folder));
        assertThat(halden.call(() -> imports.bring(folder, "")).created()).isFalse();
        assertThat(kept(halden, slug)).hasSize(1);
        halden.call(() -> imports.bring(cartridge("Flour", "Old"), "b.imscc"));
        assertThat(kept(halden, slug)).isEmpty();
    }

    private void write(String slug, Path folder) {
        try {
            exports.folder(slug, folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void entitiesInQuestionsAreRefusedAndTheRestComesIn() throws Exception {
        var bomb =
                "<!DOCTYPE q [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><questestinterop>&a;"
                        + "</questestinterop>";
        var imported = halden.call(() -> imports.bring(withQuiz(bomb), "b.imscc"));
        assertThat(imported.report())
                .extracting(it -> it.file() + " " + it.message())
                .anyMatch(it -> it.startsWith("quiz.xml Its questions cannot be read"));
        assertThat(kept(halden, imported.slug())).isEmpty();
    }

    private List<String> kept(Caller school, String slug) {
        return service.sql(
                        """
                        select concat_ws(' ', q.path, q.kind, q.title, q.question_count,
                                         left(convert_from(q.xml, 'UTF8'), 17))
                          from course_questions q
                          join courses c on c.organization_id = q.organization_id and c.id = q.course_id
                         where q.organization_id = :school and c.slug = :slug
                        """)
                .param("school", school.school().id())
                .param("slug", slug)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private Path quizzes(String title, String... questions) throws IOException {
        var items = new StringBuilder();
        for (var it : questions) {
            items.append("<item title='").append(it).append("'/>");
        }
        return withQuiz(
                "<questestinterop><assessment title='%s'><section>%s</section></assessment></questestinterop>"
                        .formatted(title, items));
    }

    private Path withQuiz(String quiz) throws IOException {
        return zip(
                "imsmanifest.xml",
                """
                <manifest identifier="m"><metadata><lom><general><title><string>Bread</string></title>
                </general></lom></metadata><organizations><organization><item identifier="r">
                <item identifier="w"><title>Week</title>
                <item identifier="i" identifierref="p"><title>Flour</title></item></item></item>
                </organization></organizations><resources>
                <resource identifier="p" type="webcontent" href="p.html"/>
                <resource identifier="q" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment">
                <file href="quiz.xml"/></resource></resources></manifest>
                """,
                "p.html",
                "<p>Rye.</p>",
                "quiz.xml",
                quiz);
    }

    @Test
    void aCartridgeThatCannotBeReadLeavesNothingBehind() throws Exception {
        var zip = zip("imsmanifest.xml", "<!DOCTYPE m [<!ENTITY a 'b'>]><manifest>&a;</manifest>");
        assertThatThrownBy(() -> halden.call(() -> imports.bring(zip, "x.imscc")))
                .isInstanceOf(Problem.Invalid.class);
        var climbing = zip("imsmanifest.xml", "<manifest/>", "../out.html", "<p>Out</p>");
        assertThatThrownBy(() -> halden.call(() -> imports.bring(climbing, "x.imscc")))
                .isInstanceOf(Problem.Invalid.class);
        var left = halden.call(courses::mine);
        assertThat(left).isEmpty();
    }

    private Path cartridge(String title, String text) throws IOException {
        return zip(
                "imsmanifest.xml",
                """
                <manifest identifier="m"><metadata><lom><general><title><string>Bread</string></title>
                </general></lom></metadata><organizations><organization><item identifier="r">
                <item identifier="w"><title>Week</title>
                <item identifier="i" identifierref="p"><title>%s</title></item></item></item>
                </organization></organizations><resources>
                <resource identifier="p" type="webcontent" href="p.html"/></resources></manifest>
                """
                        .formatted(title),
                "p.html",
                "<p>" + text + "</p>");
    }

    private Path zip(String... pathsAndTexts) throws IOException {
        var zip = Files.createTempFile(folder, "c", ".imscc");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i < pathsAndTexts.length; i += 2) {
                out.putNextEntry(new ZipEntry(pathsAndTexts[i]));
                out.write(pathsAndTexts[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return zip;
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
}
