package org.stoa.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.stoa.catalog.CourseImports.Imported;
import org.stoa.catalog.source.Finding;
import org.stoa.interop.SchoolImports.Brought;
import org.stoa.tenancy.Organization;

/** What the command says at the end of an import. */
class ImportSumTest {
    @Test
    void aCourseIsSummedUpInGoodEnglish() {
        assertThat(course()).isEqualTo("Imported \"Bread\" (bread), with no remarks.");
        assertThat(course(finding("a.md")))
                .isEqualTo("Imported \"Bread\" (bread), with 1 remark on 1 file.");
        assertThat(course(finding("a.md"), finding("a.md"), finding("b.md")))
                .isEqualTo("Imported \"Bread\" (bread), with 3 remarks on 2 files.");
        assertThat(course(finding(""))).isEqualTo("Imported \"Bread\" (bread), with 1 remark.");
    }

    @Test
    void aSchoolToo() {
        assertThat(school(1, 1, 1, 1))
                .isEqualTo(
                        "Opened \"Halden\" (copy): 1 person, 1 course, 1 place in courses, 1 mark of"
                                + " progress, with 1 remark.");
        assertThat(school(2, 0, 1_000, 2))
                .isEqualTo(
                        "Opened \"Halden\" (copy): 2 people, 0 courses, 1,000 places in courses, 2"
                                + " marks of progress, with 1 remark.");
    }

    private static String course(Finding... findings) {
        return ImportCommand.sum(new Imported("bread", "Bread", true, List.of(findings)));
    }

    private static String school(long people, int courses, long places, long progress) {
        var halden = new Organization(new UUID(0, 1), "copy", "Halden", "en", null);
        return ImportCommand.sum(
                new Brought(halden, true, people, courses, places, progress, List.of(finding("a"))),
                "copy");
    }

    private static Finding finding(String file) {
        return Finding.info(file, null, "Look.");
    }
}
