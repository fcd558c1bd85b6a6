package org.stoa.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** One address for several servers: each connection goes to the next that takes it. */
final class Balancer implements AutoCloseable {
    private static final int MILLIS = 2_000;
    private final ServerSocket door;
    private final int[] behind;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param behind the ports of the servers
     */
    Balancer(int... behind) throws IOException {
        this.behind = behind;
        this.door = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                var visitor = door.accept();
                Thread.ofVirtual().start(() -> lead(visitor));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void lead(Socket visitor) {
        int first = turn.getAndIncrement();
        for (int i = 0; i < behind.length; i++) {
            var server = new Socket();
            try {
                int port = behind[Math.floorMod(first + i, behind.length)];
                server.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
            } catch (IOException notThere) {
                shut(server);
                continue;
            }
            Thread.ofVirtual().start(() -> pass(server, visitor));
            pass(visitor, server);
            return;
        }
        shut(visitor);
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // Both ends see it.
        } finally {
            shut(from);
            shut(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyShut) {
            // Nothing is left to be done.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
