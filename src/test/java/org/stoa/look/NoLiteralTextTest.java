package org.stoa.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What people read stands in the bundles under {@code words/}, not in templates, scripts or code.
 * The command line speaks English and is left out, with the moving of whole schools that only it
 * does, and so is the description of the API.
 */
class NoLiteralTextTest {
    /** The guide shows components to those who build them, with samples for content. */
    private static final Set<String> SAMPLES = Set.of("styleguide.jte");

    /** Examples of the API's description, and exceptions that nobody reads. */
    private static final Set<String> NOT_TOLD =
            Set.of("ApiRefusals.java", "Problem.java", "WrongFields.java");

    private static final Pattern SENTENCE =
            Pattern.compile("\"[A-Z][a-z]*(?:[ ,’'][^\"]*[a-z.…][^\"]*|[a-z]{2,}[.…])\"");
    private static final Pattern TOLD =
            Pattern.compile(
                    "\\b(?:NotFound|Forbidden|Conflict|Invalid|FieldError|Finding\\.\\w+|personal|shared"
                            + "|plain|message =|notice =|refusal|warning|toast)\\b[^;]*?"
                            + SENTENCE.pattern(),
                    Pattern.DOTALL);

    /** Words that a template hands to a part of it, or chooses by itself. */
    private static final Pattern SAID_BY_HAND =
            Pattern.compile(
                    "badge\\(words = \"[^\"]+\"|(?:suffix|label|hint) = \"[A-Za-z][^\"]*\""
                            + "|\\? \"[a-z]{3,}\" : [a-z]+\\.kind\\(\\)");

    @Test
    void templatesHoldNoTextOfTheirOwn() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/main/jte"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".jte")).toList()) {
                var name = file.getFileName().toString();
                if (!SAMPLES.contains(name)) {
                    SAID_BY_HAND
                            .matcher(Files.readString(file))
                            .results()
                            .forEach(r -> found.add(name + ": " + r.group()));
                    TemplateText.of(Files.readString(file))
                            .forEach(text -> found.add(file.getFileName() + ": " + text));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void scriptsHoldNoTextOfTheirOwn() throws IOException {
        var literal =
                Pattern.compile(
                        "([\"`])((?:[A-Z][a-z]+(?:[ ,][a-z]|…)|[a-z]+ [a-z]+ [a-z]+)[^\"`]*)\\1");
        var found = new ArrayList<String>();
        try (var files = Files.list(Path.of("src/main/js"))) {
            for (var file : files.toList()) {
                for (var line : Files.readAllLines(file)) {
                    var code = line.replaceAll("(^|\\s)(//|\\*|/\\*).*", "");
                    if (code.contains("new Error(") || code.contains("className")) {
                        continue;
                    }
                    literal.matcher(code)
                            .results()
                            .forEach(r -> found.add(file.getFileName() + ": " + r.group(2)));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void problemsNoticesAndFindingsAreSaid() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (file.toString().matches(".*/(launch|interop|records)/.*")
                        || NOT_TOLD.contains(file.getFileName().toString())) {
                    continue;
                }
                var code =
                        Files.readString(file)
                                .replaceAll("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$", "")
                                .replaceAll("(?s)@(Operation|ApiResponse|Schema)\\(.*?\\)\\n", "");
                TOLD.matcher(code)
                        .results()
                        .forEach(r -> found.add(file.getFileName() + ": " + end(r.group())));
            }
        }
        assertThat(found).isEmpty();
    }

    /** What stands at a side stands there in either direction of writing; a cover is a picture. */
    @Test
    void sidesAreThoseOfTheWriting() throws IOException {
        var side =
                Pattern.compile(
                        "(?:margin|padding|border)-(?:left|right)\\b|text-align: (?:left|right)"
                                + "|(?<![\\w-])(?:left|right|float): (?!inline|none|0)");
        var found = new ArrayList<String>();
        try (var files = Files.list(Path.of("src/main/css"))) {
            for (var file : files.toList()) {
                for (var line : Files.readAllLines(file)) {
                    boolean picture = line.matches(".*(\\.cover|\\.ribbon|\\.align-).*");
                    if (!picture && side.matcher(line).find()) {
                        found.add(file.getFileName() + ": " + line.strip());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - 90)).replaceAll("\\s+", " ");
    }
}
