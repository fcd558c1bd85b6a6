package org.stoa.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.catalog.Courses;
import org.stoa.catalog.Draft;
import org.stoa.catalog.Releases;
import org.stoa.catalog.reuse.Beginnings;
import org.stoa.catalog.reuse.Templates;
import org.stoa.catalog.studio.Checks;
import org.stoa.catalog.studio.LessonTexts;
import org.stoa.catalog.studio.Outline;
import org.stoa.catalog.studio.Outlines;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** Courses begun from what is there. */
@StoaTest
class BeginningsTest {
    private final Beginnings beginnings;
    private final Templates templates;
    private final Courses courses;
    private final Outlines outlines;
    private final LessonTexts texts;
    private final Releases releases;
    private final Checks checks;
    private final ServiceDatabase service;
    private final Ids ids;
    private Caller tara;
    private Caller theo;
    private Caller harbour;

    @Autowired
    BeginningsTest(
            Beginnings beginnings,
            Templates templates,
            Courses courses,
            Outlines outlines,
            LessonTexts texts,
            Releases releases,
            Checks checks,
            ServiceDatabase service,
            Ids ids) {
        this.beginnings = beginnings;
        this.templates = templates;
        this.courses = courses;
        this.outlines = outlines;
        this.texts = texts;
        this.releases = releases;
        this.checks = checks;
        this.service = service;
        this.ids = ids;
    }

    @BeforeEach
    void people() {
        var school = new School(service, ids);
        tara = school.member("Tara", Role.TEACHER);
        theo = school.member("Theo", Role.TEACHER);
        harbour = new School(service, ids).member("Hana", Role.TEACHER);
    }

    @Test
    void everyTemplateIsACourseWithNothingToMendButItsSummary() throws Exception {
        assertThat(templates.all()).hasSize(4);
        for (var template : templates.all()) {
            assertThat(template.summary()).as(template.name()).endsWith(".");
            var from = "template:" + template.name();
            var slug = tara.call(() -> beginnings.begin("My " + template.name(), from));
            var draft = draft(tara, slug);
            assertThat(draft.modules()).hasSizeGreaterThan(2);
            assertThat(draft.lessons()).hasSize(template.lessons());
            assertThat(tara.call(() -> checks.of(slug)))
                    .extracting(it -> it.message())
                    .allMatch(it -> it.contains("no summary"));
            assertThat(tara.call(() -> releases.publish(slug, "")).number()).isEqualTo(1);
        }
        assertThat(tara.call(() -> beginnings.begin("My weeks", "template:weeks")))
                .isEqualTo("my-weeks-2");
    }

    @Test
    void aCopyHasTheTextsAndNothingOfTheLearnersAndGoesItsOwnWay() throws Exception {
        var slug = tara.call(() -> outlines.begin("Knots"));
        var module = tara.call(() -> outlines.addModule(slug, "Loops"));
        var bowline = tara.call(() -> outlines.addLesson(slug, module, "Bowline"));
        var hitch = tara.call(() -> outlines.addLesson(slug, module, "Hitch"));
        var link = "See [it](lesson:" + hitch + ").";
        tara.call(() -> texts.write(slug, bowline, 1, "Bowline", link));
        tara.call(() -> releases.publish(slug, ""));
        var copy = tara.call(() -> beginnings.begin("Knots again", "course:" + slug));
        var draft = draft(tara, copy);
        assertThat(draft.title()).isEqualTo("Knots again");
        assertThat(draft.currentReleaseId()).isNull();
        assertThat(draft.lessons())
                .extracting(Draft.Lesson::title)
                .containsExactly("Bowline", "Hitch");
        assertThat(draft.lessons()).extracting(Draft.Lesson::id).doesNotContain(bowline, hitch);
        assertThat(tara.call(() -> texts.preview(copy, "", link)).rendered().html())
                .contains("/learn/" + copy + "/hitch");
        var first = outline(copy).modules().getFirst().lessons().getFirst();
        tara.call(() -> texts.write(copy, first.id(), 1, "Bowline", "Mine now."));
        assertThat(tara.call(() -> texts.open(slug, bowline)).markdown()).isEqualTo(link);
    }

    @Test
    void whatIsNotTheirsCannotBeCopied() throws Exception {
        var slug = tara.call(() -> outlines.begin("Knots"));
        for (var other : new Caller[] {theo, harbour}) {
            assertThatThrownBy(() -> other.run(() -> beginnings.begin("Mine", "course:" + slug)))
                    .isInstanceOf(Problem.Invalid.class)
                    .hasMessageContaining("no such course");
        }
        for (var from : new String[] {"template:none", "course:", "anything"}) {
            assertThatThrownBy(() -> tara.run(() -> beginnings.begin("Mine", from)))
                    .isInstanceOf(Problem.Invalid.class);
        }
        assertThatThrownBy(() ->
                        tara.run(() -> beginnings.begin("x".repeat(10_000), "template:weeks")))
                .isInstanceOf(Problem.Invalid.class)
                .hasMessageContaining("200");
        assertThat(tara.call(() -> beginnings.begin("New", "template:weeks"))).isEqualTo("new-2");
    }

    private Outline outline(String slug) throws Exception {
        return tara.call(() -> outlines.of(slug));
    }

    private Draft draft(Caller caller, String slug) throws Exception {
        return caller.call(() -> courses.draft(slug)).orElseThrow();
    }
}
