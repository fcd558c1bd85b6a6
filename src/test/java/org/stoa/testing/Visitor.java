package org.stoa.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who calls the program over HTTP at the hosts of its sites, as a browser (cookies kept by
 * host, redirects followed from host to host) or as a program (bearer tokens, no cookies).
 */
public final class Visitor {
    public static final String PASSWORD = "a long walk along the sea";
    private static final int MOST_REDIRECTS = 10;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private final int port;
    private final Map<String, Map<String, String>> cookies = new ConcurrentHashMap<>();
    private String reads = "";

    public Visitor(int port) {
        this.port = port;
    }

    /** A visitor whose browser says what they read, as {@code Accept-Language}. */
    public Visitor reading(String languages) {
        reads = languages;
        return this;
    }

    /** A cookie that a host has set; null when there is none. */
    public @Nullable String cookie(@Nullable String subdomain, String name) {
        return cookies.getOrDefault(host(subdomain), Map.of()).get(name);
    }

    /**
     * What was answered.
     *
     * @param address where, with the host's name, as an address bar would show it
     */
    public record Answer(String address, HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            return JSON.readTree(body());
        }

        /** The text at a path of names, as in {@code errors.0.field}; empty where there is none. */
        public String text(String path) {
            var node = json();
            for (var step : path.split("\\.", -1)) {
                node = step.matches("\\d+") ? node.path(Integer.parseInt(step)) : node.path(step);
            }
            return node.isMissingNode() || node.isNull() ? "" : node.asString();
        }
    }

    /** The platform's host, or a school's. */
    public String host(@Nullable String subdomain) {
        return (subdomain == null ? "" : subdomain + ".") + "localhost:" + port;
    }

    /** Calls the API, as the holder of the token or as nobody. */
    public Answer call(
            String method,
            @Nullable String subdomain,
            String path,
            @Nullable String token,
            @Nullable Object body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Host", host(subdomain))
                        .header("Accept", "application/json");
        if (!reads.isEmpty()) {
            request.header("Accept-Language", reads);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            var text = body instanceof String raw ? raw : JSON.writeValueAsString(body);
            request.method(method, BodyPublishers.ofString(text));
        }
        return new Answer("http://" + host(subdomain) + path, send(request.build()));
    }

    /** Starts a school of this name at a host of its own, with an owner nobody else knows. */
    public Answer found(String name) {
        var subdomain = "school-" + UUID.randomUUID().toString().substring(0, 13);
        return found(name, subdomain, "Olga Owner", subdomain + "@example.org");
    }

    /** Starts a school; its owner's password is {@link #PASSWORD}. */
    public Answer found(String name, String subdomain, String owner, String email) {
        var person = Map.of("name", owner, "email", email, "password", PASSWORD);
        var wish = Map.of("name", name, "subdomain", subdomain, "owner", person);
        var answer = call("POST", null, "/api/v1/organizations", null, wish);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    /** Opens a page and follows where it leads. */
    public Answer open(@Nullable String subdomain, String path) {
        return follow(one("GET", "http://" + host(subdomain) + path, null));
    }

    /** Opens a page and stays with its first answer. */
    public Answer peek(@Nullable String subdomain, String path) {
        return one("GET", "http://" + host(subdomain) + path, null);
    }

    /** Sends a form with the token that pages put into it, and follows where that leads. */
    public Answer submit(@Nullable String subdomain, String path, Map<String, String> fields) {
        if (!cookies.getOrDefault(host(subdomain), Map.of()).containsKey("XSRF-TOKEN")) {
            one("GET", "http://" + host(subdomain) + "/sign-in", null);
        }
        return follow(one("POST", "http://" + host(subdomain) + path, fields));
    }

    /** The cookie of a session at a host; null when there is none. */
    public @Nullable String session(@Nullable String subdomain) {
        return cookies.getOrDefault(host(subdomain), Map.of()).get("stoa");
    }

    private Answer follow(Answer first) {
        var answer = first;
        for (int i = 0; i < MOST_REDIRECTS && answer.status() / 100 == 3; i++) {
            var next = URI.create(answer.address()).resolve(answer.header("Location"));
            answer = one("GET", next.toString(), null);
        }
        return answer;
    }

    private Answer one(String method, String address, @Nullable Map<String, String> form) {
        var uri = URI.create(address);
        var host = uri.getRawAuthority();
        var rest = address.substring(address.indexOf(host) + host.length());
        var jar = cookies.computeIfAbsent(host, h -> new ConcurrentHashMap<>());
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + rest))
                        .header("Host", host)
                        .header("Accept", "text/html");
        if (!reads.isEmpty()) {
            request.header("Accept-Language", reads);
        }
        if (!jar.isEmpty()) {
            request.header(
                    "Cookie",
                    jar.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (form == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .header("X-XSRF-TOKEN", jar.getOrDefault("XSRF-TOKEN", ""))
                    .method(method, BodyPublishers.ofString(encoded(form)));
        }
        var response = send(request.build());
        for (var cookie : response.headers().allValues("Set-Cookie")) {
            var pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            if (pair[1].isEmpty()) {
                jar.remove(pair[0]);
            } else {
                jar.put(pair[0], pair[1]);
            }
        }
        return new Answer(address, response);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("No answer to " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(Map<String, String> form) {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .map(e ->
                                e.getKey()
                                        + "="
                                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
