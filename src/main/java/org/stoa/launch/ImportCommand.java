package org.stoa.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.CourseImports;
import org.stoa.catalog.Releases;
import org.stoa.catalog.source.Finding;
import org.stoa.interop.SchoolImports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings a course into a school, or a whole school into the installation. */
@Command(
        name = "import",
        description =
                "Bring a course, a folder or zip of Markdown or a cartridge, into a school as a draft;"
                        + " or a whole school that was exported, into a new one.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  stoa import ../my-course --school demo",
            "  stoa import my-course.zip --school demo --publish",
            "  stoa import my-course.zip --school demo --data /srv/stoa",
            "  stoa import whole-school.zip --school copy",
            "",
            "Importing the same course again updates its draft. docs/course-format.md says how",
            "a folder is read.",
        })
final class ImportCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLineTool tool;

    @Parameters(paramLabel = "PATH", description = "The folder or zip file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path path;

    @Option(names = "--school", required = true, description = "The school's subdomain.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String school;

    @Option(names = "--publish", description = "Publish it at once.")
    private boolean publish;

    @Option(names = "--data", description = "The data folder of the server (data).")
    private @Nullable String data;

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(path)) {
            throw new Refusal("There is no file or folder " + path + ".");
        }
        if (SchoolImports.isSchool(path)) {
            return whole();
        }
        long begun = System.nanoTime();
        try (var office = Office.open(tool, data, school)) {
            return office.call(context -> {
                System.out.println("Reading " + path + " ...");
                var name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
                var imported = context.getBean(CourseImports.class).bring(path, name);
                imported.report().forEach(ImportCommand::tell);
                System.out.println(sum(imported));
                if (publish) {
                    System.out.println("Publishing it ...");
                    var release = context.getBean(Releases.class).publish(imported.slug(), "");
                    System.out.println(
                            (release.standing()
                                            ? "Nothing has changed since release "
                                            : "Published as release ")
                                    + release.number()
                                    + ": /courses/"
                                    + imported.slug());
                } else {
                    System.out.println(
                            "It is a draft. Publish it in the studio, at /studio/"
                                    + imported.slug()
                                    + ", or import it with --publish.");
                }
                System.out.printf(Locale.ROOT, "Done in %.1f s.%n", seconds(begun));
                return 0;
            });
        }
    }

    private int whole() {
        if (publish) {
            throw new Refusal(
                    "This is a whole school, and says itself which of its courses are published."
                            + " Leave --publish out.");
        }
        long begun = System.nanoTime();
        try (var program = Office.program(tool, data)) {
            System.out.println("Reading the school in " + path + " ...");
            var brought =
                    program.context()
                            .getBean(SchoolImports.class)
                            .bring(path, school, System.out::println);
            brought.report().forEach(ImportCommand::tell);
            System.out.println(sum(brought, school));
            System.out.println(
                    "People without a password get in by a link of their own: an owner makes"
                            + " the links at /admin/members.");
            System.out.printf(Locale.ROOT, "Done in %.1f s.%n", seconds(begun));
            return 0;
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    static String sum(SchoolImports.Brought brought, String school) {
        return "%s \"%s\" (%s): %s, %s, %s in courses, %s of progress, with %s."
                .formatted(
                        brought.opened() ? "Opened" : "Filled",
                        brought.school().name(),
                        school,
                        count(brought.people(), "person", "people"),
                        count(brought.courses(), "course", "courses"),
                        count(brought.places(), "place", "places"),
                        count(brought.progress(), "mark", "marks"),
                        count(brought.report().size(), "remark", "remarks"));
    }

    static String sum(CourseImports.Imported imported) {
        var report = imported.report();
        var files = report.stream().map(Finding::file).filter(it -> !it.isEmpty()).distinct();
        long named = files.count();
        return "%s \"%s\" (%s), with %s%s."
                .formatted(
                        imported.created() ? "Imported" : "Updated",
                        imported.title(),
                        imported.slug(),
                        report.isEmpty() ? "no remarks" : count(report.size(), "remark", "remarks"),
                        named == 0 ? "" : " on " + count(named, "file", "files"));
    }

    private static String count(long number, String one, String more) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : more);
    }

    private static void tell(Finding finding) {
        System.out.println("  " + place(finding) + "  " + finding.message());
    }

    private static String place(Finding finding) {
        return finding.line() == null ? finding.file() : finding.file() + ":" + finding.line();
    }
}
