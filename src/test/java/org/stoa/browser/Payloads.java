package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts that try to run a script in a reader's page. Two sets that others keep, from npm: the Big
 * List of Naughty Strings, and what DOMPurify is tested with (html5sec.org's among it); and ours,
 * which go by way of Markdown.
 */
public final class Payloads {
    private static final List<String> PACKAGES = List.of("blns@2.0.4", "dompurify@0.8.0");
    private static final Pattern TRIES =
            Pattern.compile("<|script:|alert|onerror|onload", Pattern.CASE_INSENSITIVE);
    // Prints DOMPurify's set, which is a program, as JSON.
    private static final String PRINT =
            "console.log(JSON.stringify(require('./package/test/fixtures/expect.js')"
                    + ".map(e=>e.payload)))";

    private Payloads() {}

    public static List<String> all(Path folder) throws Exception {
        var all = new LinkedHashSet<String>();
        for (var one : PACKAGES) {
            run(folder, "npm", "pack", "--silent", one);
        }
        run(folder, "tar", "xzf", "blns-2.0.4.tgz", "package/resources/blns.json");
        run(folder, "tar", "xzf", "dompurify-0.8.0.tgz", "package/test/fixtures/expect.js");
        var naughty = Files.readString(folder.resolve("package/resources/blns.json"));
        strings(naughty).stream().filter(s -> TRIES.matcher(s).find()).forEach(all::add);
        all.addAll(strings(run(folder, "node", "-e", PRINT)));
        all.addAll(ours());
        all.removeIf(String::isBlank);
        return List.copyOf(all);
    }

    private static List<String> ours() {
        var ours = new ArrayList<String>();
        var calls = List.of("alert(1)", "prompt`1`", "top[`al`+`ert`](1)", "&#97;lert(1)");
        var schemes =
                List.of(
                        "javascript:",
                        "JaVaScRiPt:",
                        "java\tscript:",
                        "&#106;avascript:",
                        "javascript&colon;",
                        "vbscript:",
                        "data:text/html,<script>",
                        "\u0001javascript:");
        for (var scheme : schemes) {
            for (var call : calls) {
                ours.add("[click](" + scheme + call + ")");
                ours.add("<" + scheme + call + ">");
                ours.add("![x](" + scheme + call + ")");
                ours.add("[a]: " + scheme + call + "\n\n[a]");
            }
        }
        for (var call : calls) {
            ours.add("![x\" onerror=\"" + call + "](y.png)");
            ours.add("[x](https://example.org \"\" onmouseover=\"" + call + "\")");
            ours.add("```\"><img src=x onerror=" + call + ">\ncode\n```");
            ours.add("# <img src=x onerror=" + call + ">");
            ours.add("| a |\n|---|\n| <svg onload=" + call + "> |");
            ours.add("> [!NOTE] <details open ontoggle=" + call + ">");
            ours.add("$$\\href{javascript:" + call + "}{x}$$");
            ours.add("$\\text{<img src=x onerror=" + call + ">}$");
            ours.add("[^1]\n\n[^1]: <iframe srcdoc=\"<script>" + call + "</script>\">");
            ours.add("https://youtu.be/\"><script>" + call + "</script>");
            ours.add("</textarea></title></style><script>" + call + "</script>");
            ours.add("<math><mtext><style><img src onerror=" + call + "></style></mtext></math>");
            ours.add("<form id=x><button form=x formaction=javascript:" + call + ">");
            ours.add("{{constructor.constructor('" + call + "')()}}");
            ours.add("<div hx-get=/ hx-on:load=" + call + " hx-trigger=load>");
            ours.add("<div data-fragment=\"data:text/html,<script>" + call + "</script>\">");
        }
        return ours;
    }

    private static List<String> strings(String json) {
        var strings = new ArrayList<String>();
        JsonMapper.shared().readTree(json).forEach(one -> strings.add(one.asString()));
        return strings;
    }

    private static String run(Path folder, String... command) throws Exception {
        var out = folder.resolve("out.txt");
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(out.toFile())
                        .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        return read(out);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
