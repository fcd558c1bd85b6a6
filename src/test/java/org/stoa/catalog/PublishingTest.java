package org.stoa.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** What learners read stands still while authors write on. */
@StoaTest
class PublishingTest {
    private static final Path REAL_COURSE =
            Path.of(System.getProperty("stoa.shared.data", "../shared/data"))
                    .resolve("ms-iot-getting-started");

    private final CourseImports imports;
    private final Courses courses;
    private final Releases releases;
    private final Catalog catalog;
    private final ServiceDatabase service;
    private final Ids ids;
    private @TempDir Path folder;
    private Caller halden;
    private Caller harbour;

    @Autowired
    PublishingTest(
            CourseImports imports,
            Courses courses,
            Releases releases,
            Catalog catalog,
            ServiceDatabase service,
            Ids ids) {
        this.imports = imports;
        this.courses = courses;
        this.releases = releases;
        this.catalog = catalog;
        this.service = service;
        this.ids = ids;
    }

    @BeforeEach
    void twoSchools() throws IOException {
        halden = Caller.office(school("halden"));
        harbour = Caller.office(school("harbour"));
        write("bread/course.yaml", "title: Bread\ncategory: Cooking\ntags: [baking]");
        write(
                "bread/1-basics/1-flour.md",
                "# Flour\n\nSee [water](2-water.md#salt). ![Grain](g.png)");
        write("bread/1-basics/2-water.md", "# Water\n\n## Salt\n\nSome.");
        write("bread/2-dough/1-kneading.md", "# Kneading\n\nPush.");
        Files.write(folder.resolve("bread/1-basics/g.png"), new byte[] {1, 2, 3});
    }

    @Test
    void aReleaseStaysAsItWasPublished() throws Exception {
        bring(halden);
        halden.call(() -> releases.publish("bread", "The first"));
        var first = current(halden);
        write("bread/2-dough/1-kneading.md", "# Kneading\n\nFold.");
        write("bread/2-dough/2-resting.md", "# Resting\n\nWait.");
        bring(halden);

        assertThat(current(halden).id()).isEqualTo(first.id());
        assertThat(html(halden, first, "kneading")).contains("Push.");
        var second = halden.call(() -> releases.publish("bread", ""));
        assertThat(second.number()).isEqualTo(2);
        assertThat(current(halden).lessons()).hasSize(4);
        assertThat(html(halden, current(halden), "kneading")).contains("Fold.");
        assertThat(html(halden, first, "kneading")).contains("Push.");
        assertThat(current(halden).lesson("flour").orElseThrow().id())
                .isEqualTo(first.lesson("flour").orElseThrow().id());
        assertThat(halden.call(() -> releases.of("bread")))
                .extracting(Releases.Published::note)
                .containsExactly("", "The first");
    }

    @Test
    void aWithdrawnReleaseGivesWayToTheOneBeforeIt() throws Exception {
        bring(halden);
        halden.call(() -> releases.publish("bread", "The first"));
        write("bread/2-dough/1-kneading.md", "# Kneading\n\nA terrible mistake.");
        bring(halden);
        halden.call(() -> releases.publish("bread", "The bad one"));
        halden.run(() -> releases.withdraw("bread", 2));
        halden.run(() -> releases.withdraw("bread", 2));
        assertThat(current(halden).number()).isEqualTo(1);
        assertThat(html(halden, current(halden), "kneading")).contains("Push.");
        assertThat(found(halden, "terrible")).isEmpty();
        assertThat(halden.call(() -> releases.of("bread")))
                .extracting(Releases.Published::withdrawn)
                .containsExactly(true, false);
        write("bread/2-dough/1-kneading.md", "# Kneading\n\nFold.");
        bring(halden);
        assertThat(halden.call(() -> releases.publish("bread", "")).number()).isEqualTo(3);
        assertThatThrownBy(() -> halden.run(() -> releases.withdraw("bread", 9)))
                .isInstanceOf(Problem.NotFound.class);
        assertThatThrownBy(() -> harbour.run(() -> releases.withdraw("bread", 3)))
                .isInstanceOf(Problem.NotFound.class);
    }

