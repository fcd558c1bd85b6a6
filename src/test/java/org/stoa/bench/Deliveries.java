package org.stoa.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.stoa.inbox.DeliveryAudit;
import org.stoa.inbox.DeliveryPlan;
import org.stoa.launch.EmbeddedPostgres;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ten thousand webhooks, signed by Svix's own npm library and sent as Svix sends them, while the
 * server is killed and its database taken away; then two thousand forged ones.
 */
final class Deliveries {
    private static final int PORT = 9490;
    private static final int DELIVERIES = Integer.getInteger("stoa.bench.deliveries", 10_000);
    private static final int FORGED = DELIVERIES / 5;
    private static final int KILLS = 20;
    private static final int OUTAGES = 3;
    private static final String NPM = "svix@1.99.1";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String RETIRED = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String OTHER_ENDPOINT = "whsec_plJ3nmyCDGBKInavdOK15jsl";
    private static final List<String> FORGERIES =
            List.of("flipped", "reserialised", "old", "early", "retired", "other");
    private static final Path FOLDER = Path.of("target/deliveries").toAbsolutePath();
    private static final JsonMapper JSON = new JsonMapper();

    private final long seed = Long.getLong("stoa.bench.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final DeliveryPlan plan = new DeliveryPlan(seed, DELIVERIES);
    private EmbeddedPostgres postgres;
    private Process server;

    private Deliveries(EmbeddedPostgres postgres) throws IOException {
        this.postgres = postgres;
        this.server = start(postgres);
    }

    /**
     * What came of it.
     *
     * @param p99 of the answers that were 2xx, in ms
     * @param atOnce share of all events that were done within half a second
     * @param accepted forged ones that were answered otherwise than 4xx, or left a row
     */
    record Outcome(
            long acknowledged,
            long lost,
            long doubled,
            long accepted,
            double p99,
            double atOnce,
            int kills,
            int outages) {}

    static Outcome measure() throws Exception {
        Files.createDirectories(FOLDER);
        npm();
        var it = new Deliveries(EmbeddedPostgres.attachOrStart(FOLDER.resolve("data")));
        try {
            return it.run();
        } finally {
            it.end();
        }
    }

    private static void npm() throws IOException, InterruptedException {
        if (Files.exists(FOLDER.resolve("npm/node_modules/svix"))) {
            return;
        }
        Files.createDirectories(FOLDER.resolve("npm"));
        var npm =
                new ProcessBuilder(
                                "npm", "install", "--no-audit", "--no-fund", "--prefix", "npm", NPM)
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(FOLDER.resolve("npm.log").toFile());
        if (npm.start().waitFor() != 0) {
            throw new IllegalStateException("npm could not fetch " + NPM + ": see " + FOLDER);
        }
    }

    private Outcome run() throws Exception {
        System.out.println("deliveries: -Dstoa.bench.seed=" + seed);
        await();
        var good = FOLDER.resolve("good.jsonl");
        var goodResults = FOLDER.resolve("good-results.jsonl");
        Files.write(good, goodLines());
        Files.deleteIfExists(goodResults);
        var sender = sender(good, goodResults);
        int[] harm = harass(sender, goodResults);
        sender.waitFor();
        await();
        try (var database = database()) {
            var audit = new DeliveryAudit(database, plan);
            settle(audit);
            var results = results(goodResults);
            var acknowledged = new HashSet<String>();
            var answers = new ArrayList<Long>();
            for (var line : results) {
                acknowledged.add(line.path("id").asString());
                for (var one : line.path("tries")) {
                    if (one.get(0).asInt() / 100 == 2) {
                        answers.add(one.get(1).asLong());
                    }
                }
            }
            var lost = audit.lost(acknowledged);
            var doubled = audit.doubled();
            lost.stream().limit(20).forEach(line -> System.out.println("lost: " + line));
            doubled.stream().limit(20).forEach(line -> System.out.println("twice: " + line));
            long missing = plan.eventIds().size() - acknowledged.size();
            answers.sort(null);
            return new Outcome(
                    results.size(),
                    lost.size() + missing,
                    doubled.size(),
                    forged(audit),
                    answers.get(answers.size() * 99 / 100),
                    audit.atOnce(),
                    harm[0],
                    harm[1]);
        }
    }

    private List<String> goodLines() {
        var lines = new ArrayList<String>();
        for (var sent : plan.deliveries()) {
            lines.add(
                    JSON.writeValueAsString(
                            Map.of(
                                    "id", sent.id(),
                                    "body", sent.body(),
                                    "secret", SECRET,
                                    "pair", sent.pair(),
                                    // So that the kills fall between the deliveries, not after
                                    // them.
                                    "pause", 60)));
        }
        return lines;
    }

    /** Kills and outages, spread over the deliveries at random; how many of each there were. */
    private int[] harass(Process sender, Path results) throws Exception {
        int kills = 0;
        int outages = 0;
        var moments = new ArrayList<Integer>();
        for (int i = 0; i < KILLS + OUTAGES; i++) {
            moments.add(50 + random.nextInt(Math.max(1, DELIVERIES * 9 / 10)));
        }
        moments.sort(null);
        var gone = new HashSet<Integer>();
        while (gone.size() < OUTAGES) {
            gone.add(random.nextInt(moments.size()));
        }
        for (int i = 0; i < moments.size() && sender.isAlive(); i++) {
            while (sender.isAlive() && count(results) < moments.get(i)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            if (!sender.isAlive()) {
                break;
            }
            if (gone.contains(i)) {
                databaseGone();
                outages++;
            } else {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                server.destroyForcibly().waitFor();
                kills++;
                server = start(postgres);
                await();
            }
        }
        return new int[] {kills, outages};
    }

    private void databaseGone() throws Exception {
        postgres.close();
        TimeUnit.SECONDS.sleep(2 + random.nextInt(3));
        postgres = EmbeddedPostgres.attachOrStart(FOLDER.resolve("data"));
    }

    /** Forged ones that were taken. */
    private long forged(DeliveryAudit audit) throws Exception {
        var lines = new ArrayList<String>();
        var ids = new HashSet<String>();
        var bodies = plan.deliveries();
        for (int i = 0; i < FORGED; i++) {
            var how = FORGERIES.get(i % FORGERIES.size());
            var id = "msg_forged" + i + "x" + plan.mark();
            ids.add(id);
            lines.add(
                    JSON.writeValueAsString(
                            Map.of(
                                    "id",
                                    id,
                                    "body",
                                    bodies.get(random.nextInt(bodies.size())).body(),
                                    "secret",
                                    SECRET,
                                    "wrongSecret",
                                    how.equals("other") ? OTHER_ENDPOINT : RETIRED,
                                    "bit",
                                    random.nextInt(1 << 20),
                                    "forged",
                                    how)));
        }
        var forged = FOLDER.resolve("forged.jsonl");
        var results = FOLDER.resolve("forged-results.jsonl");
        Files.write(forged, lines);
        Files.deleteIfExists(results);
        sender(forged, results).waitFor();
        long taken = audit.rows(ids);
        var answered = results(results);
        for (var line : answered) {
            var last = line.path("tries").get(line.path("tries").size() - 1);
            if (last.get(0).asInt() / 100 != 4) {
                System.out.println("taken: " + line);
                taken++;
            }
        }
        return taken + FORGED - answered.size();
    }

    private static void settle(DeliveryAudit audit) throws Exception {
        for (int i = 0; i < 180 && audit.open() > 0; i++) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static Process sender(Path plan, Path results) throws IOException {
        return new ProcessBuilder(
                        "node",
                        Path.of("src/test/js/deliver.mjs").toAbsolutePath().toString(),
                        "http://127.0.0.1:" + PORT + "/api/webhooks/clerk",
                        plan.toString(),
                        results.toString(),
                        "16")
                .directory(FOLDER.resolve("npm").toFile())
                .inheritIO()
                .start();
    }

    private static List<JsonNode> results(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> (JsonNode) JSON.readTree(line))
                .toList();
    }

    private static long count(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (var lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static Process start(EmbeddedPostgres postgres) throws IOException {
        var java = System.getProperty("stoa.bench.java", "java");
        var app = Path.of("target/app");
        var command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:+UseCompactObjectHeaders",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Xmx1g"));
        if (Files.exists(app.resolve("stoa.aot"))) {
            command.add("-XX:AOTCache=" + app.resolve("stoa.aot"));
        }
        // The packaged program, or this one where it is not packaged.
        command.addAll(
                Files.exists(app.resolve("stoa.jar"))
                        ? List.of("-jar", app.resolve("stoa.jar").toString())
                        : List.of("-cp", System.getProperty("java.class.path"), "org.stoa.Stoa"));
        command.addAll(List.of("run", "--empty", "--port", "" + PORT));
        command.addAll(List.of("--data", FOLDER.resolve("app").toString()));
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        new File(FOLDER.resolve("server.log").toString())));
        var secrets = postgres.secrets();
        builder.environment()
                .putAll(
                        Map.of(
                                "STOA_DATABASE_URL", postgres.url(),
                                "STOA_DATABASE_OWNER_PASSWORD", secrets.owner(),
                                "STOA_DATABASE_APP_PASSWORD", secrets.app(),
                                "STOA_DATABASE_SERVICE_PASSWORD", secrets.service(),
                                "STOA_CLERK_WEBHOOK_SECRET", SECRET,
                                "STOA_INBOX_ATTEMPTS", "7",
                                "STOA_LIMITS_ADDRESS_PER_MINUTE", "100000000"));
        return builder.start();
    }

    private void await() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var ready =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/readyz"))
                            .timeout(Duration.ofSeconds(2))
                            .build();
            for (int i = 0; i < 1_200; i++) {
                if (!server.isAlive()) {
                    throw new IllegalStateException(
                            "It ended: see " + FOLDER.resolve("server.log"));
                }
                try {
                    if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // It is asked again.
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            throw new IllegalStateException("It does not answer");
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection(
                postgres.url(), "postgres", postgres.secrets().superuser());
    }

    private void end() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(30, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
        postgres.close();
    }
}
