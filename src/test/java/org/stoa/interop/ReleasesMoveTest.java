package org.stoa.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.stoa.catalog.Courses;
import org.stoa.catalog.people.CoursePeople;
import org.stoa.catalog.people.CourseRole;
import org.stoa.catalog.reuse.SharedLessons;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.studio.DraftState;
import org.stoa.catalog.studio.LessonTexts;
import org.stoa.catalog.studio.Outlines;
import org.stoa.identity.Sessions;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** What is not published where a school leaves is not published where it comes in. */
@StoaTest
class ReleasesMoveTest {
    private final Academy academy;
    private final SchoolImports imports;
    private final SharedLessons sharing;
    private final Outlines outlines;
    private final LessonTexts texts;
    private final Courses courses;
    private final CoursePeople staff;
    private final Sessions sessions;
    private final Visitor visitor;
    private @TempDir Path folder;
    private String sam = "";
    private Organization harbour;
    private Caller office;

    @Autowired
    ReleasesMoveTest(
            ApplicationContext program,
            SchoolImports imports,
            SharedLessons sharing,
            Outlines outlines,
            LessonTexts texts,
            Courses courses,
            CoursePeople staff,
            Sessions sessions,
            @LocalServerPort int port) {
        this.academy = Academy.in(program);
        this.imports = imports;
        this.sharing = sharing;
        this.outlines = outlines;
        this.texts = texts;
        this.courses = courses;
        this.staff = staff;
        this.sessions = sessions;
        this.visitor = new Visitor(port);
        this.harbour = academy.found("harbour", Academy.fresh("o") + "@example.org");
        this.office = Caller.office(harbour);
    }

    /** Bread as it was published, and then nearly everything that can be done to a draft. */
    @BeforeEach
    void aCourseThatIsWorkedOn() throws Exception {
        harbour = academy.found("harbour", Academy.fresh("o") + "@example.org");
        office = Caller.office(harbour);
        var bread = Academy.bread();
        academy.bring(office, Academy.folder(folder.resolve("bread"), bread));
        academy.bring(office, Academy.folder(folder.resolve("knots"), Academy.knots()));
        var lea = Academy.fresh("lea") + "@example.org";
        academy.join(harbour, lea, Role.TEACHER);
        office.run(() -> staff.add("bread", lea, CourseRole.LEAD));
        academy.publish(office, "bread", "The first");
        academy.publish(office, "knots", "");
        sam = Academy.fresh("sam") + "@example.org";
        academy.learn(academy.join(harbour, sam, Role.STUDENT), "bread", 3);

        var ann = Academy.fresh("ann") + "@example.org";
        academy.join(harbour, ann, Role.TEACHER);
        office.run(() -> staff.add("bread", ann, CourseRole.ASSISTANT));

        bread.computeIfPresent("1-basics/grain.svg", (path, it) -> it.replace("M0 0h1", "M0 0v1"));
        bread.put(
                "course.yaml",
                """
                id: bread
                title: Bread, revised
                enrollment: { places: 30 }
                modules:
                  - title: Basics
                    id: 1-basics
                    lessons:
                      - { file: 1-basics/1-flour.md, rules: { days: 7 } }
                      - 1-basics/2-water.md
                  - title: Dough
                    id: 2-dough
                    lessons:
                      - 2-dough/2-baking.md
                      - { file: 2-dough/1-kneading.md, rules: { hidden: true } }
                """);
        academy.bring(office, Academy.folder(folder.resolve("again"), bread));
        var flour = office.call(() -> lesson("bread", "Flour"));
        office.call(() -> texts.write("bread", flour, 1, "Flours", "Half a sentence that"));
        var basics = office.call(() -> outlines.of("bread")).modules().getFirst().id();
        var salt = office.call(() -> outlines.addLesson("bread", basics, "Salt"));
        office.call(() -> texts.write("bread", salt, 1, "Salt", "Not finished."));
        office.run(() -> outlines.bin("bread", List.of(lesson("bread", "Baking"))));
        var knots = office.call(() -> outlines.of("knots")).modules().getFirst().id();
        office.call(() -> sharing.share("knots", knots, salt));
    }

