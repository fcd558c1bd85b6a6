package org.stoa.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
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
            Courses courses,
            Releases releases,
            ServiceDatabase service,
            Ids ids) {
        this.imports = imports;
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
