package org.stoa.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be is said in one sentence, with status 1; what is not understood, with 2. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RefusalsTest {
    private static final List<String> AS_ORDINARY_USER =
            List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    // The class path may stand in root's own folder.
                    "--securebits=+no_setuid_fixup",
                    "--inh-caps=+dac_override",
                    "--ambient-caps=+dac_override");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static void assertRefused(StoaProcess process, String start) {
        assertThat(process.exitCode()).as(process.out() + process.err()).isEqualTo(1);
        assertThat(process.err().strip().lines()).singleElement().asString().startsWith(start);
        assertThat(process.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "xyzzy, Unmatched argument",
        "run --prot 9, Unknown option",
        "run extra, Unmatched argument",
        "import there, Missing required option",
        "import --school demo, Missing required parameter",
        "admin create-school --name Music, Missing required option",
        "export, Missing required",
    })
    void whatIsNotUnderstoodIsAnsweredWithTheUsage(String line, String start) {
        var process = StoaProcess.run(folder, line.split(" "));
        assertThat(process.exitCode()).isEqualTo(2);
        assertThat(process.err()).startsWith(start).contains("Usage: stoa");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "run --port 65536, The setting port is a number from 0 to 65535",
        "run --port -1, The setting port is a number",
        "run --port eighty, The setting port is a number",
        "run --role cook, 'The setting role (option --role) is all, web, worker or runner'",
        "import /no/such/course --school demo, There is no file or folder /no/such/course",
        "import / --school demo, There is no school \"demo\" in the data folder",
        "export bread --school demo, There is no school \"demo\" in the data folder",
        "admin create-user --school demo --email a@example.com, There is no school \"demo\"",
        "admin create-token, 'Say --platform, or whose token it is'",
    })
    void whatCannotBeIsSaidAndNothingIsMade(String line, String start) {
        assertRefused(StoaProcess.run(folder, line.split(" ")), start);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"port: [", "- port", "just words", "ports: 9", "port: {a: 1}", "\0"})
    void aSettingsFileThatIsNoneIsNamed(String text) throws IOException {
        Files.writeString(folder.resolve("stoa.yaml"), text);
        assertRefused(StoaProcess.run(folder, "run"), "The file stoa.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "'empty: maybe', The setting empty (stoa.yaml) is true or false",
        "'traces: {share: 2}', The setting traces.share (stoa.yaml) is a number from 0 to 1",
        "'limits: {address-per-minute: many}', The setting limits.address-per-minute",
        "'database: {url: mysql://localhost/x}', The setting database.url",
        "'database: {url: \"jdbc:postgresql://127.0.0.1:1/x\"}', The database cannot be reached",
    })
    void aSettingThatCannotBeIsNamed(String text, String start) throws IOException {
        Files.writeString(folder.resolve("stoa.yaml"), text);
        assertRefused(StoaProcess.run(folder, "run", "--port", "0"), start);
    }

    @Test
    void aPortThatAnotherProgramHasIsNamedWithOneThatIsFree() throws IOException {
        try (var taken = new ServerSocket(0)) {
            var port = taken.getLocalPort();
            assertRefused(
                    StoaProcess.run(folder, "run", "--port", "" + port),
                    "Port " + port + " is taken by another program.");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPortForMetricsThatIsTheSitesOwnIsRefused() throws IOException {
        Files.writeString(folder.resolve("stoa.yaml"), "port: 9999\nmetrics:\n  port: 9999\n");
        assertRefused(StoaProcess.run(folder, "run"), "The settings port and metrics.port");
    }

    @Test
    void aDataFolderThatCannotBeMadeIsNamed() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "no folder");
        for (var command : List.of("run --port 0", "admin create-token --platform")) {
            var words = (command + " --data " + file.resolve("data")).split(" ");
            assertRefused(StoaProcess.run(folder, words), "The data folder " + file);
        }
    }

    @Test
    void aPortForRootAloneIsRefusedToOthers() throws IOException {
        assumeRoot();
        var first = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        assumeTrue(Integer.parseInt(Files.readAllLines(first).getFirst().strip()) > 79);
        var process = StoaProcess.start(folder, AS_ORDINARY_USER, "run", "--port", "79");
        assertRefused(process, "Port 79 is kept for root");
    }

    @Test
    void anOrdinaryUserHasADatabaseOfTheirOwn() throws IOException {
        assumeRoot();
        var process =
                StoaProcess.start(folder, AS_ORDINARY_USER, "admin", "create-token", "--platform");
        assertThat(process.exitCode()).as(process.err()).isZero();
        assertThat(process.out().strip()).hasSizeGreaterThan(20);
        assertThat(Files.getAttribute(folder.resolve("data/stoa.lock").getParent(), "unix:uid"))
                .isEqualTo(65_534);
    }

    @ParameterizedTest
    @ValueSource(strings = {"size=20m", "size=85m", "ro"})
    void aDiskThatIsFullOrClosedIsNamed(String option) throws Exception {
        assumeRoot();
        var disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", option, "stoa", disk.toString()));
        try {
            var data = disk.resolve("data").toString();
            var process = StoaProcess.run(folder, "run", "--port", "0", "--data", data);
            assertRefused(
                    process,
                    option.equals("ro") ? "The data folder " + data : "No space is left on the");
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }
}
