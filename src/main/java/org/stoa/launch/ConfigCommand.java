package org.stoa.launch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows every setting. */
@Command(
        name = "config",
        description = {
            "Print every setting with where its value came from; secrets are masked.",
            "With the options of run, it prints what run would go by."
        },
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private ServerOptions options;

    @Override
    public void run() {
        for (var setting : options.settings().all()) {
            System.out.printf(
                    "%-28s %-24s (%s)%n", setting.name(), setting.shown(), setting.from());
        }
    }
}
