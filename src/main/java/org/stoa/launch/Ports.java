package org.stoa.launch;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Which ports may be had. */
final class Ports {
    static final int LAST = 65_535;
    private static final int FIRST_FOR_ALL = 1_024;

    /** A Stoa that has much to do answers late. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Ports() {}

    /**
     * @throws Refusal when the port cannot be opened
     */
    static void require(int port) {
        if (port == 0) {
            return;
        }
        try {
            open(port);
        } catch (BindException e) {
            throw new Refusal(
                    String.valueOf(e.getMessage()).contains("Permission denied")
                            ? forbidden(port)
                            : taken(port),
                    e);
        } catch (IOException e) {
            throw new Refusal("Port " + port + " cannot be used: " + e.getMessage(), e);
        }
    }

    static boolean free(int port) {
        try {
            open(port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void open(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        }
    }

    static String taken(int port) {
        return "Port "
                + port
                + " is taken by another "
                + (stoaAnswers(port) ? "Stoa" : "program")
                + ". End that one, or choose another port: --port "
                + freeNear(port);
    }

    private static String forbidden(int port) {
        return "Port "
                + port
                + " is kept for root, as all below 1024. Choose another, such as --port 8080, and"
                + " let a proxy pass it on.";
    }

    private static int freeNear(int port) {
        for (int near = Math.max(port, FIRST_FOR_ALL) + 1; near <= LAST; near++) {
            if (free(near)) {
                return near;
            }
        }
        return 0;
    }

    private static boolean stoaAnswers(int port) {
        var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        try {
            var page = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build();
            var text =
                    client.sendAsync(page, HttpResponse.BodyHandlers.ofString())
                            .thenApply(HttpResponse::body)
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return text.contains("<title>") && text.contains("Stoa");
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            client.shutdownNow();
        }
    }
}
