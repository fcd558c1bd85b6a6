package org.stoa.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Somewhere that webhooks are sent to. */
final class Listener implements AutoCloseable {
    record Message(String payload, String signature, String host) {
        JsonNode event() {
            return Json.JSON.readTree(payload);
        }

        String type() {
            return Json.text(event(), "type");
        }

        String id() {
            return Json.id(event());
        }
    }

    final List<Message> taken = new CopyOnWriteArrayList<>();
    final AtomicInteger refusals = new AtomicInteger();
    private final HttpServer server;

    Listener() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    URI address() {
        return URI.create("http://shop.localhost:" + server.getAddress().getPort() + "/hook");
    }

    private void take(HttpExchange exchange) throws IOException {
        var payload = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        boolean refused = refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        if (!refused) {
            taken.add(
                    new Message(
                            payload,
                            headers.getFirst("Stripe-Signature"),
                            headers.getFirst("Host")));
        }
        exchange.sendResponseHeaders(refused ? 500 : 200, -1);
        exchange.close();
    }

    List<String> types() {
        return taken.stream().map(Message::type).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
