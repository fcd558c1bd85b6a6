package org.stoa.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.CourseExports;
import org.stoa.interop.SchoolExports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a course's draft as a folder, or the whole school as a zip. */
@Command(
        name = "export",
        description =
                "Write a course as a folder of Markdown that imports to the same course, or a whole"
                        + " school as a zip.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  stoa export how-to-teach --school demo --to ./my-course",
            "  stoa export --whole --school demo --to demo.zip",
        })
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLineTool tool;

    @Parameters(
            paramLabel = "COURSE",
            arity = "0..1",
            description = "The course's name in its address.")
    private @Nullable String course;

    @Option(
            names = "--whole",
            description = "Write the whole school: its people, its courses and what is learned.")
    private boolean whole;

    @Option(names = "--school", required = true, description = "The school's subdomain.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String school;

    @Option(
            names = "--to",
            description = "The folder to write (the course's name), or the zip (the school's).")
    private @Nullable Path to;

    @Option(
            names = "--replace",
            description = "Write into a folder that holds something else, over what is there.")
    private boolean replace;

    @Option(names = "--data", description = "The data folder (data).")
    private @Nullable String data;

    @Override
    public Integer call() throws Exception {
        var one = course;
        if (whole == (one != null)) {
            throw new Refusal(
                    "Say which course: stoa export COURSE --school "
                            + school
                            + "; or the whole school: stoa export --whole --school "
                            + school
                            + ".");
        }
        return one == null ? school() : course(one);
    }

    private int course(String course) throws Exception {
        var folder = to == null ? Path.of(course) : to;
        try (var office = Office.open(tool, data, school)) {
            return office.call(context -> {
                var exports = context.getBean(CourseExports.class);
                if (!replace && !exports.fits(course, folder)) {
                    throw new Refusal(
                            "There is something else in "
                                    + folder.toAbsolutePath().normalize()
                                    + ". Name an empty folder, or one that this course was written"
                                    + " to before; or say --replace.");
                }
                exports.folder(course, folder);
                System.out.println("Written to " + folder.toAbsolutePath().normalize());
                return 0;
            });
        }
    }

    private int school() throws Exception {
        var zip = (to == null ? Path.of(school + ".zip") : to).toAbsolutePath().normalize();
        if (Files.isDirectory(zip) || (!replace && Files.exists(zip))) {
            throw new Refusal(
                    zip + " is there already. Name another file with --to; or say --replace.");
        }
        try (var office = Office.open(tool, data, school)) {
            return office.call(context -> {
                write(context.getBean(SchoolExports.class), zip);
                System.out.printf(
                        java.util.Locale.ROOT, "Written to %s, %,d bytes.%n", zip, Files.size(zip));
                return 0;
            });
        }
    }

    /** Under its name there is only ever a whole school. */
    private static void write(SchoolExports exports, Path zip) throws IOException {
        var half = zip.resolveSibling(zip.getFileName() + ".part");
        try (var prepared = exports.prepare();
                var out = Files.newOutputStream(half)) {
            prepared.write(out);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(half);
            throw e;
        }
        Files.move(half, zip, StandardCopyOption.REPLACE_EXISTING);
    }
}
