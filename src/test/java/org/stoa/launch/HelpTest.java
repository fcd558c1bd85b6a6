package org.stoa.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads who asks what the program can do; asking touches nothing. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HelpTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "help, run import export admin jobs config version ./stoa test ./stoa bench",
        "help config, --port --data --empty --role",
        "--help, run import export admin config version",
        "help run, --port --data --empty --role",
        "import --help, PATH --school --publish --data",
        "help export, COURSE --school --to --data",
        "help jobs, --school --state --kind --data show cancel replay",
        "jobs replay --help, --kind --all --school --data",
        "help admin, create-school create-user create-token",
        "admin create-school --help, --name --subdomain --owner-email --data",
        "admin create-user --help, --school --email --role --data",
        "admin create-token --help, --platform --email --data",
    })
    void everyCommandSaysWhatItTakes(String line, String words) {
        var process = StoaProcess.run(folder, line.split(" "));
        assertThat(process.exitCode()).isZero();
        assertThat(process.out()).startsWith("Usage: stoa").contains(words.split(" "));
        assertThat(process.err()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theSettingsAreShownAsRunWouldGoByThem() {
        var line = "config --data /srv/stoa --port 9000 --role web --empty";
        var process = StoaProcess.run(folder, line.split(" "));
        assertThat(process.exitCode()).as(process.err()).isZero();
        assertThat(process.out())
                .containsPattern("(?m)^data +/srv/stoa +\\(option --data\\)$")
                .containsPattern("(?m)^port +9000 +\\(option --port\\)$")
                .containsPattern("(?m)^role +web ")
                .containsPattern("(?m)^empty +true ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theVersionNamesItsPartsInFull() throws IOException {
        var process = StoaProcess.run(folder, "version");
        assertThat(process.exitCode()).isZero();
        assertThat(process.out().strip())
                .matches("Stoa \\S.* on Java 25.*, PostgreSQL 18\\.\\d+(\\.\\d+)?");
        assertThat(folder).isEmptyDirectory();
    }
}
