package org.stoa.launch;

import picocli.CommandLine.Command;

/** Says which Stoa this is. */
@Command(
        name = "version",
        description = "Print the version of Stoa, its Java and its PostgreSQL.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {
    @Override
    public void run() {
        var version = VersionCommand.class.getPackage().getImplementationVersion();
        System.out.println(
                "Stoa "
                        + (version == null ? "(not packaged)" : version)
                        + " on Java "
                        + Runtime.version()
                        + ", PostgreSQL "
                        + PostgresBinaries.version());
    }
}
