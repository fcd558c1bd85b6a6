package org.stoa.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.stoa.catalog.source.Finding;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organizations;
import org.stoa.testing.StoaTest;

/** Archives that nobody should bring in: refused before anything is kept, or named line by line. */
@StoaTest
class HostileSchoolsTest {
    private final Academy academy;
    private final SchoolImports imports;
    private final Organizations organizations;
    private @TempDir Path folder;
    private Map<String, String> files = new LinkedHashMap<>();
    private String name = "";

    @Autowired
    HostileSchoolsTest(
            ApplicationContext program, SchoolImports imports, Organizations organizations) {
        this.academy = Academy.in(program);
        this.imports = imports;
        this.organizations = organizations;
    }

    @BeforeEach
    void anArchive() throws Exception {
        var school = academy.found("plain", Academy.fresh("olga") + "@example.org");
        var office = Caller.office(school);
        var bread = Academy.folder(folder.resolve("bread"), Academy.bread());
        academy.publish(office, academy.bring(office, bread), "");
        var sam =
                academy.join(
                        school,
                        Academy.fresh("sam") + "@example.org",
                        org.stoa.tenancy.Role.STUDENT);
        academy.learn(sam, "bread", 1);
        files = Academy.read(academy.export(school, folder.resolve("whole.zip")));
        name = Academy.fresh("hostile");
    }

