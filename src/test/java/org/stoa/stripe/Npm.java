package org.stoa.stripe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of others that come from npm, in a folder of their own. */
final class Npm {
    private static final Path FOLDER = Path.of("target/stripe-npm");

    private Npm() {}

    /**
     * Has a package there, and a script of ours beside it.
     *
     * @param version as in {@code stripe@23.1.0}
     * @param script among the tests' resources
     */
    static void have(String version, String script) throws Exception {
        var name = version.substring(0, version.lastIndexOf('@'));
        if (!Files.exists(FOLDER.resolve("node_modules").resolve(name))) {
            Files.createDirectories(FOLDER);
            run(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", ".", version), "");
        }
        try (var in = Npm.class.getResourceAsStream("/stripe/" + script)) {
            Files.write(FOLDER.resolve(script), in.readAllBytes());
        }
    }

    /** What a program said, given this to read. */
    static String run(List<String> command, String input) throws Exception {
        var process = start(command);
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command + " said " + said);
        }
        return said;
    }

    /** A program that goes on until it is ended. */
    static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
