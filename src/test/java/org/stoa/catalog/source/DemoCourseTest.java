package org.stoa.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoCourseTest {
    private static final Path DEMO = Path.of("src/main/resources/demo");

    @Test
    void theCourseThatAFirstStartShowsIsWithoutAFault() {
        var course = CourseFolder.read(DEMO.resolve("course"));
        assertThat(course.report()).isEmpty();
        assertThat(course.modules()).hasSize(4);
        assertThat(course.lessons()).hasSize(12);
        assertThat(course.lessons()).allMatch(lesson -> lesson.minutes() <= 10);
    }

    @Test
    void itsIndexNamesEveryFileAndNoOther() throws IOException {
        var course = DEMO.resolve("course");
        try (var files = Files.walk(course)) {
            assertThat(Files.readAllLines(DEMO.resolve("course.index")))
                    .containsExactlyInAnyOrderElementsOf(
                            files.filter(Files::isRegularFile)
                                    .map(file ->
                                            course.relativize(file).toString().replace('\\', '/'))
                                    .toList());
        }
    }
}
