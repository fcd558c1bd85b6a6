package org.stoa.launch;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the server can be told on the command line, and {@code config} shows the effect of. */
final class ServerOptions {
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

    Settings settings() {
        var options = new HashMap<String, String>();
        put(options, "port", port);
        put(options, "data", data);
        put(options, "empty", empty ? "true" : null);
        put(options, "role", role);
        return CommandLineTool.settings(options);
    }

    private static void put(Map<String, String> options, String name, @Nullable String value) {
        if (value != null) {
            options.put(name, value);
        }
    }
}
