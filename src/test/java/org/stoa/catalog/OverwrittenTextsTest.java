package org.stoa.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.studio.LessonTexts;
import org.stoa.catalog.studio.Outlines;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** Whoever wrote in the studio hears when an import takes the text's place. */
@StoaTest
class OverwrittenTextsTest {
    private final CourseImports imports;
    private final Outlines outlines;
    private final LessonTexts texts;
    private final ServiceDatabase service;
    private final Ids ids;
    private @TempDir Path folder;
    private Caller ines = Caller.anonymous(null);

    @Autowired
    OverwrittenTextsTest(
            CourseImports imports,
            Outlines outlines,
            LessonTexts texts,
            ServiceDatabase service,
            Ids ids) {
        this.imports = imports;
        this.outlines = outlines;
        this.texts = texts;
        this.service = service;
        this.ids = ids;
    }

    @BeforeEach
    void aTeacherWithACourse() throws Exception {
        ines = teacher();
        write("1-flour.md", "# Flour\n\nGround.");
        write("2-water.md", "# Water\n\nWet.");
        write("course.yaml", "title: Bread");
        assertThat(bring()).isEmpty();
    }

    @Test
    void theReportNamesTheLessonAndSaysWhereItsTextIs() throws Exception {
        var flour = lesson();
        ines.call(() -> texts.write("bread", flour, 1, "Flour", "Mine."));
        assertThat(bring())
                .containsExactly(
                        Finding.warning(
                                "1-flour.md",
                                null,
                                "The text of 'Flour' was written in the studio since it last came"
                                        + " in; what came in now stands in its place, and the"
                                        + " former text is among the lesson's versions."));
        assertThat(ines.call(() -> texts.version("bread", flour, 2)).markdown()).isEqualTo("Mine.");
        assertThat(bring()).isEmpty();
    }

    @Test
    void whatAnImportWroteIsNotNamed() throws Exception {
        write("1-flour.md", "# Flour\n\nGround twice.");
        assertThat(bring()).isEmpty();
        write("1-flour.md", "# Flour\n\nGround thrice.");
        assertThat(bring()).isEmpty();
    }

    @Test
    void aTextThatComesInAsItStandsIsNotNamed() throws Exception {
        var flour = lesson();
        ines.call(() -> texts.write("bread", flour, 1, "Flour", "Mine."));
        write("1-flour.md", "# Flour\n\nMine.");
        assertThat(bring()).isEmpty();
        write("1-flour.md", "# Flour\n\nGround.");
        assertThat(bring()).isEmpty();
    }

    private List<Finding> bring() throws Exception {
        return ines.call(() -> imports.bring(folder, "")).report();
    }

    private UUID lesson() throws Exception {
        return ines.call(() -> outlines.of("bread")).lessons().getFirst().id();
    }

    private void write(String path, String text) throws Exception {
        Files.writeString(folder.resolve(path), text);
    }

    private Caller teacher() {
        var subdomain = "halden-" + UUID.randomUUID().toString().substring(0, 8);
        var school = new Organization(ids.next(), subdomain, "Halden", "en", null);
        var now = Instant.EPOCH.atOffset(ZoneOffset.UTC);
        service.sql(
                        "insert into organizations (id, subdomain, name, created_at)"
                                + " values (:id, :subdomain, 'Halden', :now)")
                .param("id", school.id())
                .param("subdomain", subdomain)
                .param("now", now)
                .update();
        var person = ids.next();
        service.sql(
                        "insert into users (id, email, name, created_at)"
                                + " values (:id, :email, 'Ines', :now)")
                .param("id", person)
                .param("email", person + "@example.org")
                .param("now", now)
                .update();
        return Caller.member(school, person, "Ines", Role.TEACHER);
    }
}
