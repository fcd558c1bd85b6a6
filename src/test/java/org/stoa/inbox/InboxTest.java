package org.stoa.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import tools.jackson.databind.json.JsonMapper;

/** What may come in, what may not, and that each event is done once. */
@StoaTest
@Import(InboxTest.Bakery.class)
class InboxTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEXT_SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl";
    private static final String BREAD = "{\"type\":\"bread.baked\",\"data\":{\"loaves\":7}}";

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired BakerySource bakery;

    /** A sender that the program knows nothing of. */
    @TestConfiguration
    static class Bakery {
        @Bean
        BakerySource bakery(JsonMapper json) {
            return new BakerySource(json);
        }
    }

    /** Bakes: counts what it was told, and fails where it is told to. */
    static final class BakerySource implements WebhookSource {
        private final JsonMapper json;
        private final Map<String, AtomicInteger> baked = new ConcurrentHashMap<>();
        private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
        private volatile CountDownLatch warm = new CountDownLatch(0);

        BakerySource(JsonMapper json) {
            this.json = json;
        }

        @Override
        public String name() {
            return "bakery";
        }

        @Override
        public boolean servedAt(@Nullable Organization school) {
            return school == null;
        }

        @Override
        public Announced read(Delivery delivery) {
            return SignedDelivery.verify(delivery, List.of(SECRET, NEXT_SECRET), json);
        }

        @Override
        public boolean knows(String kind) {
            return kind.startsWith("bread.") || kind.isEmpty();
        }

        @Override
        public List<Effect> apply(StoredEvent event) {
            json.readTree(event.body());
            if (event.kind().equals("bread.burnt")) {
                throw new StackOverflowError("The oven burns");
            }
            var left = failures.get(event.eventId());
            if (left != null && left.getAndDecrement() > 0) {
                throw new IllegalStateException("The oven is cold");
            }
            try {
                assertThat(warm.await(120, TimeUnit.SECONDS)).as("The oven is warm").isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            baked.computeIfAbsent(event.eventId(), id -> new AtomicInteger()).incrementAndGet();
            return List.of(new Effect("bread.baked", event.eventId()));
        }

        int baked(String id) {
            var count = baked.get(id);
            return count == null ? 0 : count.get();
        }
    }

    private Sender sender() {
        return new Sender(port, "bakery", SECRET);
    }

    @Test
    void whatIsSignedIsStoredAndDoneAtOnce() {
        var id = Sender.newId();
        var answer = sender().send(id, BREAD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("completed");
        assertThat(bakery.baked(id)).isEqualTo(1);
        assertThat(status(id)).isEqualTo("completed");
        assertThat(text(id, "kind")).isEqualTo("bread.baked");
        assertThat(text(id, "effects::text")).contains("bread.baked");
        assertThat(text(id, "convert_from(body, 'UTF8')")).isEqualTo(BREAD);
    }

    @Test
    void theNextSecretAndTheOtherNamesOfTheHeadersServeToo() {
        var id = Sender.newId();
        var sender = new Sender(port, "bakery", NEXT_SECRET, "webhook");
        assertThat(sender.send(id, BREAD).statusCode()).isEqualTo(200);
        assertThat(status(id)).isEqualTo("completed");
    }

    @Test
    void theSameEventAgainIsOneRowAndOneEffect() {
        var id = Sender.newId();
        for (int i = 0; i < 3; i++) {
            assertThat(sender().send(id, BREAD).statusCode()).isEqualTo(200);
        }
        assertThat(rows(id)).isEqualTo(1);
        assertThat(bakery.baked(id)).isEqualTo(1);
    }

    @Test
    void twentyAtTheSameInstantAreOneRowAndOneEffect() throws Exception {
        for (int round = 0; round < 5; round++) {
            var id = Sender.newId();
            var barrier = new CyclicBarrier(20);
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 20; i++) {
                calls.add(() -> {
                    barrier.await();
                    return sender().send(id, BREAD).statusCode();
                });
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var call : threads.invokeAll(calls)) {
                    assertThat(call.get()).isEqualTo(200);
                }
            }
            await().until(() -> status(id).equals("completed"));
            assertThat(rows(id)).isEqualTo(1);
            assertThat(bakery.baked(id)).isEqualTo(1);
        }
    }

    @Test
    void forgedOnesAreRefusedWithNothingStored() {
        var sender = sender();
        var now = Instant.now();
        var id = Sender.newId();
        refused(id, sender.send(id, BREAD, now.minusSeconds(301)).statusCode());
        refused(id, sender.send(id, BREAD, now.plusSeconds(302)).statusCode());
        refused(
                id,
                sender.post(sender.signed(id, BREAD, now), BREAD.replace('7', '8')).statusCode());
        refused(id, sender.post(sender.signed(id, BREAD, now), BREAD + " ").statusCode());
        var spaced = "{\"type\": \"bread.baked\", \"data\": {\"loaves\": 7}}";
        refused(id, sender.post(sender.signed(id, BREAD, now), spaced).statusCode());
        var retired = new Sender(port, "bakery", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
        refused(id, retired.send(id, BREAD).statusCode());
        var another = sender.signed(Sender.newId(), BREAD, now).setHeader("svix-id", id);
        refused(id, sender.post(another, BREAD).statusCode());
        var later =
                sender.signed(id, BREAD, now.minusSeconds(400))
                        .setHeader("svix-timestamp", "" + now.getEpochSecond());
        refused(id, sender.post(later, BREAD).statusCode());
        var unsigned = sender.signed(id, BREAD, now).setHeader("svix-signature", "v1,");
        refused(id, sender.post(unsigned, BREAD).statusCode());
        var twice = sender.signed(id, BREAD, now).header("svix-id", "msg_other");
        refused(id, sender.post(twice, BREAD).statusCode());
        refused("a.b", sender.send("a.b", BREAD).statusCode());
        refused(id, sender.post(sender.signed(id, BREAD, now), "").statusCode());
    }

    /** Bytes that are no text must not be taken for the text that a reader would make of them. */
    @Test
    void aBodyThatIsNotUtf8IsRefusedThoughItsReplacementWasSigned() {
        var id = Sender.newId();
        var signed = "{\"type\":\"bread.\uFFFD\"}";
        var sent = signed.getBytes(StandardCharsets.UTF_8);
        int at = new String(sent, StandardCharsets.ISO_8859_1).indexOf("\u00EF\u00BF\u00BD");
        var broken = new byte[sent.length - 2];
        System.arraycopy(sent, 0, broken, 0, at);
        broken[at] = (byte) 0xFF;
        System.arraycopy(sent, at + 3, broken, at + 1, sent.length - at - 3);
        var request = sender().signed(id, signed, Instant.now());
        refused(id, sender().post(request, BodyPublishers.ofByteArray(broken)).statusCode());
    }

    @Test
    void anUnknownSourceIsNotThereAndNothingIsStored() {
        var id = Sender.newId();
        var answer = new Sender(port, "butcher", SECRET).send(id, BREAD);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(rows(id)).isZero();
    }

    @Test
    void aVerifiedEventOfAnUnknownKindIsStoredAndLeftAlone() {
        var id = Sender.newId();
        assertThat(sender().send(id, "{\"type\":\"cake.iced\"}").statusCode()).isEqualTo(200);
        assertThat(status(id)).isEqualTo("completed");
        assertThat(text(id, "effects::text")).isEqualTo("[]");
        assertThat(bakery.baked(id)).isZero();
    }

    @Test
    void aWrongTypeOfContentIsRefusedWithNothingStored() {
        for (var type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
            var id = Sender.newId();
            var request = sender().signed(id, BREAD, Instant.now()).setHeader("Content-Type", type);
            assertThat(sender().post(request, BREAD).statusCode()).isEqualTo(415);
            assertThat(rows(id)).isZero();
        }
    }

    @Test
    void twoMegabytesAreRefusedWhetherTheyAreAnnouncedOrNot() {
        var id = Sender.newId();
        var large = "{\"type\":\"bread.baked\",\"x\":\"" + "x".repeat(2 << 20) + "\"}";
        assertThat(sender().send(id, large).statusCode()).isEqualTo(413);
        var bytes = large.getBytes(StandardCharsets.UTF_8);
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
        var request = sender().signed(id, large, Instant.now());
        assertThat(sender().post(request, chunked).statusCode()).isEqualTo(413);
        assertThat(rows(id)).isZero();
    }

    @Test
    void aBombOfBracketsIsStoredAndDiesWithoutHoldingUpTheOthers() {
        var bomb = Sender.newId();
        var deep =
                "{\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"type\":\"bread.x\"}";
        assertThat(sender().send(bomb, deep).statusCode()).isEqualTo(200);
        assertThat(text(bomb, "kind")).isEmpty();
        var good = Sender.newId();
        assertThat(sender().send(good, BREAD).body()).contains("completed");
        becomes(bomb, "dead");
        assertThat(text(bomb, "jsonb_array_length(history)::text")).isEqualTo("1");
    }

    @Test
    void whatIsSignedAndSaysNothingIsKeptForSomebodyToLookAt() {
        for (var body : List.of("hello", "[1]", "{}", "{\"type\":7}")) {
            var id = Sender.newId();
            assertThat(sender().send(id, body).statusCode()).as(body).isEqualTo(200);
            assertThat(status(id)).as(body).isEqualTo("dead");
            assertThat(text(id, "history -> 0 ->> 'reason'")).contains("of which kind");
        }
    }

    @Test
    void whatFailsIsTriedAgainAfterOneTwoAndFourSecondsAndThenDone() {
        var id = Sender.newId();
        bakery.failures.put(id, new AtomicInteger(2));
        assertThat(sender().send(id, BREAD).statusCode()).isEqualTo(200);
        assertThat(status(id)).isEqualTo("failed");
        becomes(id, "completed");
        assertThat(bakery.baked(id)).isEqualTo(1);
        var history = text(id, "jsonb_path_query_array(history, '$[*].outcome')::text");
        assertThat(history).isEqualTo("[\"failed\", \"failed\", \"completed\"]");
        var waits =
                text(
                        id,
                        "extract(epoch from completed_at - (history -> 0 ->> 'at')::timestamptz)::text");
        assertThat(Double.parseDouble(waits)).isBetween(3.0, 120.0);
        assertThat(text(id, "history -> 0 ->> 'reason'")).contains("The oven is cold");
    }

    @Test
    void whatBreaksTheThreadThatDoesItIsTriedLikeTheOthersAndHoldsUpNone() {
        var burnt = Stream.generate(Sender::newId).limit(4).toList();
        for (var id : burnt) {
            var sent = sender().send(id, BREAD.replace("baked", "burnt"));
            assertThat(sent.statusCode()).isEqualTo(200);
            assertThat(status(id)).isEqualTo("failed");
        }
        burnt.forEach(id -> becomes(id, "dead"));
        assertThat(text(burnt.getFirst(), "history -> 0 ->> 'reason'")).contains("The oven burns");
        var id = Sender.newId();
        bakery.failures.put(id, new AtomicInteger(1));
        assertThat(sender().send(id, BREAD).statusCode()).isEqualTo(200);
        becomes(id, "completed");
    }

    @Test
    void whatTakesLongIsAcknowledgedFirstAndDoneOnceAfterwards() {
        var id = Sender.newId();
        var warm = new CountDownLatch(1);
        bakery.warm = warm;
        try {
            assertThat(sender().send(id, BREAD).statusCode()).isEqualTo(200);
            assertThat(status(id)).isEqualTo("pending");
        } finally {
            warm.countDown();
        }
        becomes(id, "completed");
        assertThat(bakery.baked(id)).isEqualTo(1);
    }

    private void refused(String id, int status) {
        assertThat(status).isEqualTo(400);
        assertThat(rows(id)).isZero();
    }

    private int rows(String id) {
        return service.sql("select count(*) from webhook_events where event_id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    /** What is said when it does not is all that is known of it. */
    private void becomes(String id, String status) {
        var known = "concat_ws(' ', status, 'after', tries, 'tries, due', due_at, history)";
        await().untilAsserted(() -> assertThat(text(id, known)).startsWith(status + " "));
    }

    private String status(String id) {
        return text(id, "status");
    }

    private String text(String id, String column) {
        return service.sql("select " + column + " from webhook_events where event_id = :id")
                .param("id", id)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .single();
    }
}
