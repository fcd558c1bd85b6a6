package org.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.web.limits.RateLimits;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Ten thousand calls, most of which nobody should make: none breaks anything. */
@StoaTest
class FuzzTest {
    private static final String IN_A_YEAR =
            java.time.Instant.now()
                    .plus(java.time.Duration.ofDays(365))
                    .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                    .toString();
    private static final int CALLS = Integer.getInteger("stoa.fuzz.calls", 10_000);
    private static final int AT_ONCE = 4;
    private static final int ROUND = 200;

    /** A stream has no end to wait for. */
    private static final Set<String> LEFT_OUT = Set.of("streamMyEvents");

    /** Each good call hashes a password, which is slow on purpose. */
    private static final Set<String> SLOW = Set.of("foundSchool", "signUp", "signIn", "addMember");

    // An API token is not a sign-in that could end. And somebody is in one group of many too seldom
    // here: ReleaseRulesTest takes them out. Jobs come and go by themselves: JobDeskTest has them.
    // Mail that was sent there is none: PreferencesTest reports on some.
    // Nobody pays here: SalesTest has orders, and what may be wrong with them; TeamSeatsTest and
    // GiftsTest have what is bought for others, OffersTest and CouponsTest what is sold,
    // InvoicesTest
    // its invoices, and WaitingListTest courses that are full.
    private static final Set<String> SHOWN_ELSEWHERE =
            Set.of(
                    "signOut",
                    "endSession",
                    "takeOutOfCohort",
                    "getJob",
                    "cancelJob",
                    "replayJob",
                    "getPlatformJob",
                    "cancelPlatformJob",
                    "replayPlatformJob",
                    "reportMail",
                    "markNotification",
                    "getOrder",
                    "refundOrder",
                    "mendMismatch",
                    "listTeamSeats",
                    "offerTeamSeat",
                    "swapTeamSeat",
                    "takeBackTeamSeat",
                    "offerGift",
                    "takeTeamSeat",
                    "takeGift",
                    "issueInvoices",
                    "listInvoices",
                    "listMyInvoices",
                    "issueMyInvoices",
                    "joinWaitingList",
                    "getMyTurn",
                    "getOffer",
                    "createOffer",
                    "changeOffer",
                    "withdrawOffer",
                    "buyOffer",
                    "getCoupon",
                    "createCoupon",
                    "withdrawCoupon");
    private static final int PATIENT = 400;

    // One may be the cover, and is kept then; the other may go.
    private static final List<String> FILES = List.of("files/known.png", "files/spare.png");

    private static final List<String> TYPES =
            List.of(
                    "text/plain",
                    "application/xml",
                    "nonsense",
                    "application/json; charset=utf-16",
                    "application/json; charset=nonsense",
                    "multipart/form-data",
                    "multipart/form-data; boundary=x",
                    "application/x-www-form-urlencoded",
                    "application/zip",
                    "\u00ff/*");

    private static final List<String> QUERIES =
            List.of("%00", "a=%zz", "=", "limit=1&limit=x", "%ff=%fe", "&&&", "%20=1", "q[]=1");

    private static final List<String> METHODS =
            List.of("TRACE", "BREW", "PATCH", "OPTIONS", "DELETE", "get", "POST");

    private static final List<Map.Entry<String, String>> HEADERS =
            List.of(
                    Map.entry("Accept", "nonsense"),
                    Map.entry("Accept", "text/html"),
                    Map.entry("Accept", "\u00ff\u00fe"),
                    Map.entry("Accept-Language", "x".repeat(500)),
                    Map.entry("Accept-Language", "*;q=nonsense"),
                    Map.entry("Authorization", "Basic AAAA"),
                    Map.entry("Authorization", "Bearer"),
                    Map.entry("Authorization", "Bearer \u00ff"),
                    Map.entry("Content-Encoding", "gzip"),
                    Map.entry("Cookie", "stoa=\u00ff; stoa=; =; XSRF-TOKEN"),
                    Map.entry("Cookie", "stoa=" + "x".repeat(2_000)),
                    Map.entry("Content-Length", "-1"),
                    Map.entry("Idempotency-Key", "one"),
                    Map.entry("Idempotency-Key", "x".repeat(300)),
                    Map.entry("Idempotency-Key", "\u00ff\u00fe"),
                    Map.entry("If-None-Match", "W/nonsense"),
                    Map.entry("Origin", "null"),
                    Map.entry("Range", "bytes=9-1"),
                    Map.entry("User-Agent", "\u00ff".repeat(900)),
                    Map.entry("X-Forwarded-For", "\u0001, nonsense"),
                    Map.entry("X-Large", "x".repeat(20_000)));

