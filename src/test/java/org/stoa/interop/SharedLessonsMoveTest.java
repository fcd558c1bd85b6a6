package org.stoa.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.stoa.catalog.reuse.SharedLessons;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.studio.Elsewhere;
import org.stoa.catalog.studio.LessonTexts;
import org.stoa.catalog.studio.Outlines;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.testing.StoaTest;

/** A lesson of two courses is one of two courses where the school comes in. */
@StoaTest
class SharedLessonsMoveTest {
    private final Academy academy;
    private final SchoolImports imports;
    private final SharedLessons sharing;
    private final Outlines outlines;
    private final LessonTexts texts;
    private @TempDir Path folder;
    private Organization harbour;

    @Autowired
    SharedLessonsMoveTest(
            ApplicationContext program,
            SchoolImports imports,
            SharedLessons sharing,
            Outlines outlines,
            LessonTexts texts) {
        this.academy = Academy.in(program);
        this.imports = imports;
        this.sharing = sharing;
        this.outlines = outlines;
        this.texts = texts;
        this.harbour = academy.found("harbour", Academy.fresh("o") + "@example.org");
    }

    /** Water, with a picture and a link that leads nowhere in the other course. */
    @BeforeEach
    void aSchoolThatShares() throws Exception {
        harbour = academy.found("harbour", Academy.fresh("o") + "@example.org");
        var office = Caller.office(harbour);
        academy.bring(office, Academy.folder(folder.resolve("bread"), Academy.bread()));
        academy.bring(office, Academy.folder(folder.resolve("knots"), Academy.knots()));
        var knots = office.call(() -> outlines.of("knots")).modules().getFirst().id();
        var water = lesson(office, "bread", "Water");
        var flour = lesson(office, "bread", "Flour");
        office.call(() -> sharing.share("knots", knots, water));
        office.call(() -> sharing.share("knots", knots, flour));
        academy.publish(office, "bread", "");
        academy.publish(office, "knots", "");
    }

    @Test
    void itIsOneTextThereToo() throws Exception {
        var zip = academy.export(harbour, folder.resolve("a.zip"));
        assertThat(Academy.read(zip).get("shared-lessons.csv"))
                .startsWith("text,course,lesson\r\n1,bread,1-basics/1-flour.md\r\n1,knots,");
        var brought = imports.bring(zip, Academy.fresh("copy"), it -> {});
        assertThat(brought.report())
                .extracting(Finding::message)
                .noneMatch(it -> it.contains("share"));
        var office = Caller.office(brought.school());
        var here = lesson(office, "bread", "Water");
        var there = lesson(office, "knots", "Water");
        assertThat(office.call(() -> outlines.of("knots")).also(there))
                .extracting(Elsewhere::lesson)
                .containsExactly(here);
        office.call(() -> texts.write("knots", there, 1, "Water", "Wet."));
        assertThat(office.call(() -> texts.open("bread", here)).markdown()).isEqualTo("Wet.");
        assertThat(shared(academy.export(harbour, folder.resolve("b.zip")))).isEqualTo(shared(zip));
        assertThat(shared(academy.export(brought.school(), folder.resolve("c.zip"))))
                .isEqualTo(shared(zip));
    }

    @Test
    void whatDoesNotFitIsNamedAndTheRestComesIn() throws Exception {
        var files = Academy.read(academy.export(harbour, folder.resolve("a.zip")));
        var table = files.get("shared-lessons.csv");
        files.put(
                "shared-lessons.csv",
                table + "1,knots,nothing\r\n2,bread,2-dough/1-kneading.md\r\nx,knots,1-a.md\r\n");
        var knots = new ArrayList<String>();
        files.forEach((path, text) -> {
            if (path.startsWith("courses/knots/") && text.startsWith("# Water")) {
                knots.add(path);
            }
        });
        files.put(knots.getFirst(), "# Water\n\nChanged by hand.\n");
        var zip = Academy.write(folder.resolve("changed.zip"), files);
        var brought = imports.bring(zip, Academy.fresh("copy"), it -> {});
        assertThat(
                        brought.report().stream()
                                .filter(it -> it.file().equals("shared-lessons.csv"))
                                .map(Finding::message))
                .hasSize(4)
                .anyMatch(it -> it.contains("number"))
                .anyMatch(it -> it.contains("no such lesson"))
                .anyMatch(it -> it.contains("once"))
                .anyMatch(it -> it.contains("was another one"));
        var office = Caller.office(brought.school());
        var water = lesson(office, "knots", "Water");
        assertThat(office.call(() -> texts.open("knots", water)).markdown()).contains("## Salt");
        assertThat(office.call(() -> texts.versions("knots", water))).hasSize(2);
    }

    @Test
    void anArchiveOfBeforeSharesNothing() throws Exception {
        var files = Academy.read(academy.export(harbour, folder.resolve("a.zip")));
        files.remove("shared-lessons.csv");
        var zip = Academy.write(folder.resolve("old.zip"), files);
        var office = Caller.office(imports.bring(zip, Academy.fresh("copy"), it -> {}).school());
        assertThat(office.call(() -> outlines.of("knots")).lessons())
                .hasSize(3)
                .allMatch(it -> it.also().isEmpty());
    }

    private static String shared(Path zip) {
        return String.valueOf(Academy.read(zip).get("shared-lessons.csv"));
    }

    private UUID lesson(Caller office, String course, String title) throws Exception {
        return office.call(() -> outlines.of(course)).lessons().stream()
                .filter(it -> it.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
