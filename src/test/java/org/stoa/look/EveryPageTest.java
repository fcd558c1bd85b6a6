package org.stoa.look;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stoa.web.Shell;

/**
 * Renders every page with {@link Samples} and holds it to the rules that all of them keep. What was
 * rendered stands under {@code target/look}; a server of plain files whose root is that folder
 * shows it as it will be.
 */
class EveryPageTest {
    private static final Path OUT = Path.of("target/look");
    private static final Pattern INLINE =
            Pattern.compile("<style|\\sstyle=|\\son[a-z]+=\"|<script(?![^>]*\\ssrc=)|javascript:");
    private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]*)\"");

    private static final TemplateEngine TEMPLATES =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "stoapages");

    @BeforeAll
    static void carryTheBundle() throws IOException {
        Files.createDirectories(OUT.resolve("assets"));
        try (var bundle = Files.list(Path.of("target/classes/assets"))) {
            for (var file : bundle.toList()) {
                Files.write(
                        OUT.resolve("assets").resolve(file.getFileName()),
                        Files.readAllBytes(file));
            }
        }
    }

    @Test
    void everyPageRendersWithNothingInline() throws IOException {
        for (var page : Samples.school().entrySet()) {
            held(
                    page.getKey(),
                    render(page.getKey(), Map.of("shell", shell(false), "view", page.getValue())));
        }
        for (var page : Samples.platform().entrySet()) {
            held(
                    page.getKey(),
                    render(page.getKey(), Map.of("shell", shell(true), "view", page.getValue())));
        }
        for (var page : Samples.fragments().entrySet()) {
            held(page.getKey(), render(page.getKey(), Map.of("view", page.getValue())));
        }
    }

    @Test
    void namesAreShownAsTheyAreTyped() {
        var html =
                render(
                        "identity/sign-up",
                        Map.of(
                                "shell",
                                hostile(),
                                "view",
                                Samples.school().get("identity/sign-up")));
        assertThat(html).doesNotContain("<b>").contains("&lt;b&gt;");
    }

    private static void held(String name, String html) throws IOException {
        assertThat(html).as(name).doesNotContainPattern(INLINE);
        var ids = ID.matcher(html).results().map(r -> r.group(1)).toList();
        assertThat(ids).as("ids of " + name).doesNotHaveDuplicates();
        var file = OUT.resolve(name.replace('/', '-') + ".html");
        Files.writeString(file, html);
    }

    private static String render(String name, Map<String, Object> parameters) {
        var output = new StringOutput();
        TEMPLATES.render(name + ".jte", parameters, output);
        return output.toString();
    }

    private static Shell shell(boolean platform) {
        return shell(platform ? "Stoa" : "Halden", platform);
    }

    private static Shell hostile() {
        return shell("<b>Halden</b>", false);
    }

    private static Shell shell(String school, boolean platform) {
        return new Shell(
                "Title",
                school,
                "en",
                "ltr",
                "catalog",
                platform,
                "token",
                newest("stoa-", ".css"),
                newest("inside-", ".css"),
                newest("desk-", ".css"),
                "",
                newest("news-", ".js"),
                newest("stoa-", ".js"),
                newest("theme-", ".js"),
                List.of(),
                List.of(newest("vollkorn-400-500-", ".woff2")),
                "http://halden.localhost:8080",
                "http://localhost:8080");
    }

    private static String newest(String beginning, String ending) {
        try (var bundle = Files.list(Path.of("target/classes/assets"))) {
            return bundle.filter(f -> f.getFileName().toString().startsWith(beginning))
                    .filter(f -> f.getFileName().toString().endsWith(ending))
                    .filter(f -> !f.getFileName().toString().contains("italic"))
                    .max(java.util.Comparator.comparing(f -> f.toFile().lastModified()))
                    .map(f -> "/assets/" + f.getFileName())
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
