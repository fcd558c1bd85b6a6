package org.stoa.launch;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Says which Stoa this is. */
@Command(
        name = "version",
        description = "Print the version of Stoa, its Java and its PostgreSQL.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable, CommandLine.IVersionProvider {
    @Override
    public void run() {
        System.out.println(text());
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    private static String text() {
        var version = VersionCommand.class.getPackage().getImplementationVersion();
        return "Stoa "
                + (version == null ? "(not packaged)" : version)
                + " on Java "
                + Runtime.version()
                + ", PostgreSQL "
                + PostgresBinaries.version();
    }
}
