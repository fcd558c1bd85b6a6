package org.stoa.launch;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the program can be told: {@code run}, {@code import}, {@code admin} and the rest. */
@Command(
        name = "stoa",
        description = "A learning platform: many schools on one installation.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        subcommands = {
            RunCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            AdminCommand.class,
            JobsCommand.class,
            TrainCommand.class,
            ConfigCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Start a first school and look around:  stoa run",
            "More about one command:                stoa help COMMAND",
            "",
            "In a clone of Stoa, the script beside its sources takes two more:",
            "  ./stoa test           build it, and run every test",
            "  ./stoa bench [NAME]   measure how fast it is, beside nginx and pgbench",
        })
public final class CommandLineTool implements Runnable {
    private final Class<?> application;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandLine.Model.CommandSpec spec;

    private CommandLineTool(Class<?> application) {
        this.application = application;
    }

    /**
     * Does what the arguments say.
     *
     * @param application the class that Spring Boot starts from
     * @return the program's exit status: 0 done, 1 refused, 2 not understood
     */
    public static int run(Class<?> application, String... arguments) {
        var line = new CommandLine(new CommandLineTool(application));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (Program.ending()) {
                Program.awaitEnd();
            }
            var reason = Sentences.of(failure);
            if (reason == null) {
                throw failure;
            }
            command.getErr().println(reason);
            return 1;
        });
        return line.execute(arguments);
    }

    Class<?> application() {
        return application;
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    static Settings settings(Map<String, String> options) {
        return Settings.read(options, System.getenv());
    }
}
