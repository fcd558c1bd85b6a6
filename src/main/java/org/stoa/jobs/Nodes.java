package org.stoa.jobs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.stoa.shared.Ids;

/** What this process is called where it is said who did what. */
final class Nodes {
    private static final int LONGEST_HOST = 24;

    private Nodes() {}

    /** The machine, and something of its own: two processes of one machine are two. */
    static String name(Ids ids) {
        var id = ids.next().toString();
        var own = id.substring(id.length() - 6);
        return host() + "-" + ProcessHandle.current().pid() + "-" + own;
    }

    private static String host() {
        try {
            var name = InetAddress.getLocalHost().getHostName();
            return name.length() > LONGEST_HOST ? name.substring(0, LONGEST_HOST) : name;
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
