package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Lighthouse says of the pages that most people see, on a phone it makes slow. */
class LighthouseTest extends BrowserTest {
    private static final String LIGHTHOUSE = "lighthouse@12.8.2";
    private static final String PERFORMANCE = "performance";
    private static final List<String> CATEGORIES =
            List.of(PERFORMANCE, "accessibility", "best-practices", "seo");
    private static final int LEAST = 95;
    private static final int ATTEMPTS = 3;

    /**
     * Lighthouse's own measure of the machine. It warns below 1,000; every page was seen to reach
     * the limit at 660 still, beside all other tests.
     */
    private static final double FAST_ENOUGH = 600;

    @ParameterizedTest
    @ValueSource(strings = {"home", "catalog", "course", "lesson", "learning"})
    void thinksWellOf(String name, @TempDir Path folder) throws Exception {
        var best = new LinkedHashMap<String, Integer>();
        var why = "";
        double machine = 0;
        for (int attempt = 0; attempt < ATTEMPTS && !enough(best, machine); attempt++) {
            var report = report(name, folder.resolve(name + attempt + ".json"));
            for (var category : CATEGORIES) {
                var score = report.at("/categories/" + category + "/score");
                best.merge(category, (int) Math.round(score.asDouble() * 100), Math::max);
            }
            why = failed(report);
            machine = Math.max(machine, report.at("/environment/benchmarkIndex").asDouble());
        }
        System.out.printf("Lighthouse, %s: %s on a machine of %.0f%n", name, best, machine);
        int performance = best.getOrDefault(PERFORMANCE, 0);
        best.remove(PERFORMANCE);
        assertThat(best)
                .as(why)
                .allSatisfy((category, score) -> assertThat(score).isGreaterThanOrEqualTo(LEAST));
        // Beside many others no page is fast: then there is a figure, but nothing to judge by it.
        Assumptions.assumeTrue(
                performance >= LEAST || machine >= FAST_ENOUGH,
                () -> "The machine was too busy to say how fast " + name + " is");
        assertThat(performance).as(why).isGreaterThanOrEqualTo(LEAST);
    }

    /** There is nothing to be gained by another look: a machine that is busy stays busy. */
    private static boolean enough(Map<String, Integer> scores, double machine) {
        return !scores.isEmpty()
                && scores.entrySet().stream()
                        .allMatch(it ->
                                it.getValue() >= LEAST
                                        || (it.getKey().equals(PERFORMANCE)
                                                && machine < FAST_ENOUGH));
    }

    private JsonNode report(String name, Path file) throws Exception {
        var learner = halden().student("Lena Light");
        halden().join(learner, Halden.IOT);
        var address =
                switch (name) {
                    case "home" -> platform() + "/";
                    case "catalog" -> halden().site() + "/courses";
                    case "course" -> halden().site() + "/courses/" + Halden.IOT;
                    case "learning" -> halden().site() + "/learn";
                    default -> halden().site() + "/learn/" + Halden.IOT + "/introduction-to-iot";
                };
        var headers = file.resolveSibling("headers.json");
        Files.writeString(
                headers,
                JsonMapper.shared()
                        .writeValueAsString(
                                personal(name) ? Map.of("Cookie", cookie(learner)) : Map.of()));
        var run =
                new ProcessBuilder(
                                "npx",
                                "--yes",
                                LIGHTHOUSE,
                                address,
                                "--output=json",
                                "--output-path=" + file,
                                "--quiet",
                                "--only-categories=" + String.join(",", CATEGORIES),
                                "--extra-headers=" + headers,
                                "--chrome-flags=--headless=new --no-sandbox --disable-gpu --no-first-run"
                                        + " --disable-background-networking --disable-component-update --disable-sync")
                        .redirectErrorStream(true)
                        .redirectOutput(file.resolveSibling("lighthouse.txt").toFile());
        run.environment().put("CHROME_PATH", Chromium.program().toString());
        var process = run.start();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("Lighthouse ends").isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(file.resolveSibling("lighthouse.txt")))
                .isZero();
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    private static boolean personal(String name) {
        return name.equals("lesson") || name.equals("learning");
    }

    private String cookie(Halden.Someone learner) {
        var context = context();
        signIn(context, learner);
        return context.cookies(halden().site()).stream()
                .map(c -> c.name + "=" + c.value)
                .collect(Collectors.joining("; "));
    }

    private static String failed(JsonNode report) {
        return report.path("audits").values().stream()
                .filter(audit ->
                        audit.path("score").isNumber() && audit.path("score").asDouble() < .9)
                .map(audit ->
                        audit.path("id").asString() + " " + audit.path("displayValue").asString(""))
                .collect(Collectors.joining(", "));
    }
}