    @Test
    void climbingNamesAreRefused() {
        for (var path : new String[] {"../out.csv", "/etc/passwd", "courses/bread/../../x"}) {
            refused(it -> it.put(path, "x"), "leads out of the archive");
        }
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void aMissingTableIsRefused() {
        // Archives from before there was the one of shared lessons come in without it.
        for (var sheet : Sheet.ALL.stream().filter(it -> it != Sheet.SHARED).toList()) {
            refused(it -> it.remove(sheet.path()), sheet.path() + " is missing from the archive.");
        }
    }

    @Test
    void anotherVersionIsRefused() {
        refused(
                it -> it.put("school.yaml", "format: stoa-school\nversion: 2\nname: X\n"),
                "of version 2 of the format; this program reads version 1");
        refused(
                it -> it.put("school.yaml", "format: other\n"),
                "does not say that this is a school");
        refused(it -> it.put("school.yaml", "a: &a [*a, *a]\n"), "school.yaml is no YAML");
    }

    @Test
    void tablesThatAreNoneAreRefused() {
        refused(it -> it.put("people.csv", "email,name\r\n"), "people.csv has no column role.");
        refused(
                it -> it.merge("learning/progress.csv", "\"open", String::concat),
                "opens a quotation mark that is never closed");
        refused(it -> it.merge("courses.csv", "\u00ff", String::concat), "not written in UTF-8");
    }

    @Test
    void aSchoolNeedsAnOwner() {
        refused(
                it -> it.computeIfPresent("people.csv", (p, t) -> t.replace(",owner,", ",admin,")),
                "people.csv names no active owner");
    }

    @Test
    void aTableThatUnpacksWithoutEndIsRefused() {
        var zeros = ("x".repeat(99_000) + "\r\n").repeat(1_000);
        refused(it -> it.merge("people.csv", zeros, String::concat), "unpacks to far more than");
    }

    @Test
    void whatIsNoZipIsRefused() throws Exception {
        var file = Files.writeString(folder.resolve("no.zip"), "PK no zip");
        assertThat(SchoolImports.isSchool(file)).isFalse();
        assertThatThrownBy(() -> imports.bring(file, name, it -> {}))
                .isInstanceOf(Problem.Invalid.class)
                .hasMessageContaining("not a zip archive");
    }

    @Test
    void aNameThatNoSchoolCanHaveIsRefused() throws Exception {
        var zip = Academy.write(folder.resolve("x.zip"), files);
        for (var wrong : new String[] {"Not A Name", "www", "-"}) {
            assertThatThrownBy(() -> imports.bring(zip, wrong, it -> {}))
                    .isInstanceOf(Problem.Invalid.class);
        }
    }

    @Test
    void linesThatCannotBeAreNamedAndTheRestComesIn() throws Exception {
        add("people.csv", "nobody,No Address,student,active,2026-01-01T00:00:00Z");
        add("people.csv", "x@example.org,X,emperor,active,2026-01-01T00:00:00Z");
        add("people.csv", "y@example.org,Y,student,active,yesterday");
        add("courses.csv", "nothing,Nothing,,yes,");
        add("courses.csv", "../climb,Climb,,yes,");
        add("courses.csv", "bread,Again,,yes,");
        add("teachers.csv", "bread,stranger@example.org,lead");
        var email = email();
        add(
                "learning/enrollments.csv",
                "z@example.org,bread,active,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,,,,,");
        add(
                "learning/enrollments.csv",
                email + ",nothing,active,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,,,,,");
        add(
                "learning/enrollments.csv",
                email
                        + ",bread,active,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,,stolen,,2026-01-01T00:00:00Z,");
        add(
                "learning/progress.csv",
                email
                        + ",bread,no-such-lesson,started,0,2026-01-01T00:00:00Z,,2026-01-01T00:00:00Z");
        add(
                "learning/progress.csv",
                email
                        + ",bread,2-dough/2-baking.md,completed,0,2026-01-01T00:00:00Z,,2026-01-01T00:00:00Z");
        add(
                "learning/progress.csv",
                email
                        + ",bread,2-dough/2-baking.md,started,-1,2026-01-01T00:00:00Z,,2026-01-01T00:00:00Z");
        files.put("courses/stray/1.md", "# Stray\n\nWords.");
        files.put("courses/empty/course.yaml", "title: Empty\n");
        add("courses.csv", "empty,Empty,,no,");
        var brought = imports.bring(Academy.write(folder.resolve("x.zip"), files), name, it -> {});
        assertThat(brought.courses()).isEqualTo(1);
        assertThat(brought.report())
                .extracting(it ->
                        it.file() + " " + (it.line() == null ? "" : it.line()) + " " + it.message())
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).startsWith("people.csv 4 nobody: Write an e-mail"),
                        it ->
                                assertThat(it)
                                        .isEqualTo("people.csv 5 The role cannot be 'emperor'."),
                        it ->
                                assertThat(it)
                                        .contains(
                                                "people.csv 6 The since is no time", "'yesterday'"),
                        it ->
                                assertThat(it)
                                        .startsWith(
                                                "courses.csv 3 There is no folder courses/nothing"),
                        it ->
                                assertThat(it)
                                        .startsWith("courses.csv 4 The course has small letters"),
                        it ->
                                assertThat(it)
                                        .startsWith(
                                                "courses.csv 5 There is no folder courses/bread"),
                        it ->
                                assertThat(it)
                                        .startsWith(
                                                "courses/bread  stranger@example.org is no member"),
                        it ->
                                assertThat(it)
                                        .startsWith(
                                                "courses/empty  Not all of this course came in."),
                        it -> assertThat(it).startsWith("courses/stray  courses.csv does not name"),
                        it ->
                                assertThat(it)
                                        .isEqualTo(
                                                "learning/enrollments.csv 3 Nobody of the school has this address."),
                        it ->
                                assertThat(it)
                                        .isEqualTo(
                                                "learning/enrollments.csv 4 The school has no such course."),
                        it ->
                                assertThat(it)
                                        .startsWith(
                                                "learning/enrollments.csv 5 The source is free"),
                        it ->
                                assertThat(it)
                                        .isEqualTo(
                                                "learning/progress.csv 4 The course has no such lesson."),
                        it ->
                                assertThat(it)
                                        .startsWith(
                                                "learning/progress.csv 5 The completed_at goes with"),
                        it ->
                                assertThat(it)
                                        .startsWith(
                                                "learning/progress.csv 6 The position_seconds is no number"));
        assertThat(brought.report()).extracting(Finding::message).doesNotContainNull();
    }

    /** The one who learns. */
    private String email() {
        return java.util.Objects.requireNonNull(files.get("learning/enrollments.csv"))
                .split("\r\n")[1]
                .split(",")[0];
    }

    private void add(String path, String line) {
        files.merge(path, line + "\r\n", String::concat);
    }

    /** Refused with this sentence, and there is no such school afterwards. */
    private void refused(Consumer<Map<String, String>> change, String message) {
        var changed = new LinkedHashMap<>(files);
        change.accept(changed);
        assertThatThrownBy(() ->
                        imports.bring(
                                Academy.write(folder.resolve("x.zip"), changed), name, it -> {}))
                .isInstanceOf(Problem.Invalid.class)
                .hasMessageContaining(message);
        assertThat(organizations.bySubdomain(name)).isEmpty();
    }
}