    @Test
    void aCourseWhoseOnlyReleaseIsWithdrawnLeavesTheCatalog() throws Exception {
        bring(halden);
        halden.call(() -> releases.publish("bread", "The first"));
        assertThat(found(halden, "bread")).isNotEmpty();
        halden.run(() -> releases.withdraw("bread", 1));
        assertThat(halden.call(() -> releases.current("bread"))).isEmpty();
        assertThat(found(halden, "bread")).isEmpty();
        assertThat(halden.call(() -> releases.publish("bread", "Again")).number()).isEqualTo(2);
        assertThat(found(halden, "bread")).isNotEmpty();
    }

    @Test
    void linksInsideACourseLeadToItsLessonsAndFiles() throws Exception {
        bring(halden);
        halden.call(() -> releases.publish("bread", ""));
        var sha256 = halden.call(() -> courses.draft("bread")).orElseThrow().files().getFirst();
        assertThat(html(halden, current(halden), "flour"))
                .contains("href=\"/learn/bread/water#s-salt\"")
                .contains("src=\"/media/" + sha256.sha256() + "/g.png\"");
        assertThat(current(halden).lessons())
                .extracting(ReleaseLesson::number)
                .containsExactly("1.1", "1.2", "2.1");
    }

    @Test
    void anotherSchoolSeesNothingOfIt() throws Exception {
        bring(halden);
        halden.call(() -> releases.publish("bread", ""));
        var release = current(halden);
        assertThat(harbour.call(() -> releases.current("bread"))).isEmpty();
        assertThatThrownBy(() -> harbour.call(() -> releases.byId(release.id())))
                .isInstanceOf(Problem.NotFound.class);
        var lesson = release.lessons().getFirst().id();
        assertThatThrownBy(() -> harbour.call(() -> releases.body(release, lesson)))
                .isInstanceOf(Problem.NotFound.class);
        assertThatThrownBy(() -> harbour.call(() -> releases.publish("bread", "")))
                .isInstanceOf(Problem.NotFound.class);
        assertThat(harbour.call(() -> catalog.lessons("flour"))).isEmpty();
    }

    @Test
    void onlyItsTeacherOrAnAdministratorPublishesACourse() throws Exception {
        var ines = member("Ines", Role.TEACHER);
        bring(ines);
        for (var caller : List.of(member("Jonas", Role.TEACHER), member("Mara", Role.STUDENT))) {
            assertThatThrownBy(() -> caller.call(() -> releases.publish("bread", "")))
                    .isInstanceOf(Problem.class);
        }
        assertThat(halden.call(() -> releases.current("bread"))).isEmpty();
        ines.call(() -> releases.publish("bread", ""));
        assertThat(halden.call(() -> releases.current("bread"))).isPresent();
    }

    @Test
    void whatTheSchoolItselfBroughtInIsAnyTeachers() throws Exception {
        bring(halden);
        var mara = member("Mara", Role.STUDENT);
        assertThatThrownBy(() -> mara.call(() -> releases.publish("bread", "")))
                .isInstanceOf(Problem.class);
        member("Jonas", Role.TEACHER).call(() -> releases.publish("bread", ""));
        assertThat(halden.call(() -> releases.current("bread"))).isPresent();
    }

    private Caller member(String name, Role role) {
        var id = ids.next();
        service.sql(
                        "insert into users (id, email, name, created_at) values (:id, :email, :name, now())")
                .param("id", id)
                .param("email", id + "@example.com")
                .param("name", name)
                .update();
        service.sql(
                        "insert into organization_memberships"
                                + " (organization_id, user_id, role, created_at)"
                                + " values (:school, :id, :role, now())")
                .param("school", halden.school().id())
                .param("id", id)
                .param("role", role.word())
                .update();
        return Caller.member(halden.school(), id, name, role);
    }

