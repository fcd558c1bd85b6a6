package org.stoa.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that serves a cluster at present, as its pid file tells and the system confirms.
 */
record Postmaster(long pid, int port) {
    private static final int CONNECT_MILLIS = 1_000;

    /** The one that serves this cluster; null when none does, whatever a left pid file says. */
    static @Nullable Postmaster of(Path cluster) throws IOException {
        var named = read(cluster.resolve("postmaster.pid"));
        return named != null && named.serves(cluster) ? named : null;
    }

    /**
     * Deletes the pid file of a postmaster that is no more. PostgreSQL looks only whether some
     * process has the number, and would refuse to start after another program got it.
     */
    static void forgetDead(Path cluster) throws IOException {
        if (of(cluster) == null) {
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        }
    }

    private static @Nullable Postmaster read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
            return lines.size() < 4
                    ? null
                    : new Postmaster(
                            Long.parseLong(lines.getFirst().strip()),
                            Integer.parseInt(lines.get(3).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return null;
        }
    }

    private boolean serves(Path cluster) {
        var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return false;
        }
        var arguments = process.get().info().arguments();
        if (arguments.isEmpty()) {
            // A process that has ended and was not reaped, or one that we may not look into.
            return listens();
        }
        for (var argument : arguments.get()) {
            if (same(argument, cluster)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(String argument, Path cluster) {
        try {
            return argument.startsWith("/") && Files.isSameFile(Path.of(argument), cluster);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