    @Test
    void learnersReadTheReleaseAndAuthorsHaveTheirDraft() throws Exception {
        var zip = academy.export(harbour, folder.resolve("a.zip"));
        assertThat(Academy.read(zip))
                .containsKeys("releases/bread/course.yaml", "releases/bread/2-dough/2-baking.md")
                .doesNotContainKey("courses/bread/2-dough/2-baking.md");
        var brought = imports.bring(zip, Academy.fresh("copy"), it -> {});
        assertThat(brought.report()).isEmpty();
        var there = Caller.office(brought.school());
        for (var course : List.of("bread", "knots")) {
            assertThat(read(there, course)).isEqualTo(read(office, course));
            assertThat(written(there, course)).isEqualTo(written(office, course));
            assertThat(changes(there, course)).isEqualTo(changes(office, course)).isNotEmpty();
        }
        assertThat(read(there, "bread").toString())
                .contains("Baking", "Wait.")
                .doesNotContain("Half a sentence", "Not finished.", "revised", "M0 0v1");
        assertThat(learning(brought.school())).isEqualTo(learning(harbour)).contains(":75");
        assertThat(there.call(() -> outlines.of("bread")).bin())
                .extracting(it -> it.title())
                .containsExactly("Baking");
        assertThat(there.call(() -> academy.releases().of("bread")).getFirst().note())
                .isEqualTo("The first");
        assertThat(unnamed(academy.export(brought.school(), folder.resolve("b.zip"))))
                .isEqualTo(unnamed(zip));
    }

    @Test
    void brokenOffItLosesNeither() throws Exception {
        var zip = academy.export(harbour, folder.resolve("a.zip"));
        var name = Academy.fresh("cut");
        try {
            imports.bring(
                    zip,
                    name,
                    it -> {
                        if (it.startsWith("Progress")) {
                            throw new IllegalStateException("The power fails.");
                        }
                    });
        } catch (IllegalStateException failed) {
            var there = Caller.office(imports.bring(zip, name, it -> {}).school());
            assertThat(read(there, "bread")).isEqualTo(read(office, "bread"));
            assertThat(written(there, "bread")).isEqualTo(written(office, "bread"));
        }
    }

    @Test
    void anArchiveFromBeforePublishesTheDraftAndSaysSo() throws Exception {
        var files = Academy.read(academy.export(harbour, folder.resolve("a.zip")));
        files.keySet().removeIf(it -> it.startsWith("releases/"));
        var old = Academy.write(folder.resolve("old.zip"), files);
        var brought = imports.bring(old, Academy.fresh("copy"), it -> {});
        assertThat(brought.report())
                .extracting(Finding::message)
                .filteredOn(it -> it.startsWith("What learners read is not in the archive"))
                .hasSize(2);
    }

    @Test
    void aReleaseThatNobodyReadIsNamed() throws Exception {
        var files = Academy.read(academy.export(harbour, folder.resolve("a.zip")));
        files.computeIfPresent("courses.csv", (path, it) -> it.replace(",changed,", ",no,"));
        var zip = Academy.write(folder.resolve("no.zip"), files);
        var brought = imports.bring(zip, Academy.fresh("copy"), it -> {});
        assertThat(brought.report())
                .extracting(Finding::file)
                .contains("releases/bread", "releases/knots");
        assertThat(Caller.office(brought.school()).call(() -> academy.releases().current("bread")))
                .isEmpty();
    }

    /** What learners find, without the ids of things. */
    private List<String> read(Caller office, String course) throws Exception {
        return office.call(() -> {
            var release = academy.releases().current(course).orElseThrow();
            var found = new ArrayList<String>();
            found.add("by " + release.document().teachers());
            found.add(release.title() + release.document().summary() + release.document().tags());
            for (var module : release.modules()) {
                found.add(module.title());
                for (var it : module.lessons()) {
                    found.add(it.number() + it.title() + it.slug() + it.minutes() + it.rules());
                    found.add(academy.releases().body(release, it.id()).html());
                }
            }
            return found;
        });
    }

    private List<String> written(Caller office, String course) throws Exception {
        var draft = office.call(() -> courses.draft(course)).orElseThrow();
        var found = new ArrayList<String>();
        found.add(draft.title() + draft.summary() + draft.tags() + draft.cover());
        for (var module : draft.modules()) {
            found.add(module.title());
            module.lessons()
                    .forEach(it ->
                            found.add(
                                    it.title()
                                            + it.sourceKey()
                                            + it.hidden()
                                            + it.rules()
                                            + it.markdown()));
        }
        draft.files().forEach(it -> found.add(it.path() + it.sha256()));
        return found;
    }

    private List<String> changes(Caller office, String course) throws Exception {
        return office
                .call(() -> DraftState.of(outlines.desk(course), academy.releases()))
                .changes()
                .stream()
                .map(it -> it.kind() + " " + it.title())
                .toList();
    }

    private String learning(Organization school) {
        var token = sessions.newToken(academy.people().find(sam).orElseThrow().id(), "Test");
        var answer = visitor.call("GET", school.subdomain(), "/api/v1/me/enrollments", token, null);
        return answer.body().replaceAll("\"id\":\"[^\"]+\"", "");
    }

    private static TreeMap<String, String> unnamed(Path zip) {
        var files = new TreeMap<>(Academy.read(zip));
        files.remove("school.yaml");
        return files;
    }

    private UUID lesson(String course, String title) {
        return outlines.of(course).lessons().stream()
                .filter(it -> it.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
