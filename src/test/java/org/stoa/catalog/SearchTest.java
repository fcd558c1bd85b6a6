package org.stoa.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.identity.Schools;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.testing.StoaTest;

/** Two schools, each with courses of its own: words find the right ones, and only at home. */
@StoaTest
class SearchTest {
    private final Schools schools;
    private final CourseImports imports;
    private final Releases releases;
    private final Catalog catalog;
    private Organization halden;
    private Organization harbour;

    @TempDir Path folder;

    @Autowired
    SearchTest(Schools schools, CourseImports imports, Releases releases, Catalog catalog) {
        this.schools = schools;
        this.imports = imports;
        this.releases = releases;
        this.catalog = catalog;
    }

    @BeforeEach
    void twoSchools() throws Exception {
        halden = school();
        harbour = school();
        publish(halden, "Getting Started with IoT", "Interact with sensors and actuators");
        publish(halden, "Typography for Engineers", "What a letter is");
        publish(harbour, "Getting Started with Sails", "Knots and sensors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getting started",
                "geting startd",
                "iot",
                "sensers",
                "actuatrs",
                "GETTING STARTED WITH IOT"
            })
    void typingErrorsAreForgiven(String q) throws Exception {
        assertThat(found(halden, q)).first().isEqualTo("Getting Started with IoT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "teach",
                "teech",
                "taech",
                "tech",
                "teaach",
                "teadh",
                "beach",
                "each",
                "teahc",
                "heow to teach",
                "how to teech",
                "taech calmly",
                "calmyl",
                "clamly",
                "kalmly"
            })
    void aTypingErrorInAShortWordIsForgivenAndTheBestComesFirst(String q) throws Exception {
        publish(halden, "How to Teach Calmly", "Begin");
        publish(halden, "Tench and Trout", "What those who teach calmly say of fish");
        assertThat(found(halden, q)).first().isEqualTo("How to Teach Calmly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tooth", "torch", "tea", "stout", "calm water", "taech fast", "iota"})
    void anotherWordIsNoTypingError(String q) throws Exception {
        publish(halden, "How to Teach Calmly", "Begin");
        assertThat(found(halden, q)).doesNotContain("Typography for Engineers");
        if (!q.contains(" ") && !q.equals("tea")) {
            assertThat(found(halden, q)).doesNotContain("How to Teach Calmly");
        }
    }

    @Test
    void aWordThatIsThereAsTypedForgivesNothing() throws Exception {
        publish(halden, "Trout", "Begin");
        publish(halden, "Grout", "Begin");
        assertThat(found(halden, "trout")).first().isEqualTo("Trout");
        assertThat(found(halden, "taout")).containsExactly("Trout");
    }

    @Test
    void whatFitsNothingFindsNothing() throws Exception {
        assertThat(found(halden, "xyzzyq")).isEmpty();
        assertThat(found(halden, "%")).isEmpty();
        assertThat(found(halden, "' or 1=1 --")).doesNotContain("Getting Started with Sails");
    }

    @Test
    void aSchoolFindsOnlyItsOwnCoursesAndLessons() throws Exception {
        assertThat(found(harbour, "getting started")).containsExactly("Getting Started with Sails");
        var lessons = Caller.office(harbour).call(() -> catalog.lessons("sensors"));
        assertThat(lessons)
                .extracting(Catalog.LessonHit::title)
                .containsExactly("Knots and sensors");
    }

    private List<String> found(Organization school, String q) throws Exception {
        return Caller.anonymous(school)
                .call(() ->
                        catalog.page(new Catalog.Filter(q, "", "", ""), null, 12).items().stream()
                                .map(Catalog.Entry::title)
                                .toList());
    }

    private void publish(Organization school, String title, String lesson) throws Exception {
        var course = folder.resolve(UUID.randomUUID().toString());
        Files.createDirectories(course.resolve("one"));
        Files.writeString(course.resolve("README.md"), "# " + title + "\n\nAbout it.\n");
        Files.writeString(course.resolve("one/01-lesson.md"), "# " + lesson + "\n\nText.\n");
        Caller.office(school).call(() -> releases.publish(imports.bring(course, title).slug(), ""));
    }

    private Organization school() {
        var name = "School " + UUID.randomUUID();
        var owner =
                new Schools.Owner("Olga", UUID.randomUUID() + "@example.com", "a long password");
        var founded = schools.found(new Schools.NewSchool(name, null, owner, null), null, "test");
        return ((Schools.Founded.Opened) founded).school();
    }
}
