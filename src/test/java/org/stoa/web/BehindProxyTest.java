package org.stoa.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.stoa.testing.StoaTest;

/** A proxy in front speaks https, and the installation is told to believe it. */
@StoaTest
@TestPropertySource(properties = "server.forward-headers-strategy=native")
class BehindProxyTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private @LocalServerPort int port;

    @Test
    void cookiesOfHttpsAreBoundToTheirHost() throws Exception {
        var school = "proxied-" + UUID.randomUUID().toString().substring(0, 8);
        var owner =
                "\"owner\": {\"name\": \"Olga\", \"email\": \"%s@example.org\", \"password\": \"%s\"}"
                        .formatted(school, "a long walk along the sea");
        var founded =
                http.send(
                        request("localhost", "/api/v1/organizations")
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"name\": \"P\", \"subdomain\": \"%s\", %s}"
                                                        .formatted(school, owner)))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(founded.statusCode()).as(founded.body()).isEqualTo(201);
        assertThat(founded.body()).contains("https://" + school + ".localhost\"");
        var signedIn =
                http.send(
                        request(school + ".localhost", "/sign-in")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Cookie", "__Host-XSRF-TOKEN=fits")
                                .header("X-XSRF-TOKEN", "fits")
                                .POST(
                                        BodyPublishers.ofString(
                                                "email=%s@example.org&password=a+long+walk+along+the+sea"
                                                        .formatted(school)))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(303);
        assertThat(cookie(signedIn, "__Host-stoa="))
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
                .doesNotContain("Domain=");
        assertThat(cookie(get(school + ".localhost", "/sign-in"), "__Host-XSRF-TOKEN="))
                .contains("; Path=/", "; Secure", "; SameSite=Lax")
                .doesNotContain("Domain=");
        for (int i = 0; i < 2; i++) {
            assertThat(
                            get(school + ".localhost", "/courses")
                                    .headers()
                                    .firstValue("Strict-Transport-Security"))
                    .as("also on the page that is kept")
                    .hasValue("max-age=31536000");
        }
    }

    private HttpResponse<String> get(String host, String path) throws Exception {
        return http.send(request(host, path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String host, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Host", host)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "203.0.113.7")
                .header("Accept", path.startsWith("/api/") ? "application/json" : "text/html");
    }

    private static String cookie(HttpResponse<String> answer, String start) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(start))
                .findFirst()
                .orElseThrow();
    }
}
