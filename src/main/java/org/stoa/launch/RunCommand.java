package org.stoa.launch;

import java.util.concurrent.Callable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private ServerOptions options;

    @Override
    public Integer call() throws InterruptedException {
        var settings = options.settings();
        boolean demo = !settings.flag("empty");
        var program = Program.serve(tool.application(), settings, demo);
        tell(program, settings);
        Program.awaitEnd();
        return 0;
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
