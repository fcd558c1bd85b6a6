package org.stoa.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.stoa.catalog.source.CourseSource.SourceModule;

@DisabledIfSystemProperty(named = "stoa.shared.data", matches = "absent")
class RealCourseTest {
    private static final Path COURSE =
            Path.of(System.getProperty("stoa.shared.data", "../shared/data"))
                    .resolve("ms-iot-getting-started");

    @Test
    void aCourseNobodyWroteForUsIsReadAsItsTeacherMeantIt() {
        assertThat(COURSE)
                .as(
                        "the real courses stand beside the project; without them, run with"
                                + " -Dstoa.shared.data=absent")
                .matches(Files::isDirectory);
        CourseSource course = CourseFolder.read(COURSE);
        assertThat(course.title()).isEqualTo("Getting Started with IoT");
        assertThat(course.summary()).startsWith("In this section of the curriculum");
        assertThat(course.modules())
                .extracting(SourceModule::title)
                .containsExactly(
                        "Introduction to IoT",
                        "A deeper dive into IoT",
                        "Interact with the physical world with sensors and actuators",
                        "Connect your device to the Internet");
        assertThat(course.lessons()).hasSize(23);
        assertThat(course.modules().getFirst().lessons())
                .extracting(it -> Names.last(it.file()))
                .containsExactly(
                        "README.md",
                        "wio-terminal.md",
                        "pi.md",
                        "virtual-device.md",
                        "assignment.md");
        assertThat(course.report())
                .contains(
                        Finding.warning(
                                "1-getting-started/lessons/1-introduction-to-iot/README.md",
                                43,
                                "The image images/connected-iot-devices.svg is not in the course's"
                                        + " folder."));
        if (Boolean.getBoolean("stoa.print")) {
            print(course);
        }
    }

    private static void print(CourseSource course) {
        System.out.println(course.title() + "\n  " + course.summary());
        for (SourceModule module : course.modules()) {
            System.out.println(module.title() + "  <" + module.key() + ">");
            module.lessons()
                    .forEach(it ->
                            System.out.println(
                                    "    "
                                            + it.title()
                                            + "  /"
                                            + it.slug()
                                            + "  "
                                            + it.minutes()
                                            + "  "
                                            + it.file()));
        }
        course.report().forEach(System.out::println);
    }
}
