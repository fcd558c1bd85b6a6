package org.stoa.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of one data folder, from a first start that is killed to a database that is lost. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StartAndStopTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init") // open() sets it
    private static Path data;

    @SuppressWarnings("NullAway.Init") // open() sets it
    private static Path postgres;

    private static final int PORT = StoaProcess.freePort();

    @SuppressWarnings("NullAway.Init") // the first test starts it
    private static StoaProcess server;

    private static String token = "";

    @BeforeAll
    static void open() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = folder.resolve("data");
        postgres = data.resolve("postgres");
    }

    @AfterAll
    static void end() {
        if (server != null && server.alive()) {
            server.signal("TERM").exitCode();
        }
    }

    private static StoaProcess serve() {
        return StoaProcess.start(
                folder, "run", "--empty", "--port", "" + PORT, "--data", data.toString());
    }

    private static StoaProcess tool(String... arguments) {
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return StoaProcess.run(folder, all.toArray(new String[0]));
    }

    private static boolean holds(String start) {
        try (var names = Files.list(postgres)) {
            return names.anyMatch(path -> path.getFileName().toString().startsWith(start));
        } catch (IOException e) {
            return false;
        }
    }

    private static List<ProcessHandle> databases() {
        return ProcessHandle.allProcesses()
                .filter(p ->
                        p.info().arguments().stream()
                                .flatMap(java.util.Arrays::stream)
                                .anyMatch(a -> a.contains(postgres.resolve("cluster").toString())))
                .toList();
    }

    private static void assertNoDatabase() {
        StoaProcess.await("end of the database", () -> databases().isEmpty());
    }

    private static String ask(String path, String... headers) {
        return StoaProcess.get(PORT, "musicschool.localhost", "/api/v1/" + path, headers);
    }

    @Test
    @Order(1)
    void aFirstStartThatIsKilledWhileItUnpacksOrMakesTheDatabaseIsMadeGood() throws Exception {
        try (var killed = serve()) {
            StoaProcess.await("unpacking", () -> holds("postgresql-"));
            killed.signal("KILL");
        }
        try (var killed = serve()) {
            StoaProcess.await("making of the database", () -> holds("cluster.new"));
            killed.signal("KILL");
        }
        server = serve().ready(PORT);
        assertThat(holds("cluster.new")).isFalse();
        assertThat(holds("initdb.password")).isFalse();
        assertThat(holds("postgresql-" + PostgresBinaries.version())).isTrue();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        postgres.resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    @Order(2)
    void aSecondStartOnTheSameFolderIsRefusedInOneSentence() {
        var second = tool("run", "--port", "" + PORT);
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err().strip().lines())
                .singleElement()
                .asString()
                .startsWith("Another Stoa runs on the data folder");
    }

    @Test
    @Order(2)
    void aPortThatAnotherStoaHasIsRefusedInOneSentenceAndLeavesNothingBehind() {
        var elsewhere = folder.resolve("elsewhere");
        var second =
                StoaProcess.run(folder, "run", "--port", "" + PORT, "--data", elsewhere.toString());
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err().strip().lines())
                .singleElement()
                .asString()
                .startsWith("Port " + PORT + " is taken by another Stoa.");
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    @Order(3)
    void commandsBesideTheServerWorkOnItsDatabase() throws IOException {
        var school =
                tool(
                        "admin",
                        "create-school",
                        "--name",
                        "Music School",
                        "--owner-email",
                        "ann@example.com");
        assertThat(school.exitCode()).as(school.err()).isZero();
        token =
                school.out()
                        .lines()
                        .filter(l -> l.startsWith("Token"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("Token +", "");
        assertThat(ask("me", "Authorization: Bearer " + token))
                .startsWith("200")
                .contains("ann@example.com");
        assertThat(ask("courses")).contains("\"items\":[]");

        var course = Files.createDirectories(folder.resolve("bread"));
        Files.writeString(course.resolve("README.md"), "# Bread\n\nHow to bake it.\n");
        Files.writeString(course.resolve("1-flour.md"), "# Flour\n\nTake some.\n");
        var imported = tool("import", course.toString(), "--school", "musicschool", "--publish");
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(imported.out())
                .startsWith("Reading " + course + " ...\n")
                .contains("\nPublishing it ...\n")
                .containsPattern("\nDone in [0-9.]+ s\\.\n$");
        StoaProcess.await(
                "course in the server's catalog",
                () -> ask("courses").contains("\"slug\":\"bread\""));
        var exported =
                tool(
                        "export",
                        "bread",
                        "--school",
                        "musicschool",
                        "--to",
                        folder.resolve("copy").toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        var again = folder.resolve("copy").toString();
        assertThat(tool("export", "bread", "--school", "musicschool", "--to", again).exitCode())
                .isZero();
        assertThat(folder.resolve("copy")).isDirectoryRecursivelyContaining("glob:**.md");
        assertThat(server.alive()).isTrue();
    }

    @Test
    @Order(4)
    void whatCommandsCannotDoTheySayInOneSentence() {
        for (var arguments :
                List.of(
                        List.of("import", "/no/such/course", "--school", "musicschool"),
                        List.of(
                                "import",
                                folder.resolve("bread").toString(),
                                "--school",
                                "nowhere"),
                        List.of("export", "nothing", "--school", "musicschool"),
                        List.of(
                                "export",
                                "bread",
                                "--school",
                                "musicschool",
                                "--to",
                                folder.toString()))) {
            var refused = tool(arguments.toArray(new String[0]));
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err().strip().lines()).as("%s", arguments).hasSize(1);
        }
    }

    @Test
    @Order(5)
    void controlCReachesTheProgramAloneWhichEndsItsDatabaseLast() throws IOException {
        assertThat(databases()).isNotEmpty();
        assertThat(server.signalGroup("INT").exitCode()).isEqualTo(130);
        assertThat(databases()).isEmpty();
        assertThat(Files.readString(postgres.resolve("log")))
                .contains("database system is shut down")
                .doesNotContain("terminating connection due to administrator command");
        assertThat(server.out() + server.err()).doesNotContain("Exception");
    }

    @Test
    @Order(6)
    void aNumberThatAnotherProcessGotIsNotTakenForTheDatabase() throws IOException {
        Files.writeString(
                postgres.resolve("cluster/postmaster.pid"),
                ProcessHandle.current().pid()
                        + "\n"
                        + postgres.resolve("cluster")
                        + "\n1\n"
                        + PORT
                        + "\n\n127.0.0.1\n  1 1\nready\n");
        var user =
                tool(
                        "admin",
                        "create-user",
                        "--school",
                        "musicschool",
                        "--email",
                        "bob@example.com");
        assertThat(user.exitCode()).as(user.err()).isZero();
        assertThat(databases()).isEmpty();
    }

    @Test
    @Order(7)
    void whatIsToldToEndWhileItStartsEndsCleanly() {
        for (var signal : List.of("INT", "TERM")) {
            var broken = serve();
            StoaProcess.await("database", () -> !databases().isEmpty());
            assertThat(broken.signalGroup(signal).exitCode())
                    .isEqualTo(signal.equals("INT") ? 130 : 143);
            assertNoDatabase();
            assertThat(broken.out() + broken.err()).isBlank();
        }
    }

    @Test
    @Order(8)
    void afterKillTheNextStartRecoversByItselfAndPublishesWhatWasToBe() throws Exception {
        server = serve().ready(PORT);
        var bearer = "Authorization: Bearer " + token;
        Files.writeString(folder.resolve("bread/1-flour.md"), "# Flour\n\nTake more.\n");
        var course = folder.resolve("bread").toString();
        assertThat(tool("import", course, "--school", "musicschool").exitCode()).isZero();
        var due = LocalDateTime.now(ZoneOffset.UTC).plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
        publishAt(due);
        server.signal("KILL").exitCode();
        server = serve().ready(PORT);
        assertThat(ask("courses")).contains("bread");
        StoaProcess.await(
                "the release",
                () -> ask("courses/bread/releases", bearer).contains("In the night"));
        assertThat(ask("courses/bread/releases", bearer).split("In the night", -1)).hasSize(2);
        assertThat(server.signal("TERM").exitCode()).isEqualTo(143);
        assertNoDatabase();
    }

    private static void publishAt(LocalDateTime due) throws Exception {
        var form =
                "when=later&note=In the night&day=%s&time=%s"
                        .formatted(due.toLocalDate(), due.toLocalTime())
                        .replace(" ", "+");
        var answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + PORT
                                                                + "/studio/bread/releases"))
                                        .header("Host", "musicschool.localhost")
                                        .header("Authorization", "Bearer " + token)
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(HttpRequest.BodyPublishers.ofString(form))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Location"))
                .as(answer.body())
                .hasValue("/studio/bread/publish?done=set");
    }

    @Test
    @Order(9)
    void aDataFolderOfAnotherVersionIsRefused() throws Exception {
        try (var running = EmbeddedPostgres.attachOrStart(data);
                var connection =
                        DriverManager.getConnection(
                                running.url(), "stoa_owner", running.secrets().owner());
                var statement = connection.createStatement()) {
            SchemaVersion.refuseNewer(running, data);
            statement.execute(
                    "update flyway_schema_history set version = '4711' where installed_rank = 1");
            assertThatThrownBy(() -> SchemaVersion.refuseNewer(running, data))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("belongs to a newer Stoa");
        }
        var version = postgres.resolve("cluster/PG_VERSION");
        Files.writeString(version, "16\n");
        assertRefused("belongs to PostgreSQL 16");
        Files.writeString(version, PostgresBinaries.MAJOR + "\n");
    }

    @Test
    @Order(10)
    void passwordsThatAreLostOrSpoiltOrOfAnotherDatabaseAreNamed() throws Exception {
        var secrets = postgres.resolve("secrets.properties");
        var text = Files.readString(secrets);
        Files.writeString(secrets, text.replaceAll("superuser=.*", "superuser=wrong"));
        assertRefused("are not those of the database beside it");
        Files.writeString(secrets, text.replaceAll("owner=.*", ""));
        assertRefused("lacks some of the database's passwords");
        Files.delete(secrets);
        assertRefused("is gone, and with it the passwords");
        assertNoDatabase();
    }

    private static void assertRefused(String words) {
        assertThatThrownBy(() -> EmbeddedPostgres.attachOrStart(data))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(words);
    }
}
