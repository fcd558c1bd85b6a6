package org.stoa.launch;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.CourseExports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a course's draft as a folder. */
@Command(
        name = "export",
        description = "Write a course as a folder of Markdown that imports to the same course.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  stoa export how-to-teach --school demo --to ./my-course"})
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLineTool tool;

    @Parameters(paramLabel = "COURSE", description = "The course's name in its address.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String course;

    @Option(names = "--school", required = true, description = "The school's subdomain.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String school;

    @Option(names = "--to", description = "The folder to write (the course's name).")
    private @Nullable Path to;

    @Option(
            names = "--replace",
            description = "Write into a folder that holds something else, over what is there.")
    private boolean replace;

    @Option(names = "--data", description = "The data folder (data).")
    private @Nullable String data;

    @Override
    public Integer call() throws Exception {
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
}
