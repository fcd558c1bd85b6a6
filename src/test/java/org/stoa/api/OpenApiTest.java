package org.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** The API's description holds to the recommended rules of the linter that most people use. */
@StoaTest
class OpenApiTest {
    // The last line that runs on the Node.js of Debian 12.
    private static final String LINTER = "@redocly/cli@1.34.5";

    private @LocalServerPort int port;

    @Test
    void theDescriptionLintsClean(@TempDir Path folder) throws Exception {
        var answer = new Visitor(port).call("GET", null, "/api/v1/openapi.json", null, null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("openapi")).startsWith("3.1");
        Files.writeString(folder.resolve("openapi.json"), answer.body());
        var linter =
                new ProcessBuilder("npx", "--yes", LINTER, "lint", "openapi.json")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("findings.txt").toFile());
        linter.environment().put("REDOCLY_TELEMETRY", "off");
        linter.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        var run = linter.start();
        assertThat(run.waitFor(5, TimeUnit.MINUTES)).as("The linter ends").isTrue();
        var findings = Files.readString(folder.resolve("findings.txt"));
        assertThat(run.exitValue()).as(findings).isZero();
        assertThat(findings).contains("is valid").doesNotContain("[1]", "warning");
    }
}
