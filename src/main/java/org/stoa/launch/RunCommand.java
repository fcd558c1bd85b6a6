package org.stoa.launch;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Starts the server and keeps it until it is told to end. */
@Command(
        name = "run",
        description = "Start Stoa: its database, its schools, and the site on which they are.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  stoa run                       on port 8080, with a demonstration school",
            "  stoa run --port 9000 --empty   without it, on another port",
            "  stoa run --data /srv/stoa      with its data elsewhere",
        })
final class RunCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLineTool tool;

    @Option(names = "--port", description = "Where to listen (8080; 0 takes any that is free).")
    private @Nullable String port;

    @Option(names = "--data", description = "The folder for everything that is kept (data).")
    private @Nullable String data;

    @Option(names = "--empty", description = "Leave the demonstration school out.")
    private boolean empty;

    @Option(
            names = "--role",
            description = "What this process does: all, web, worker or runner (all).")
    private @Nullable String role;

    @Override
    public Integer call() throws InterruptedException {
        var settings = CommandLineTool.settings(options());
        boolean demo = !settings.flag("empty");
        var program = Program.serve(tool.application(), settings, demo);
        tell(program, settings);
        Program.awaitEnd();
        return 0;
    }

    private Map<String, String> options() {
        var options = new HashMap<String, String>();
        if (port != null) {
            options.put("port", port);
        }
        if (data != null) {
            options.put("data", data);
        }
        if (empty) {
            options.put("empty", "true");
        }
        if (role != null) {
            options.put("role", role);
        }
        return options;
    }

    private static void tell(Program program, Settings settings) {
        var context = program.context();
        var server = ((WebServerApplicationContext) context).getWebServer();
        int port = server == null ? 0 : server.getPort();
        var host = settings.get("host");
        double seconds = (System.nanoTime() - Startup.NANOS) / NANOS;
        var text = new StringBuilder();
        text.append("\n  Stoa is ready (").append(String.format("%.1f", seconds)).append(" s)\n\n");
        text.append("  Start a school     http://")
                .append(host)
                .append(':')
                .append(port)
                .append('\n');
        context.getBeanProvider(DemoSchool.class)
                .ifAvailable(demo -> text.append(DemoSchool.described(host, port)));
        text.append("  Metrics            http://127.0.0.1:")
                .append(context.getEnvironment().getProperty("local.management.port", "-"))
                .append("/actuator/prometheus\n");
        text.append("  Data               ").append(Program.data(settings)).append('\n');
        text.append("\n  Ctrl-C stops it.\n");
        System.out.println(text);
    }
}
