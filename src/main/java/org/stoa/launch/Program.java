package org.stoa.launch;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The running program: its database, if it is the embedded one, and the application on it. */
final class Program implements AutoCloseable {
    private final @Nullable FileLock lock;
    private final @Nullable EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext context;

    private Program(
            @Nullable FileLock lock,
            @Nullable EmbeddedPostgres postgres,
            ConfigurableApplicationContext context) {
        this.lock = lock;
        this.postgres = postgres;
        this.context = context;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** Starts the server; no other server may use the data folder meanwhile. */
    static Program serve(Class<?> application, Settings settings, boolean demo) {
        int port = settings.number("port", 0, 65_535);
        requireFree(port);
        var lock = lock(data(settings));
        var postgres =
                settings.get("database.url").isEmpty()
                        ? EmbeddedPostgres.start(data(settings))
                        : null;
        var arguments = arguments(settings, postgres);
        arguments.add("--server.port=" + port);
        arguments.add("--management.server.port=" + metricsPort(settings, port));
        arguments.add("--stoa.demo=" + demo);
        if (System.console() == null || !System.console().isTerminal()) {
            // Nobody is reading along: one JSON object a line, for whoever collects them.
            arguments.add("--logging.structured.format.console=logstash");
        }
        arguments.add("--stoa.jobs.enabled=" + !settings.get("role").equals("web"));
        return launch(application, WebApplicationType.SERVLET, arguments, lock, postgres);
    }

    /** Starts what a command needs, beside a running server or without one. */
    static Program assist(Class<?> application, Settings settings) {
        var postgres =
                settings.get("database.url").isEmpty()
                        ? EmbeddedPostgres.attachOrStart(data(settings))
                        : null;
        var arguments = arguments(settings, postgres);
        arguments.add("--stoa.demo=false");
        arguments.add("--stoa.jobs.enabled=false");
        // The pages' beans want a web server; this one answers nobody.
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--server.port=0");
        arguments.add("--management.server.port=-1");
        arguments.add("--logging.level.org.stoa=warn");
        return launch(application, WebApplicationType.SERVLET, arguments, null, postgres);
    }

    private static Program launch(
            Class<?> application,
            WebApplicationType type,
            List<String> arguments,
            @Nullable FileLock lock,
            @Nullable EmbeddedPostgres postgres) {
        var spring = new SpringApplication(application);
        spring.setWebApplicationType(type);
        spring.setRegisterShutdownHook(false);
        spring.setLogStartupInfo(false);
        try {
            return new Program(lock, postgres, spring.run(arguments.toArray(new String[0])));
        } catch (RuntimeException e) {
            if (postgres != null) {
                postgres.close();
            }
            throw e;
        }
    }

    static Path data(Settings settings) {
        return Path.of(settings.get("data")).toAbsolutePath().normalize();
    }

    private static List<String> arguments(Settings settings, @Nullable EmbeddedPostgres postgres) {
        var arguments = new ArrayList<String>();
        arguments.add("--stoa.data=" + data(settings));
        arguments.add("--stoa.host=" + settings.get("host"));
        for (var setting : settings.all()) {
            if (setting.name().startsWith("limits.") || setting.name().startsWith("database.")) {
                arguments.add("--stoa." + setting.name() + "=" + setting.value());
            }
        }
        if (postgres != null) {
            var secrets = postgres.secrets();
            arguments.add("--stoa.database.url=" + postgres.url());
            arguments.add("--stoa.database.owner.password=" + secrets.owner());
            arguments.add("--stoa.database.app.password=" + secrets.app());
            arguments.add("--stoa.database.service.password=" + secrets.service());
            arguments.removeIf(a -> a.equals("--stoa.database.url="));
            arguments.removeIf(a -> a.endsWith(".password="));
        }
        return arguments;
    }

    private static int metricsPort(Settings settings, int port) {
        int wanted = settings.number("metrics.port", 0, 65_535);
        if (wanted != 0) {
            requireFree(wanted);
            return wanted;
        }
        int beside = port + 1_000;
        return port != 0 && beside <= 65_535 && free(beside) ? beside : 0;
    }

    private static void requireFree(int port) {
        if (port != 0 && !free(port)) {
            throw new Refusal(
                    "Port "
                            + port
                            + " is taken by another program. End that one, or choose another port:"
                            + " --port "
                            + (port + 1));
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new Refusal("Port " + port + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static FileLock lock(Path data) {
        var file = data.resolve("stoa.lock");
        try {
            Files.createDirectories(data);
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                throw new Refusal(
                        "Another Stoa runs on the data folder "
                                + data
                                + " already. End it first, or choose another folder with --data.");
            }
            return lock;
        } catch (IOException e) {
            throw new Refusal(
                    "The data folder "
                            + data
                            + " cannot be written ("
                            + e.getMessage()
                            + "). Free some space, change its rights, or choose another with"
                            + " --data.",
                    e);
        }
    }

    /** Ends the application first, then its database. */
    @Override
    public void close() {
        context.close();
        if (postgres != null) {
            postgres.close();
        }
        if (lock != null) {
            try {
                lock.channel().close();
            } catch (IOException e) {
                throw new IllegalStateException("The data folder's lock could not be given up", e);
            }
        }
    }
}
