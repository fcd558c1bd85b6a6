package org.stoa.catalog.cartridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stoa.catalog.source.CourseArchive;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.catalog.source.CourseSource.SourceModule;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Tree;

/** Cartridges that Canvas wrote; they stand beside the project. */
@DisabledIfSystemProperty(named = "stoa.shared.data", matches = "absent")
class RealCartridgesTest {
    private static final Path CARTRIDGES =
            Path.of(System.getProperty("stoa.shared.data", "../shared/data"))
                    .resolve("canvas-cartridges");
    private static final Pattern LINK = Pattern.compile("\\]\\((lesson|file):([^)# ]+)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "course-1",
                "all-question-types",
                "assignment-rubrics",
                "multiple-pages",
                "single-page.imscc",
                "canvas_cc_gem_course.imscc"
            })
    void everyPageAndAssignmentOfTheManifestIsALessonAndEveryLinkLeadsSomewhere(String name)
            throws IOException {
        Path cartridge = CARTRIDGES.resolve(name);
        if (Files.isDirectory(cartridge)) {
            check(Cartridge.read(cartridge, name), cartridge);
        } else {
            try (CourseArchive archive = CourseArchive.unpack(cartridge, name)) {
                assertThat(Cartridge.isOne(archive.folder())).isTrue();
                check(Cartridge.read(archive.folder(), archive.name()), archive.folder());
            }
        }
    }

    private static void check(CourseSource course, Path folder) {
        List<String> keys = course.lessons().stream().map(SourceLesson::key).toList();
        Manifest manifest = Manifest.read(Tree.of(folder, new ArrayList<>()), new ArrayList<>());
        List<String> expected =
                manifest.resources().stream()
                        .filter(it ->
                                switch (Kind.of(it)) {
                                    case PAGE -> !it.main().isEmpty();
                                    case ASSIGNMENT, TOPIC -> true;
                                    default -> false;
                                })
                        .map(Manifest.Resource::id)
                        .toList();
        assertThat(keys).isNotEmpty().doesNotHaveDuplicates().containsAll(expected);
        List<String> files = course.files().stream().map(it -> it.path()).toList();
        for (SourceLesson lesson : course.lessons()) {
            assertThat(lesson.markdown()).doesNotContain("$", "%24");
            Matcher link = LINK.matcher(lesson.markdown());
            while (link.find()) {
                assertThat(link.group(1).equals("lesson") ? keys : files).contains(link.group(2));
            }
        }
        if (Boolean.getBoolean("stoa.print")) {
            course.modules().forEach(it -> System.out.println(it.title() + " " + it.lessons()));
            course.report().forEach(System.out::println);
        }
    }

    @Test
    void aCourseWithEverythingIsReadInItsOrder() {
        CourseSource course = Cartridge.read(CARTRIDGES.resolve("course-1"), "");
        assertThat(course.title()).isEqualTo("COURSE-for-modules-testing");
        assertThat(course.modules())
                .extracting(SourceModule::title)
                .containsExactly("First Module", "More pages");
        assertThat(course.modules().getFirst().lessons())
                .extracting(SourceLesson::title)
                .containsExactly(
                        "First Module Assignment 1",
                        "First Module Quiz 1",
                        "photo.jpg",
                        "First Module Wiki Page 1",
                        "First Module Discussion 1",
                        "First Module External URL 1",
                        "The First Measured Century: 1930-1960 (60:00)");
        assertThat(course.modules().getLast().lessons())
                .extracting(SourceLesson::title)
                .containsExactly("Assignment with Internal and External Links");
        assertThat(course.files())
                .extracting(it -> it.path())
                .containsExactly("web_resources/photo.jpg", "web_resources/sample-document.pdf");
        assertThat(course.report())
                .extracting(Finding::message)
                .contains(
                        "The module 'First Module' was unpublished.",
                        "The file web_resources/sample.mp3 is listed but not in the cartridge.",
                        "The quiz 'First Module Quiz 1' is no lesson; its question is kept for when"
                                + " Stoa can examine: “First Question Multiple Choice” (multiple"
                                + " choice).",
                        "The question bank 'Unfiled Questions' is no lesson; its question is kept for"
                                + " when Stoa can examine: “First Question Multiple Choice” (multiple"
                                + " choice).");
    }

    @Test
    void pagesLeadToEachOther() {
        CourseSource course = Cartridge.read(CARTRIDGES.resolve("multiple-pages"), "");
        assertThat(course.lessons())
                .extracting(SourceLesson::title)
                .containsExactly("First Page", "Second Page", "Third Page");
        assertThat(course.lessons().get(1).markdown())
                .isEqualTo(
                        "Link to [First Page](lesson:i21fcf1e322b1d8263285fb6012b2b46c).\n\n"
                                + "Link to [Third Page](lesson:c64b2b2106bf5823628d1b223e1fcf12i).");
    }

    @Test
    void allTenQuestionsAreNamedAndTheInstructionsAreALesson() {
        CourseSource course = Cartridge.read(CARTRIDGES.resolve("all-question-types"), "");
        assertThat(course.lessons())
                .extracting(SourceLesson::title)
                .containsExactly("ALL QUESTION TYPES QUIZ");
        assertThat(course.lessons().getFirst().markdown())
                .isEqualTo(
                        "This quiz uses ALL Question Types\n\nthis came from [ALL QUESTION TYPES"
                                + " QUIZ](lesson:iaa8f9f400b29e514ea8d28fd7ed067f4)");
        assertThat(course.report())
                .filteredOn(it -> it.file().endsWith("iaa8f9f400b29e514ea8d28fd7ed067f4.xml.qti"))
                .extracting(Finding::message)
                .singleElement(STRING)
                .startsWith(
                        "The quiz 'ALL QUESTION TYPES QUIZ' is no lesson; its 10 questions are kept"
                                + " for when Stoa can examine: “How many letters does the word,"
                                + " \"RED\" have?” (multiple choice); “")
                .contains("(true or false)", "(matching)", "(an essay)", "(a file to hand in)");
        var kept = Objects.requireNonNull(course.questions()).getFirst();
        assertThat(kept.questions()).hasSize(10).noneMatch(it -> it.kind().isEmpty());
        assertThat(new String(Base64.getDecoder().decode(kept.settings()), UTF_8))
                .contains("<quiz", "This quiz uses ALL Question Types");
    }
}
