package org.stoa.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script finds the JDK it needs, builds what is not built, and passes on what it is told. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ScriptTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // build() sets it
    private Path clone;

    private record Answer(int status, String text) {}

    /** A clone that seems built: a script, sources, and a program newer than they. */
    @BeforeEach
    void build() throws IOException {
        clone = Files.createDirectories(folder.resolve("a clone"));
        Files.copy(Path.of("stoa"), clone.resolve("stoa"));
        runs(clone.resolve("stoa"));
        Files.createDirectories(clone.resolve("src/main"));
        Files.writeString(clone.resolve("pom.xml"), "");
        Files.createDirectories(clone.resolve("target/app"));
        Files.writeString(clone.resolve("target/stoa.jar"), "");
        Files.writeString(clone.resolve("target/app/complete"), "");
    }

    private static void runs(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A JDK that tells its version, and what it was started with. */
    private Path jdk(String name, String version) throws IOException {
        var home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        var java = home.resolve("bin/java");
        Files.writeString(
                java,
                """
                #!/bin/bash
                if [ "$1" = -version ]; then
                  [ -z "${JAVA_TOOL_OPTIONS:-}" ] || echo "Picked up JAVA_TOOL_OPTIONS: -X" >&2
                  echo 'openjdk version "%s" 2026-01-01' >&2
                  exit
                fi
                case "$*" in *jarmode*) mkdir -p "${@: -1}"; exit ;; esac
                echo "home=$JAVA_HOME"
                for word in "$@"; do echo "word=$word"; done
                """
                        .formatted(version));
        runs(java);
        Files.writeString(home.resolve("bin/javac"), "#!/bin/bash\n");
        runs(home.resolve("bin/javac"));
        return home;
    }

    private Answer stoa(Map<String, String> environment, String... arguments) throws Exception {
        var command = new java.util.ArrayList<String>();
        command.add(clone.resolve("stoa").toString());
        command.addAll(java.util.List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "STOA_JDK_FOLDERS", "/none"));
        builder.environment().putAll(environment);
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    @Test
    void javaHomeCounts() throws Exception {
        var home = jdk("25", "25.0.1");
        assertThat(stoa(Map.of("JAVA_HOME", home.toString()), "version").text())
                .contains("home=" + home + "\n", "word=version\n");
    }

    @Test
    void anOlderJavaHomeAndAnOlderDefaultArePassedOver() throws Exception {
        var older = jdk("17", "17.0.9");
        jdk("jvm/a-21", "21.0.2");
        var found = jdk("jvm/b-25", "25.0.3");
        var answer =
                stoa(
                        Map.of(
                                "JAVA_HOME", older.toString(),
                                "PATH", older.resolve("bin") + ":/usr/bin:/bin",
                                "STOA_JDK_FOLDERS", folder.resolve("jvm").toString()),
                        "version");
        assertThat(answer.text()).contains("home=" + found + "\n");
    }

    @Test
    void theOneOnThePathCountsThroughALink() throws Exception {
        var home = jdk("25", "25");
        var bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("javac"), home.resolve("bin/javac"));
        assertThat(stoa(Map.of("PATH", bin + ":/usr/bin:/bin"), "version").text())
                .contains("home=" + home + "\n");
    }

    @Test
    void theOneOfSdkmanCountsAndOptionsForEveryJavaDoNotHideIt() throws Exception {
        var home = jdk("me/.sdkman/candidates/java/25.0.1-tem", "25.0.1");
        var environment = new HashMap<String, String>();
        environment.put("HOME", folder.resolve("me").toString());
        environment.put("JAVA_TOOL_OPTIONS", "-X");
        assertThat(stoa(environment, "version").text()).contains("home=" + home + "\n");
    }

    @Test
    void withoutOneItSaysSoInOneSentence() throws Exception {
        var answer = stoa(Map.of("JAVA_HOME", jdk("17", "17.0.9").toString()), "run");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.text().strip().lines())
                .singleElement()
                .asString()
                .startsWith("Stoa needs a JDK 25 and found none");
    }

    @Test
    void wordsArePassedOnAsTheyAreAndTheStatusComesBack() throws Exception {
        var home = jdk("25", "25.0.1");
        var answer =
                stoa(
                        Map.of("JAVA_HOME", home.toString(), "STOA_JAVA_OPTIONS", "-Xmx1g -Da=b"),
                        "admin",
                        "create-school",
                        "--name",
                        "Music & *  School");
        assertThat(answer.text())
                .contains("word=-Xmx1g\nword=-Da=b\n", "word=--name\nword=Music & *  School\n");
        Files.writeString(
                home.resolve("bin/java"),
                """
                #!/bin/bash
                [ "$1" = -version ] && { echo 'openjdk version "25"' >&2; exit; }
                exit 7
                """);
        assertThat(stoa(Map.of("JAVA_HOME", home.toString()), "run").status()).isEqualTo(7);
    }

    @Test
    void theTestsEndWithTheirTotalsAndTheirStatus() throws Exception {
        var environment = forTests();
        var one =
                "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s - in A";
        var totals = "Tests run: 2261, Failures: 0, Errors: 0, Skipped: 2";
        maven(0, one, "[WARNING] " + totals, "[INFO] BUILD SUCCESS");
        var good = stoa(environment, "test", "-Dtest=A");
        assertThat(good.status()).as(good.text()).isZero();
        assertThat(good.text())
                .contains("verify -Dtest=A", "BUILD SUCCESS")
                .endsWith("\n" + totals + "\n");
        var wrong = totals.replace("Failures: 0", "Failures: 1");
        maven(1, one, "[ERROR] " + wrong, "[INFO] BUILD FAILURE", "[ERROR] why");
        var bad = stoa(environment, "test", "-Dtest=A");
        assertThat(bad.status()).isEqualTo(1);
        assertThat(bad.text()).endsWith("[ERROR] why\n\n" + wrong + "\n");
        maven(1, "[ERROR] COMPILATION ERROR");
        var none = stoa(environment, "test");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.text())
                .endsWith("\nNo test was run: the build ended before them, with status 1.\n");
        maven(1, "[INFO] " + totals, "[ERROR] no disk");
        assertThat(stoa(environment, "test", "-Dtest=A").text())
                .endsWith(
                        "The build failed, though no test did; the reason is above.\n"
                                + totals
                                + "\n");
    }

    /** A machine that has what tests need. */
    private Map<String, String> forTests() throws IOException {
        var bin = Files.createDirectories(folder.resolve("tools"));
        for (var tool : java.util.List.of("chromium-headless-shell", "npx")) {
            Files.writeString(bin.resolve(tool), "#!/bin/bash\n");
            runs(bin.resolve(tool));
        }
        var home = jdk("25", "25.0.1");
        return Map.of("JAVA_HOME", home.toString(), "PATH", bin + ":/usr/bin:/bin");
    }

    @Test
    void allTestsAreRunThoughSomeFailAndTheirTotalsSummed() throws Exception {
        var environment = forTests();
        Files.writeString(
                clone.resolve("mvnw"),
                """
                #!/bin/bash
                totals() { echo "[INFO] Tests run: $1, Failures: $2, Errors: 0, Skipped: 1"; }
                case "$*" in
                  *verify*-DskipTests) echo built ;;
                  *surefire:test@browser) totals 5 0 ;;
                  *surefire:test@jobs) totals 2 1; exit 1 ;;
                  *surefire:test@beside) totals 4 0 ;;
                  *surefire:test@default-test) totals 7 0 ;;
                  *) exit 2 ;;
                esac
                """);
        runs(clone.resolve("mvnw"));
        var all = stoa(environment, "test");
        assertThat(all.status()).isEqualTo(1);
        assertThat(all.text())
                .startsWith("built\n")
                .endsWith("Tests run: 18, Failures: 1, Errors: 0, Skipped: 4\n");
    }

    private void maven(int status, String... lines) throws IOException {
        var said = new StringBuilder("#!/bin/bash\necho \"$*\"\n");
        for (var line : lines) {
            said.append("echo '").append(line).append("'\n");
        }
        Files.writeString(clone.resolve("mvnw"), said + "exit " + status + "\n");
        runs(clone.resolve("mvnw"));
    }

    @Test
    void whatIsNotBuiltIsBuiltOnce() throws Exception {
        var home = jdk("25", "25.0.1");
        Files.delete(clone.resolve("target/app/complete"));
        var maven = clone.resolve("mvnw");
        Files.writeString(maven, "#!/bin/bash\necho \"maven $JAVA_HOME $*\"\n");
        runs(maven);
        var environment = Map.of("JAVA_HOME", home.toString());
        assertThat(stoa(environment, "version").text())
                .contains("Building Stoa", "maven " + home, "package -DskipTests", "word=version");
        assertThat(stoa(environment, "version").text())
                .doesNotContain("Building Stoa", "maven")
                .contains("word=version");
        Files.writeString(maven, "#!/bin/bash\nexit 1\n");
        Files.writeString(clone.resolve("pom.xml"), "changed");
        Files.setLastModifiedTime(
                clone.resolve("pom.xml"),
                java.nio.file.attribute.FileTime.from(
                        java.time.Instant.parse("2099-01-01T00:00:00Z")));
        assertThat(stoa(environment, "run").status()).isEqualTo(1);
    }
}
