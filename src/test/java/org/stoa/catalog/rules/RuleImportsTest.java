package org.stoa.catalog.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.catalog.CourseExports;
import org.stoa.catalog.CourseImports;
import org.stoa.catalog.source.Finding;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** Rules come in with a course and go out with it. */
@StoaTest
class RuleImportsTest {
    private static final String YAML =
            """
            id: bread
            title: Bread
            enrollment: { opens: 2126-03-01 09:00, closes: 2126-03-29 02:30, places: 30, after: [flour, gone] }
            modules:
              - title: All
                lessons:
                  - file: one.md
                    id: one
                    rules: { taste: yes }
                  - file: two.md
                    id: two
                    rules: { opens: 2126-07-01 09:00, days: 7, after: [one], optional: true }
                  - file: three.md
                    id: three
                    rules: { hidden: true, opens: 2126-02-30, after: [three, nothing] }
                  - file: four.md
                    id: four
            """;

    private final CourseImports imports;
    private final CourseExports exports;
    private final LessonRulings rulings;
    private final CourseTerms terms;
    private final ServiceDatabase service;
    private final Ids ids;
    private Caller here;
    private Caller there;

    @Autowired
    RuleImportsTest(
            CourseImports imports,
            CourseExports exports,
            LessonRulings rulings,
            CourseTerms terms,
            ServiceDatabase service,
            Ids ids) {
        this.imports = imports;
        this.exports = exports;
        this.rulings = rulings;
        this.terms = terms;
        this.service = service;
        this.ids = ids;
    }

    @BeforeEach
    void twoSchoolsInTwoZones() {
        here = school("Europe/Berlin");
        there = school("America/New_York");
    }

    @Test
    void whatCourseYamlSaysIsSetByTheSchoolsClocks(@TempDir Path folder) throws Exception {
        bread(folder, YAML);
        here.call(
                () -> imports.bring(flour(folder.resolveSibling("flour" + UUID.randomUUID())), ""));
        var report = here.call(() -> imports.bring(folder, "")).report();
        assertThat(report.stream().map(Finding::message))
                .contains(
                        "There is no such date: 2126-02-30. It was left out.",
                        "“Three” shall wait for nothing, which is no lesson's id; it does not.",
                        "The school has no course gone for this one to come after.");
        var two = rulings("bread").get(1);
        assertThat(two.rules().opensAt()).isEqualTo(Instant.parse("2126-07-01T07:00:00Z"));
        assertThat(two.rules().opensAfterDays()).isEqualTo(7);
        assertThat(two.rules().counts()).isFalse();
        assertThat(two.rules().after()).containsExactly(rulings("bread").get(0).lesson());
        assertThat(rulings("bread").get(0).rules().taste()).isTrue();
        assertThat(rulings("bread").get(2).hidden()).isTrue();
        assertThat(rulings("bread").get(2).rules().after()).isEmpty();
        var set = here.call(() -> terms.of("bread"));
        assertThat(set.opensAt()).isEqualTo(Instant.parse("2126-03-01T08:00:00Z"));
        assertThat(set.capacity()).isEqualTo(30);
        assertThat(set.first()).extracting(Terms.Before::slug).containsExactly("flour");
    }

    @Test
    void whatIsNotSaidStaysAndAnExportComesBackTheSame(@TempDir Path folder) throws Exception {
        bread(folder, YAML);
        here.call(() -> imports.bring(folder, ""));
        var four = rulings("bread").get(3);
        here.call(() ->
                rulings.write(
                        "bread",
                        four.lesson(),
                        1,
                        false,
                        new org.stoa.catalog.LessonRules(true, false, null, 3, List.of())));
        here.call(() -> imports.bring(folder, ""));
        assertThat(rulings("bread").get(3).rules().opensAfterDays()).isEqualTo(3);

        var out = folder.resolve("out");
        here.run(() -> {
            try {
                exports.folder("bread", out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        there.call(() -> imports.bring(out, ""));
        var ours = rulings("bread");
        var theirs = there.call(() -> rulings.of("bread"));
        for (int i = 0; i < ours.size(); i++) {
            assertThat(theirs.get(i).hidden()).isEqualTo(ours.get(i).hidden());
            assertThat(theirs.get(i).rules().opensAt())
                    .as("the same moment in another zone")
                    .isEqualTo(ours.get(i).rules().opensAt());
            assertThat(theirs.get(i).rules().opensAfterDays())
                    .isEqualTo(ours.get(i).rules().opensAfterDays());
            assertThat(theirs.get(i).rules().after()).hasSameSizeAs(ours.get(i).rules().after());
            assertThat(theirs.get(i).rules().counts()).isEqualTo(ours.get(i).rules().counts());
        }
        var terms = there.call(() -> this.terms.of("bread"));
        assertThat(terms.opensAt()).isEqualTo(here.call(() -> this.terms.of("bread")).opensAt());
        assertThat(terms.capacity()).isEqualTo(30);
    }

    @Test
    void aCircleIsReportedAndLeftOut(@TempDir Path folder) throws Exception {
        bread(
                folder,
                YAML.replace("rules: { taste: yes }", "rules: { after: [two] }")
                        .replace("after: [flour, gone]", "after: []"));
        var report = here.call(() -> imports.bring(folder, "")).report();
        assertThat(report.stream().map(Finding::message))
                .anyMatch(it -> it.contains("“One” waits for “Two”, and “Two” waits for “One”"));
        assertThat(rulings("bread").stream().mapToInt(it -> it.rules().after().size()).sum())
                .isEqualTo(1);
    }

    private List<Ruling> rulings(String course) throws Exception {
        return here.call(() -> rulings.of(course));
    }

    private static void bread(Path folder, String yaml) throws IOException {
        Files.writeString(folder.resolve("course.yaml"), yaml);
        for (var name : List.of("One", "Two", "Three", "Four")) {
            Files.writeString(
                    folder.resolve(name.toLowerCase(java.util.Locale.ROOT) + ".md"),
                    "# " + name + "\n\nKnead.");
        }
    }

    private static Path flour(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("course.yaml"), "id: flour\ntitle: Flour");
        Files.writeString(folder.resolve("a.md"), "# A\n\nMill.");
        return folder;
    }

    private Caller school(String zone) {
        var id = ids.next();
        service.sql(
                        """
                        insert into organizations (id, subdomain, name, time_zone, created_at)
                        values (:id, :subdomain, 'School', :zone, :now)
                        """)
                .param("id", id)
                .param("subdomain", "s-" + id)
                .param("zone", zone)
                .param("now", Instant.parse("2026-01-01T00:00:00Z").atOffset(ZoneOffset.UTC))
                .update();
        return Caller.office(
                new Organization(id, "s-" + id, "School", "en", null, ZoneId.of(zone)));
    }
}
