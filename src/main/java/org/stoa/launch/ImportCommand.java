package org.stoa.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.CourseImports;
import org.stoa.catalog.Releases;
import org.stoa.catalog.source.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings a course into a school. */
@Command(
        name = "import",
        description =
                "Bring a course, a folder or zip of Markdown or a cartridge, into a school as a draft.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  stoa import ../my-course --school demo",
            "  stoa import my-course.zip --school demo --publish",
            "  stoa import my-course.zip --school demo --data /srv/stoa",
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
        long begun = System.nanoTime();
        try (var office = Office.open(tool, data, school)) {
            return office.call(context -> {
                System.out.println("Reading " + path + " ...");
                var name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
                var imported = context.getBean(CourseImports.class).bring(path, name);
                tell(imported);
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

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void tell(CourseImports.Imported imported) {
        var places = new HashMap<String, Integer>();
        for (var finding : imported.report()) {
            places.merge(finding.file(), 1, Integer::sum);
            System.out.println("  " + place(finding) + "  " + finding.message());
        }
        System.out.println(
                (imported.created() ? "Imported \"" : "Updated \"")
                        + imported.title()
                        + "\" ("
                        + imported.slug()
                        + "), with "
                        + imported.report().size()
                        + " remarks on "
                        + places.size()
                        + " files.");
    }

    private static String place(Finding finding) {
        return finding.line() == null ? finding.file() : finding.file() + ":" + finding.line();
    }
}
