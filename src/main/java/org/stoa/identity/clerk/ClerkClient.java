package org.stoa.identity.clerk;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Clerk's Backend API ({@code clerk.com/docs/reference/backend-api}): a bearer key, pages of
 * at most 500, and patience where it answers 429.
 */
@Component
class ClerkClient {
    private static final int PER_PAGE = 500;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int OK = 200;
    private static final int TRIES = 5;
    private static final long LONGEST_PAUSE_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ClerkSettings settings;
    private final JsonMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    ClerkClient(ClerkSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
    }

    /** Hands over each page of a list, oldest first, so that what comes meanwhile is at the end. */
    void list(String path, Map<String, String> query, Consumer<List<JsonNode>> page)
            throws IOException, InterruptedException {
        for (int offset = 0; ; offset += PER_PAGE) {
            var all = new java.util.TreeMap<>(query);
            all.put("limit", "" + PER_PAGE);
            all.put("offset", "" + offset);
            var answer = get(path, all).orElseThrow(() -> new IOException("Clerk has no " + path));
            var data = answer.isArray() ? answer : answer.path("data");
            var items = new ArrayList<JsonNode>();
            data.forEach(items::add);
            page.accept(items);
            if (items.size() < PER_PAGE) {
                return;
            }
        }
    }

    /** One object; empty when Clerk says that it is not there. */
    Optional<JsonNode> get(String path, Map<String, String> query)
            throws IOException, InterruptedException {
        var address =
                settings.apiBase()
                        + path
                        + (query.isEmpty()
                                ? ""
                                : query.entrySet().stream()
                                        .map(e -> e.getKey() + "=" + encoded(e.getValue()))
                                        .collect(Collectors.joining("&", "?", "")));
        var request =
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + settings.secretKey())
                        .header("Accept", "application/json")
                        .build();
        for (int i = 0; i < TRIES; i++) {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            if (answer.statusCode() == OK) {
                return Optional.of(json.readTree(answer.body()));
            }
            if (answer.statusCode() != TOO_MANY) {
                throw new IOException("Clerk answered " + answer.statusCode() + " to " + path);
            }
            TimeUnit.SECONDS.sleep(pause(answer));
        }
        throw new IOException("Clerk answered 429 to " + path + " again and again");
    }

    private static long pause(HttpResponse<String> answer) {
        var seconds = answer.headers().firstValue("Retry-After").orElse("1");
        boolean number = seconds.matches("\\d{1,9}");
        return number ? Math.clamp(Long.parseLong(seconds), 1, LONGEST_PAUSE_SECONDS) : 1;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