    private static final int LIGHT = 16_384;

    private final Map<Integer, Integer> counts = new ConcurrentSkipListMap<>();
    private final Set<String> succeeded = new ConcurrentSkipListSet<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private @LocalServerPort int port;
    private @Autowired People people;
    private @Autowired Sessions sessions;
    private @Autowired RateLimits limits;
    private @Autowired ServiceDatabase service;

    private record Operation(String id, String method, String path, JsonNode node) {}

    /** Who guessed passwords here is not held against the tests that follow. */
    @AfterEach
    void forgetTheGuesses() {
        for (var name : List.of("sign-in", "sign-up", "schools")) {
            limits.reset(new RateLimits.Rule(name, 1, Duration.ofMinutes(1)), "127.0.0.1");
        }
    }

    @Test
    void tenThousandOddCallsBreakNothing() throws Exception {
        long seed = Long.getLong("stoa.fuzz.seed", System.nanoTime());
        System.out.println("FuzzTest: -Dstoa.fuzz.seed=" + seed);
        var school = ApiSchool.open(port);
        var description = school.call("GET", "/api/v1/openapi.json", null, null).json();
        var operations = operations(description);
        var oddities = new Oddities(seed, description, known(school));
        var platform =
                sessions.newToken(
                        people.platformAdmin(UUID.randomUUID() + "@example.org").id(), "Fuzz");
        try (var callers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < CALLS; i += ROUND) {
                var round = new ArrayList<Callable<@Nullable Void>>();
                for (int j = i; j < i + ROUND; j++) {
                    var operation = operations.get(j % operations.size());
                    while (SLOW.contains(operation.id()) && oddities.chance(65)) {
                        operation = oddities.one(operations);
                    }
                    var chosen = operation;
                    var call = call(chosen, school, platform, oddities, oddities.next());
                    round.add(() -> send(school.wire(), chosen, call));
                }
                callers.invokeAll(round);
            }
        }
        int more = again(operations, school, platform, oddities);
        judge(seed, operations, CALLS + more);
    }

    /** What chance left out is asked for as it should be, until it has succeeded too. */
    private int again(
            List<Operation> operations, ApiSchool school, String platform, Oddities oddities)
            throws Exception {
        for (var file : FILES) {
            school.wire().send(picture(school, file));
        }
        int calls = 0;
        // Twice, since some undo what others do.
        var twice = new ArrayList<>(operations);
        twice.addAll(operations);
        for (var operation : twice) {
            for (int i = 0; i < PATIENT && !succeeded.contains(operation.id()); i++) {
                if (SHOWN_ELSEWHERE.contains(operation.id())) {
                    break;
                }
                oddities.good();
                send(school.wire(), operation, call(operation, school, platform, oddities, true));
                calls++;
            }
        }
        return calls;
    }

    private static Wire.Call picture(ApiSchool school, String file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        javax.imageio.ImageIO.write(
                new java.awt.image.BufferedImage(8, 8, java.awt.image.BufferedImage.TYPE_INT_RGB),
                "png",
                bytes);
        return school.wire()
                .call(
                        "POST",
                        school.subdomain(),
                        "/api/v1/courses/"
                                + school.course()
                                + "/files?name="
                                + file.substring(file.indexOf('/') + 1),
                        school.admin(),
                        "application/octet-stream",
                        bytes.toByteArray());
    }

    private void judge(long seed, List<Operation> operations, int calls) {
        System.out.println("FuzzTest: answers by status " + counts);
        assertThat(broken).as("with seed %s", seed).isEmpty();
        assertThat(counts.keySet()).contains(200, 201, 204, 400, 401, 403, 404, 413, 415, 422);
        assertThat(counts.values().stream().mapToInt(n -> n).sum()).isEqualTo(calls);
        int good =
                counts.entrySet().stream()
                        .filter(e -> e.getKey() < 300)
                        .mapToInt(e -> e.getValue())
                        .sum();
        assertThat(good).as("calls that did something").isGreaterThan(CALLS / 8);
        assertThat(counts.getOrDefault(429, 0)).as("calls put off").isLessThan(CALLS / 20);
        var all = new TreeSet<String>();
        operations.forEach(operation -> all.add(operation.id()));
        all.removeAll(SHOWN_ELSEWHERE);
        assertThat(succeeded).as("operations that succeeded at least once").containsAll(all);
    }

    private Oddities.Known known(ApiSchool school) {
        var victim =
                school.call(
                                "POST",
                                "/api/v1/users",
                                null,
                                ApiSchool.person("v", school.subdomain()))
                        .text("id");
        var ids = new ArrayList<>(List.of(victim));
        for (int i = 0; i < 8; i++) {
            school.call("POST", "/api/v1/me/tokens", school.admin(), Map.of("name", "Spare"));
        }
        for (var token :
                school.call("GET", "/api/v1/me/tokens", school.admin(), null)
                        .json()
                        .path("items")) {
            if (token.path("name").asString().equals("Spare")) {
                ids.add(token.path("id").asString());
            }
        }
        var outline = "/api/v1/courses/" + school.course() + "/outline";
        var module = school.call("GET", outline, school.admin(), null).text("modules.0.id");
        // What an id may be of: the one victim as often as the tokens together are.
        ids.addAll(Collections.nCopies(4, victim));
        ids.addAll(Collections.nCopies(4, module));
        ids.addAll(school.lessons());
        for (int i = 0; i < 3; i++) {
            ids.add(
                    school.call("POST", "/api/v1/invitations", school.admin(), Map.of())
                            .text("id"));
        }
        var assistants = assistants(school);
        Collections.nCopies(4, assistants).forEach(ids::addAll);
        var cohorts = cohorts(school);
        // One of many ids, and some are taken away on the way: often enough to be changed too.
        Collections.nCopies(4, cohorts).forEach(ids::addAll);
        Collections.nCopies(8, announcements(school)).forEach(ids::addAll);
        var good = new HashMap<String, List<String>>();
        good.put("module", List.of(module));
        good.put("lessons", school.lessons());
        good.put("before", school.lessons());
        good.put("title", List.of("Reef knots"));
        good.put("markdown", List.of("Right over left, and left over right."));
        good.put("version", List.of("1"));
        good.put("number", List.of("1"));
        good.put("name", List.of("Ada Lovelace"));
        good.put("password", List.of(ApiSchool.PASSWORD));
        good.put("slug", List.of(school.course()));
        good.put("lessonId", school.lessons());
        good.put("role", List.of("student", "teacher", "assistant"));
        good.put("days", List.of("14"));
        good.put("uses", List.of("3"));
        good.put("dryRun", List.of("true", "false"));
        good.put("status", List.of("active", "completed", "started", "paid"));
        good.put("at", List.of("2026-01-02T03:04:05Z", IN_A_YEAR));
        good.put("opensAt", List.of("2026-01-02T03:04:05Z"));
        good.put("startsAt", List.of("2026-01-02T03:04:05Z"));
        good.put("closesAt", List.of("2126-01-02T03:04:05Z"));
        good.put("after", school.lessons().subList(0, 1));
        good.put("lesson", lessons(school));
        good.put("cohort", cohorts);
        good.put("person", List.of(school.studentId()));
        good.put("path", FILES);
        good.put("id", ids);
        good.put("event", List.of(event()));
        good.put("source", List.of("clerk"));
        good.put("text", List.of("Which end goes first?"));
        good.put("why", List.of("An advertisement"));
        good.put("post", posts(school));
        good.put("limit", List.of("1", "12", "100"));
        good.put("q", List.of("knots", "lesson"));
        good.put("currency", List.of("EUR"));
        good.put("provider", List.of("test"));
        good.put("note", List.of("What is new"));
        return (name, random) ->
                switch (name) {
                    case "email" -> email(random, school);
                    case "subdomain" -> "fuzz" + random.nextInt(Integer.MAX_VALUE);
                    default -> {
                        var values = good.get(name);
                        yield values == null ? null : values.get(random.nextInt(values.size()));
                    }
                };
    }

    /** Some that wait for their time: of the course, and of the school. */
    private static List<String> announcements(ApiSchool school) {
        var later = Map.of("title", "Later", "text", "Soon.", "at", IN_A_YEAR);
        var ofCourse = "/api/v1/courses/" + school.course() + "/announcements";
        return java.util.stream.Stream.of(ofCourse, ofCourse, "/api/v1/announcements")
                .map(path -> school.call("POST", path, school.admin(), later).text("id"))
                .toList();
    }

    /** Those of the course, and as many of another as calls may put into it. */
    private static List<String> lessons(ApiSchool school) {
        var zip = ApiSchool.zip("Ropes", 60);
        school.wire().upload(school.subdomain(), school.owner(), zip);
        var outline = school.call("GET", "/api/v1/courses/ropes/outline", school.admin(), null);
        var lessons = new ArrayList<String>();
        Collections.nCopies(15, school.lessons()).forEach(lessons::addAll);
        for (var module : outline.json().path("modules")) {
            module.path("lessons").forEach(it -> lessons.add(it.path("id").asString()));
        }
        assertThat(lessons).hasSizeGreaterThan(100);
        return lessons;
    }

    /** What stands under a lesson, by its administrator: others may report it. */
    private static List<String> posts(ApiSchool school) {
        var enrollments = "/api/v1/courses/" + school.course() + "/enrollments";
        for (var token : List.of(school.admin(), school.student())) {
            school.call("POST", enrollments, token, null);
        }
        var lesson = school.lessons().getFirst();
        var path = "/api/v1/courses/" + school.course() + "/lessons/" + lesson + "/discussion";
        var posts = new ArrayList<String>();
        for (int i = 0; i < 16; i++) {
            var writer = i % 2 == 0 ? school.admin() : school.student();
            posts.add(school.call("POST", path, writer, Map.of("text", "Why?")).text("id"));
        }
        return posts;
    }

    /** People with a role in the course, to be taken away. */
    private static List<String> assistants(ApiSchool school) {
        var assistants = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var person = ApiSchool.person("assistant" + i, school.subdomain());
            var id = school.call("POST", "/api/v1/users", null, person).text("id");
            var named =
                    school.call(
                            "PUT",
                            "/api/v1/courses/" + school.course() + "/staff/" + id,
                            school.admin(),
                            Map.of("role", "assistant"));
            assertThat(named.status()).as(named.body()).isEqualTo(204);
            assistants.add(id);
        }
        return assistants;
    }

    /** One that came in, as it could have from anywhere. */
    private String event() {
        var id = UUID.randomUUID();
        service.sql(
                        """
                        insert into webhook_events (id, source, event_id, kind, occurred_at, received_at,
                                                    headers, body, status)
                        values (:id, 'nobody', :id, 'a.kind', now(), now(), '{}', '{}', 'completed')
                        """)
                .param("id", id.toString())
                .update();
        return id.toString();
    }

    /** More groups than calls take away. */
    private static List<String> cohorts(ApiSchool school) {
        var path = "/api/v1/courses/" + school.course() + "/cohorts";
        var cohorts = new ArrayList<String>();
        for (int i = 0; i < 16; i++) {
            var group = Map.of("name", "Group " + i, "joinable", true, "calendar", List.of());
            cohorts.add(school.call("POST", path, school.admin(), group).text("id"));
        }
        return cohorts;
    }

    private static String email(Random random, ApiSchool school) {
        return random.nextBoolean()
                ? "student@" + school.subdomain() + ".example.org"
                : "n" + random.nextInt(Integer.MAX_VALUE) + "@example.org";
    }

    private static List<Operation> operations(JsonNode description) {
        var operations = new ArrayList<Operation>();
        for (var path : description.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                var id = method.getValue().path("operationId").asString("");
                if (!LEFT_OUT.contains(id)) {
                    operations.add(
                            new Operation(
                                    id,
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()));
                }
            }
        }
        return operations;
    }

    private static Wire.Call call(
            Operation operation,
            ApiSchool school,
            String platform,
            Oddities oddities,
            boolean wellMeant) {
        boolean atPlatform =
                operation.id().equals("foundSchool")
                        || operation.path().startsWith("/api/v1/platform/");
        var host = atPlatform ? "" : school.subdomain();
        var tokens =
                atPlatform
                        ? List.of(platform, platform, "")
                        : List.of(school.student(), school.teacher(), school.admin(), "");
        var content = operation.node().path("requestBody").path("content").properties();
        var kind = content.isEmpty() ? null : content.iterator().next();
        var type = kind == null ? null : kind.getKey();
        byte[] body =
                kind == null
                        ? null
                        : kind.getKey().equals("application/zip")
                                ? zip(oddities)
                                : kind.getKey().equals("text/csv")
                                        ? csv(oddities)
                                        : oddities.body(kind.getValue().path("schema"));
        var method = oddities.odd(2) ? oddities.one(METHODS) : operation.method();
        var call =
                school.wire()
                        .call(
                                method,
                                oddities.odd(3) ? "nowhere" : host,
                                address(operation, oddities),
                                null,
                                oddities.odd(5) ? oddities.one(TYPES) : type,
                                body);
        boolean mayDoAll = wellMeant && oddities.chance(50);
        var token = mayDoAll ? tokens.get(tokens.size() - 2) : oddities.one(tokens);
        if (!token.isEmpty()) {
            call.headers().put("Authorization", "Bearer " + token);
        }
        return disguised(call, oddities);
    }

    /** A head that is refused ends the connection, and with it what is still on its way. */
    private static Wire.Call light(Wire.Call call) {
        var body = call.body();
        if (body == null || body.length <= LIGHT) {
            return call;
        }
        call.headers().put("Content-Length", "0");
        return new Wire.Call(call.line(), call.headers(), new byte[0]);
    }

    private static Wire.Call disguised(Wire.Call plain, Oddities oddities) {
        boolean oddHeader = oddities.odd(12);
        boolean oddHost = oddities.odd(1);
        var call = oddHeader || oddHost ? light(plain) : plain;
        if (oddHeader) {
            var header = oddities.one(HEADERS);
            call.headers().put(header.getKey(), header.getValue());
        }
        if (oddHost) {
            call.headers()
                    .put(
                            "Host",
                            oddities.one(List.of("", "[::1", "a b", "x".repeat(300), "\u00ff")));
        }
        var body = call.body();
        if (body == null || !oddities.odd(5)) {
            return call;
        }
        call.headers().remove("Content-Length");
        call.headers().put("Transfer-Encoding", "chunked");
        var chunks = new ByteArrayOutputStream();
        if (body.length > 0) {
            chunks.writeBytes(
                    (Integer.toHexString(body.length) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            chunks.writeBytes(body);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Wire.Call(call.line(), call.headers(), chunks.toByteArray());
    }

    private static byte[] zip(Oddities oddities) {
        var zip = ApiSchool.zip("Knots", 4);
        if (oddities.odd(50)) {
            return oddities.body(tools.jackson.databind.node.JsonNodeFactory.instance.objectNode());
        }
        return oddities.odd(50) ? java.util.Arrays.copyOf(zip, zip.length / 2) : zip;
    }

    private static byte[] csv(Oddities oddities) {
        if (oddities.odd(50)) {
            return oddities.body(tools.jackson.databind.node.JsonNodeFactory.instance.objectNode());
        }
        var list = "name,email,role\nAda,%s,student\n".formatted(oddities.text("email"));
        return list.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String address(Operation operation, Oddities oddities) {
        var path = operation.path();
        var query = new ArrayList<String>();
        for (var parameter : operation.node().path("parameters")) {
            var name = parameter.path("name").asString();
            if (parameter.path("in").asString().equals("path")) {
                var text = oddities.odd(8) ? oddities.malformed() : segment(oddities.text(name));
                path = path.replace("{" + name + "}", text);
            } else if (oddities.odd(60)
                    || parameter.path("required").asBoolean() && !oddities.odd(8)) {
                query.add(name + "=" + encoded(oddities.text(name)));
            }
        }
        if (oddities.odd(5)) {
            query.add(oddities.one(QUERIES));
        }
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private @Nullable Void send(Wire wire, Operation operation, Wire.Call call) {
        try {
            var reply = wire.send(call);
            counts.merge(reply.status(), 1, Integer::sum);
            var complaint = complaint(reply);
            if (complaint != null && broken.size() < 40) {
                var body = reply.body();
                broken.add(
                        "%s %s: %s %s"
                                .formatted(
                                        operation.id(),
                                        call,
                                        complaint,
                                        body.substring(0, Math.min(300, body.length()))));
            }
            if (reply.status() < 300) {
                succeeded.add(operation.id());
            }
        } catch (IOException | RuntimeException e) {
            broken.add(operation.id() + " " + call + " was not answered: " + e);
        }
        return null;
    }

    private static @Nullable String complaint(Wire.Reply reply) {
        int status = reply.status();
        if (status >= 500) {
            return "broke with " + status;
        }
        if (status < 400) {
            return null;
        }
        if (!reply.header("content-type").startsWith("application/problem+json")) {
            return "was refused with " + status + " as " + reply.header("content-type");
        }
        try {
            var problem = reply.json();
            boolean whole =
                    problem.path("status").asInt() == status
                            && problem.path("errors").isArray()
                            && !problem.path("title").asString("").isEmpty()
                            && !problem.path("detail").asString("").isEmpty();
            return whole ? null : "was refused with " + status + " without a reason";
        } catch (JacksonException e) {
            return "was refused with a broken document";
        }
    }

    private static String segment(String text) {
        var encoded = encoded(text).replace("+", "%20");
        return encoded.isEmpty() ? "%20" : encoded;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(
                text.length() > 2_000 ? text.substring(0, 2_000) : text, StandardCharsets.UTF_8);
    }
}
