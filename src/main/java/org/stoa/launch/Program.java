package org.stoa.launch;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The running program as far as it has come: its lock on the data folder, its database, if it is
 * the embedded one, and the application on it. When the process is told to end, also half-way
 * through a start, they end in reverse.
 */
final class Program implements AutoCloseable {
    private static volatile boolean ending;

    private volatile @Nullable FolderLock lock;
    private volatile @Nullable EmbeddedPostgres postgres;
    private volatile @Nullable ConfigurableApplicationContext context;

    private Program() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endWithTheProcess, "stop"));
    }

    /** Whether the process was told to end: what fails from now on is of no interest. */
    static boolean ending() {
        return ending;
    }

    ConfigurableApplicationContext context() {
        var started = context;
        if (started == null) {
            throw new IllegalStateException("The program has ended");
        }
        return started;
    }

    /** Starts the server; no other server may use the data folder meanwhile. */
    static Program serve(Class<?> application, Settings settings, boolean demo) {
        int port = settings.number("port", 0, Ports.LAST);
        var program = new Program();
        try {
            if (Files.isDirectory(data(settings))) {
                program.lock(data(settings));
            }
            Ports.require(port);
            int metrics = metricsPort(settings, port);
            program.lock(data(settings));
            if (settings.get("database.url").isEmpty()) {
                var data = data(settings);
                var postgres = EmbeddedPostgres.start(data, begun -> program.postgres = begun);
                SchemaVersion.refuseNewer(postgres, data);
            }
            var arguments = program.arguments(settings);
            arguments.add("--server.port=" + port);
            arguments.add("--management.server.port=" + metrics);
            if (settings.flag("proxy")) {
                // Believed only from private addresses, as Tomcat does it.
                arguments.add("--server.forward-headers-strategy=native");
            }
            arguments.add("--stoa.demo=" + demo);
            arguments.addAll(traces(settings));
            if (System.console() == null || !System.console().isTerminal()) {
                // Nobody is reading along: one JSON object a line, for whoever collects them.
                arguments.add("--logging.structured.format.console=logstash");
            }
            arguments.add("--stoa.jobs.enabled=" + !settings.get("role").equals("web"));
            program.launch(application, WebApplicationType.SERVLET, arguments);
            return program;
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    /** Starts what a command needs, beside a running server or without one. */
    static Program assist(Class<?> application, Settings settings) {
        var program = new Program();
        try {
            if (settings.get("database.url").isEmpty()) {
                var data = data(settings);
                var postgres =
                        EmbeddedPostgres.attachOrStart(data, begun -> program.postgres = begun);
                program.postgres = postgres;
                SchemaVersion.refuseNewer(postgres, data);
            }
            var arguments = program.arguments(settings);
            arguments.add("--stoa.demo=false");
            arguments.add("--stoa.jobs.enabled=false");
            // Only what the command asks for is made: no page, no port, no worker.
            arguments.add("--spring.main.lazy-initialization=true");
            arguments.add("--logging.level.org.stoa=warn");
            program.launch(application, WebApplicationType.NONE, arguments);
            return program;
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    /** Traces go out by OTLP over HTTP where somebody collects them; nowhere else are they made. */
    private static List<String> traces(Settings settings) {
        var endpoint = settings.get("traces.endpoint");
        if (endpoint.isEmpty()) {
            return List.of();
        }
        return List.of(
                "--spring.autoconfigure.exclude=",
                "--management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint,
                "--management.tracing.sampling.probability=" + settings.get("traces.share"));
    }

    private void launch(Class<?> application, WebApplicationType type, List<String> arguments) {
        var spring = new SpringApplication(application);
        spring.setWebApplicationType(type);
        spring.setRegisterShutdownHook(false);
        spring.setLogStartupInfo(false);
        // Why a start failed is told once, by the command line or by SpringApplication itself.
        arguments.add("--logging.level.org.springframework.context=error");
        arguments.add("--logging.level.org.springframework.boot.web.server.servlet.context=error");
        context = spring.run(arguments.toArray(new String[0]));
    }

    /** Whether there is nothing yet that a command could work on. */
    static boolean untouched(Settings settings) {
        return settings.get("database.url").isEmpty() && !EmbeddedPostgres.made(data(settings));
    }

    static Path data(Settings settings) {
        return Path.of(settings.get("data")).toAbsolutePath().normalize();
    }

    private List<String> arguments(Settings settings) {
        var arguments = new ArrayList<String>();
        arguments.add("--stoa.data=" + data(settings));
        arguments.add("--stoa.host=" + settings.get("host"));
        arguments.add("--stoa.address=" + settings.get("address"));
        var embedded = postgres;
        for (var setting : settings.all()) {
            var name = setting.name();
            boolean ours = embedded != null && name.matches("database\\.(url|.*\\.password)");
            if (!ours
                    && name.matches(
                            "production|(limits|database|mail|media|uploads|inbox|clerk|stripe"
                                    + "|commerce|secrets|webhooks)\\..*")) {
                arguments.add("--stoa." + name + "=" + setting.value());
            }
        }
        if (embedded != null) {
            var secrets = embedded.secrets();
            arguments.add("--stoa.database.url=" + embedded.url());
            arguments.add("--stoa.database.owner.password=" + secrets.owner());
            arguments.add("--stoa.database.app.password=" + secrets.app());
            arguments.add("--stoa.database.service.password=" + secrets.service());
        }
        return arguments;
    }

    private static int metricsPort(Settings settings, int port) {
        int wanted = settings.number("metrics.port", 0, Ports.LAST);
        if (wanted != 0) {
            if (wanted == port) {
                throw new Refusal(
                        "The settings port and metrics.port are both "
                                + port
                                + "; metrics need a port of their own.");
            }
            Ports.require(wanted);
            return wanted;
        }
        int beside = port + 1_000;
        return port != 0 && beside <= Ports.LAST && Ports.free(beside) ? beside : 0;
    }

    private void lock(Path data) {
        if (lock != null) {
            return;
        }
        try {
            Folders.make(data);
            lock = FolderLock.alone(data.resolve("stoa.lock"));
        } catch (FileSystemException e) {
            throw new Refusal(
                    Sentences.diskFull(e, data)
                            ? Sentences.diskFull(data)
                            : Sentences.unwritable(data, e),
                    e);
        } catch (IOException e) {
            throw new Refusal("The data folder " + data + " cannot be used: " + e.getMessage(), e);
        }
        if (lock == null) {
            throw new Refusal(
                    "Another Stoa runs on the data folder "
                            + data
                            + " already. End it first, or choose another folder with --data.");
        }
    }

    /** Waits until the process is told to end. */
    static void awaitEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private void endWithTheProcess() {
        ending = true;
        if (context == null && LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            // A start that is broken off complains of all that goes away under it.
            logs.stop();
        }
        close();
    }

    /** Ends the application first, then its database. */
    @Override
    public synchronized void close() {
        var application = context;
        context = null;
        if (application != null) {
            application.close();
        }
        var database = postgres;
        postgres = null;
        boolean server = lock != null;
        if (database != null) {
            if (server || ending) {
                database.end();
            } else {
                database.close();
            }
        }
        var held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                throw new IllegalStateException("The data folder's lock could not be given up", e);
            }
        }
    }
}
