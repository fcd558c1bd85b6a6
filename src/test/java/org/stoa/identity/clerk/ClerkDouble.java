package org.stoa.identity.clerk;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clerk's Backend API on this machine, as far as Stoa calls it. It refuses what the real one
 * refuses: calls without the key (401), limits and offsets out of range and orders there are not
 * (422), what is not there (404), and too many calls (429 with Retry-After).
 */
final class ClerkDouble implements AutoCloseable {
    static final String KEY = "sk_test_of_the_double";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST = 500;
    private static final Set<String> ORDERS =
            Set.of(
                    "created_at",
                    "+created_at",
                    "-created_at",
                    "updated_at",
                    "+updated_at",
                    "-updated_at");

    private final HttpServer server;
    final Map<String, ObjectNode> users = new ConcurrentHashMap<>();
    final Map<String, ObjectNode> organizations = new ConcurrentHashMap<>();
    final Map<String, ObjectNode> memberships = new ConcurrentHashMap<>();
    final AtomicInteger refusals = new AtomicInteger();
    final AtomicInteger keysAsked = new AtomicInteger();
    final List<String> wrong = new ArrayList<>();
    private final RSAKey key;
    volatile int mostPerPage = MOST;

    ClerkDouble() {
        try {
            key = new RSAKeyGenerator(2048).keyID("ins_1").generate();
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/.well-known/jwks.json", this::keys);
        server.createContext("/v1/", this::api);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void keys(HttpExchange exchange) throws IOException {
        keysAsked.incrementAndGet();
        answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
    }

    private void api(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring("/v1".length());
        var query = query(exchange);
        if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            refuse(exchange, 401, "no key for " + path);
            return;
        }
        if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            answer(exchange, 429, "{\"errors\":[{\"code\":\"too_many_requests\"}]}");
            return;
        }
        var parts = path.split("/", -1);
        if (path.equals("/users")) {
            page(exchange, query, List.copyOf(users.values()), true);
        } else if (path.equals("/organizations")) {
            page(exchange, query, List.copyOf(organizations.values()), false);
        } else if (parts.length == 4 && parts[3].equals("memberships")) {
            if (!organizations.containsKey(parts[2])) {
                refuse(exchange, 404, path);
                return;
            }
            page(exchange, query, members(parts[2], query.get("user_id")), false);
        } else if (parts.length == 3) {
            var all = parts[1].equals("users") ? users : organizations;
            var one = all.get(parts[2]);
            answer(
                    exchange,
                    one == null ? 404 : 200,
                    one == null ? "{\"errors\":[]}" : one.toString());
        } else {
            refuse(exchange, 404, path);
        }
    }

    private List<ObjectNode> members(
            String organization, @org.jspecify.annotations.Nullable String user) {
        return memberships.values().stream()
                .filter(m -> m.path("organization").path("id").asString().equals(organization))
                .filter(m ->
                        user == null
                                || m.path("public_user_data")
                                        .path("user_id")
                                        .asString()
                                        .equals(user))
                .toList();
    }

    private void page(
            HttpExchange exchange, Map<String, String> query, List<ObjectNode> all, boolean bare)
            throws IOException {
        int limit = number(query.getOrDefault("limit", "10"));
        int offset = number(query.getOrDefault("offset", "0"));
        var order = query.getOrDefault("order_by", "-created_at");
        if (limit < 1 || limit > MOST || offset < 0 || !ORDERS.contains(order)) {
            refuse(exchange, 422, "limit " + limit + ", offset " + offset + ", order " + order);
            return;
        }
        Comparator<ObjectNode> oldest =
                Comparator.comparingLong(n -> n.path("created_at").asLong());
        var sorted =
                all.stream()
                        .sorted(order.startsWith("-") ? oldest.reversed() : oldest)
                        .skip(offset)
                        .limit(limit)
                        .toList();
        var array = JSON.createArrayNode();
        sorted.forEach(array::add);
        var answer = JSON.createObjectNode();
        answer.set("data", array);
        answer.put("total_count", all.size());
        answer(exchange, 200, bare ? array.toString() : answer.toString());
    }

    private static int number(String text) {
        return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private void refuse(HttpExchange exchange, int status, String why) throws IOException {
        wrong.add(status + " " + why);
        answer(exchange, status, "{\"errors\":[{\"message\":\"refused\"}]}");
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var found = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var pair : raw == null ? new String[0] : raw.split("&", -1)) {
            var parts = pair.split("=", 2);
            found.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return found;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** A session token with these claims. */
    String token(JWTClaimsSet claims) {
        return token(claims, key, "ins_1");
    }

    static String token(JWTClaimsSet claims, RSAKey by, String keyId) {
        try {
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims);
            jwt.sign(new RSASSASigner(by));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    RSAKey key() {
        return key;
    }

    static JsonNode user(String id, String name, String email, long at) {
        return JSON.readTree(
                """
                {"object": "user", "id": "%s", "first_name": "%s", "last_name": "Berg", "username": null,
                 "primary_email_address_id": "idn_1", "image_url": "https://img.clerk.com/x",
                 "email_addresses": [{"id": "idn_1", "object": "email_address", "email_address": "%s",
                   "verification": {"status": "verified", "strategy": "email_code"}, "linked_to": []}],
                 "public_metadata": {}, "created_at": %d, "updated_at": %d}
                """
                        .formatted(id, name, email, at, at));
    }

    static JsonNode organization(String id, String name, String slug, String by, long at) {
        return JSON.readTree(
                """
                {"object": "organization", "id": "%s", "name": "%s", "slug": "%s", "created_by": "%s",
                 "image_url": "", "public_metadata": {}, "created_at": %d, "updated_at": %d}
                """
                        .formatted(id, name, slug, by, at, at));
    }

    static JsonNode membership(String id, String user, String organization, String role, long at) {
        return JSON.readTree(
                """
                {"object": "organization_membership", "id": "%s", "role": "%s",
                 "organization": {"object": "organization", "id": "%s"},
                 "public_user_data": {"user_id": "%s", "identifier": "x"},
                 "created_at": %d, "updated_at": %d}
                """
                        .formatted(id, role, organization, user, at, at));
    }

    static String event(String type, JsonNode data) {
        var event = JSON.createObjectNode();
        event.set("data", data);
        event.put("object", "event");
        event.put("type", type);
        event.put("instance_id", "ins_1");
        return event.toString();
    }

    static JsonNode gone(String id, String object) {
        return JSON.createObjectNode().put("id", id).put("object", object).put("deleted", true);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