    @Test
    void manyWhoPublishTheSameAtOnceMakeOneRelease() throws Exception {
        bring(halden);
        var numbers = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var publishing =
                    IntStream.range(0, 6)
                            .mapToObj(i ->
                                    threads.submit(
                                            () -> halden.call(() -> releases.publish("bread", ""))))
                            .toList();
            for (var one : publishing) {
                numbers.add(one.get().number());
            }
        }
        assertThat(numbers).hasSize(6).containsOnly(1);
        assertThat(halden.call(() -> releases.of("bread"))).hasSize(1);
    }

    @Test
    void anUnchangedDraftIsNotPublishedTwice() throws Exception {
        bring(halden);
        var first = halden.call(() -> releases.publish("bread", "The first"));
        assertThat(first.standing()).isFalse();
        var again = halden.call(() -> releases.publish("bread", "Another note"));
        assertThat(again.standing()).isTrue();
        assertThat(again.number()).isEqualTo(1);
        assertThat(again.note()).isEqualTo("The first");
        write("bread/2-dough/1-kneading.md", "# Kneading\n\nFold.");
        bring(halden);
        write("bread/2-dough/1-kneading.md", "# Kneading\n\nPush.");
        bring(halden);
        assertThat(line().changed()).isTrue();
        assertThat(halden.call(() -> releases.publish("bread", "")).standing()).isTrue();
        assertThat(line().changed()).isFalse();
        assertThat(current(halden).number()).isEqualTo(1);
    }

    @Test
    void picturesHaveTheSizeThatTheirHeaderSays() throws Exception {
        try (var png = Files.newOutputStream(folder.resolve("bread/1-basics/g.png"))) {
            ImageIO.write(new BufferedImage(24, 10, BufferedImage.TYPE_INT_RGB), "png", png);
        }
        bring(halden);
        halden.call(() -> releases.publish("bread", ""));
        assertThat(html(halden, current(halden), "flour")).contains("width=\"24\" height=\"10\"");
    }

    @Test
    void aDraftIsChangedOnlyOnceItDiffersFromItsRelease() throws Exception {
        bring(halden);
        halden.call(() -> releases.publish("bread", ""));
        assertThat(line().changed()).isFalse();
        bring(halden);
        assertThat(line().changed()).isFalse();
        write("bread/2-dough/1-kneading.md", "# Kneading\n\nFold.");
        bring(halden);
        assertThat(line().changed()).isTrue();
        halden.call(() -> releases.publish("bread", ""));
        assertThat(line().changed()).isFalse();
    }

    @Test
    @DisabledIfSystemProperty(named = "stoa.shared.data", matches = "absent")
    void aRealCourseIsPublishedAndFoundInSpiteOfATypingError() throws Exception {
        var slug = halden.call(() -> imports.bring(REAL_COURSE, "iot")).slug();
        halden.call(() -> releases.publish(slug, ""));
        var release = halden.call(() -> releases.current(slug)).orElseThrow();
        assertThat(release.lessons()).hasSize(23);
        assertThat(
                        halden.call(() ->
                                releases.body(release, release.lessons().getFirst().id()).html()))
                .startsWith("<figure class=\"absent\">")
                .contains("A picture is missing here: A sketchnote overview of this lesson");
        for (var lesson : release.lessons()) {
            var html = halden.call(() -> releases.body(release, lesson.id())).html();
            assertThat(html).isNotBlank().doesNotContain("=\"lesson:").doesNotContain("=\"file:");
        }
        var found = halden.call(() -> catalog.page(words("geting startd"), null, 12));
        assertThat(found.items()).extracting(Catalog.Entry::slug).containsExactly(slug);
        assertThat(halden.call(() -> catalog.lessons("raspbery pi"))).isNotEmpty();
        assertThat(halden.call(() -> catalog.lessons("soil moisture"))).isNotEmpty();
    }

    private List<Catalog.Entry> found(Caller caller, String q) throws Exception {
        return caller.call(() -> catalog.page(words(q), null, 12)).items();
    }

    private static Catalog.Filter words(String q) {
        return new Catalog.Filter(q, "", "", "");
    }

    private CourseLine line() throws Exception {
        return halden.call(courses::mine).getFirst();
    }

    private void bring(Caller caller) throws Exception {
        caller.call(() -> imports.bring(folder.resolve("bread"), "bread"));
    }

    private Release current(Caller caller) throws Exception {
        return caller.call(() -> releases.current("bread")).orElseThrow();
    }

    private String html(Caller caller, Release release, String slug) throws Exception {
        var lesson = release.lesson(slug).orElseThrow();
        return caller.call(() -> releases.body(release, lesson.id())).html();
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
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
