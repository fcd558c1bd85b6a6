package org.stoa.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.stoa.testing.StoaTest;

/** The rules in docs/alerts.yaml watch what the program tells, and speak when they should. */
@StoaTest
class AlertRulesTest {
    private static final Pattern SELECTOR =
            Pattern.compile("\\b(stoa_[a-z_]+)(?:\\{([a-z]+=\"[a-z]+\")})?");

    private @LocalManagementPort int metrics;

    /** A figure that the rules name. */
    private record Selector(String name, String label) {
        boolean isIn(List<String> figures) {
            return figures.stream().anyMatch(it -> it.startsWith(name + "{") && it.contains(label));
        }
    }

    @Test
    void everyFigureThatARuleNamesIsTold() throws Exception {
        var named = named();
        assertThat(named).hasSizeGreaterThan(7);
        var figures = told().lines().toList();
        assertThat(named).allMatch(it -> it.isIn(figures));
        assertThat(figures)
                .as("numbers, not what stands for none")
                .filteredOn(it -> it.startsWith("stoa_jobs_") || it.startsWith("stoa_inbox_"))
                .isNotEmpty()
                .noneMatch(it -> it.endsWith("NaN"));
    }

    /** Prometheus's own tool tries them, where it is installed. */
    @Test
    void eachSpeaksInASituationMadeForIt() throws Exception {
        assumeTrue(isThere("promtool"), "no promtool on this machine");
        var tried =
                new ProcessBuilder(
                                "promtool", "test", "rules", "src/test/resources/alerts-test.yaml")
                        .redirectErrorStream(true)
                        .start();
        var said = new String(tried.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tried.waitFor()).as(said).isZero();
    }

    /** What follows {@code expr:}, up to the next line that names something else. */
    private static List<Selector> named() throws IOException {
        var rules = Files.readString(Path.of("docs/alerts.yaml"));
        var expressions = Pattern.compile("expr:(.*?)\\n +for:", Pattern.DOTALL).matcher(rules);
        var all = new ArrayList<Selector>();
        while (expressions.find()) {
            var selectors = SELECTOR.matcher(expressions.group(1));
            while (selectors.find()) {
                var label = selectors.group(2);
                all.add(new Selector(selectors.group(1), label == null ? "" : label));
            }
        }
        return all;
    }

    private String told() throws Exception {
        var address = URI.create("http://127.0.0.1:" + metrics + "/actuator/prometheus");
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
