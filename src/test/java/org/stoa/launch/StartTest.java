package org.stoa.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.stoa.Start;

/** Whoever starts the program on an older Java is told in one sentence what it needs. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StartTest {
    private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();
    private static final int JAVA_17 = 61;

    @Test
    void theFirstClassCanBeReadByJava17AndIsTheOneThatIsStarted() throws IOException {
        var file = Start.class.getResourceAsStream("Start.class");
        try (var bytes = new DataInputStream(java.util.Objects.requireNonNull(file))) {
            assertThat(bytes.readInt()).isEqualTo(0xCAFEBABE);
            assertThat(bytes.readUnsignedShort()).isZero();
            assertThat(bytes.readUnsignedShort()).isEqualTo(JAVA_17);
        }
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<mainClass>org.stoa.Start</mainClass>");
    }

    @Test
    void anOlderJavaIsToldWhatIsNeeded() throws Exception {
        var java = older();
        assumeTrue(java != null, "no older Java on this machine");
        var process =
                new ProcessBuilder(java + "", "-cp", CLASSES + "", "org.stoa.Start", "version")
                        .redirectErrorStream(true)
                        .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(text.strip().lines().filter(line -> !line.startsWith("Picked up")))
                .singleElement()
                .asString()
                .startsWith("Stoa needs Java 25, and this is Java 17 (")
                .contains("Install a JDK 25");
    }

    private static @org.jspecify.annotations.Nullable Path older() throws IOException {
        var folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (var homes = Files.list(folder)) {
            return homes.filter(home -> home.getFileName().toString().contains("17"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(null);
        }
    }
}
