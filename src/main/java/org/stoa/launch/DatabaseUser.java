package org.stoa.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As whom PostgreSQL's programs run: as ourselves, or as a user with few rights where we are root,
 * for PostgreSQL refuses that.
 */
final class DatabaseUser {
    /** A uid that stands in every /etc/passwd. */
    private static final int SPARE = 65_534;

    private static final int ROOT = 0;

    private DatabaseUser() {}

    /**
     * The command in a session of its own, so that Ctrl-C in a terminal reaches us alone and we end
     * the database after the application; and told to end if we are killed.
     */
    static List<String> command(Path cluster, List<String> command) throws IOException {
        var whole = new ArrayList<String>();
        var setsid = program("setsid");
        if (setsid != null) {
            whole.add(setsid);
        }
        var setpriv = program("setpriv");
        if (setpriv != null) {
            whole.addAll(List.of(setpriv, "--pdeathsig=INT"));
            if (root()) {
                whole.addAll(
                        List.of(
                                "--reuid=" + uid(cluster),
                                "--regid=" + uid(cluster),
                                "--clear-groups"));
                whole.addAll(passage(cluster));
            }
        } else if (root()) {
            throw new Refusal(
                    "PostgreSQL does not run as root, and setpriv, which starts it as another user,"
                            + " is not here. Install util-linux, or start Stoa as an ordinary"
                            + " user.");
        }
        whole.addAll(command);
        return whole;
    }

    /** Gives the path to the user as whom the database runs. */
    static void handOver(Path path) throws IOException {
        if (root()) {
            Files.setAttribute(path, "unix:uid", SPARE);
        }
    }

    /**
     * Below a folder that is closed to others, as root's own is, the user passes by a right that
     * root lends; it is left out wherever it is not needed.
     */
    private static List<String> passage(Path cluster) throws IOException {
        for (var above = cluster.getParent(); above != null; above = above.getParent()) {
            if (((int) Files.getAttribute(above, "unix:mode") & 1) == 0) {
                return List.of(
                        "--securebits=+no_setuid_fixup",
                        "--inh-caps=+dac_override",
                        "--ambient-caps=+dac_override");
            }
        }
        return List.of();
    }

    /** The user who owns the cluster: it may have been made before, by an ordinary one. */
    private static int uid(Path cluster) throws IOException {
        if (Files.exists(cluster)) {
            int owner = (int) Files.getAttribute(cluster, "unix:uid");
            return owner == ROOT ? SPARE : owner;
        }
        return SPARE;
    }

    private static boolean root() throws IOException {
        var ourselves = Path.of("/proc/self");
        return Files.exists(ourselves)
                ? (int) Files.getAttribute(ourselves, "unix:uid") == ROOT
                : "root".equals(System.getProperty("user.name"));
    }

    private static @Nullable String program(String name) {
        return Stream.of("/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/", "/usr/local/bin/")
                .map(folder -> folder + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse(null);
    }
}
