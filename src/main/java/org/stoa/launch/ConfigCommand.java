package org.stoa.launch;

import java.util.Map;
import picocli.CommandLine.Command;

/** Shows every setting. */
@Command(
        name = "config",
        description = "Print every setting with where its value came from; secrets are masked.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {
    @Override
    public void run() {
        for (var setting : CommandLineTool.settings(Map.of()).all()) {
            System.out.printf(
                    "%-28s %-24s (%s)%n", setting.name(), setting.shown(), setting.from());
        }
    }
}
