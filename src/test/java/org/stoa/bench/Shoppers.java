package org.stoa.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.stoa.commerce.Shop;
import org.stoa.stripe.Attempt;
import org.stoa.stripe.Card;
import org.stoa.stripe.StripeAccount;
import tools.jackson.databind.json.JsonMapper;

/**
 * People who buy a course each, in all the ways that go wrong elsewhere: in two tabs, clicking
 * again after having paid, with a card that is declined first, coming back or not. Some get their
 * money back, from the school or at Stripe, some dispute. Whatever is answered by nobody they try
 * again, as people do.
 */
final class Shoppers {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int AT_ONCE = 24;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final ShopField field;
    private final Shop shop;
    private final StripeAccount account;
    private final List<String> courses;
    private final long seed;
    private final Map<String, Integer> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();

    Shoppers(ShopField field, Shop shop, StripeAccount account, List<String> courses, long seed) {
        this.field = field;
        this.shop = shop;
        this.account = account;
        this.courses = courses;
        this.seed = seed;
    }

    /** What becomes of the purchase of somebody in the end. */
    private enum Fate {
        KEPT,
        ABANDONED,
        RETURNED,
        PART_RETURNED,
        RETURNED_AT_STRIPE,
        DISPUTED
    }

    /** Who led whom to a checkout, by its session. */
    Map<String, Integer> sessions() {
        return sessions;
    }

    String course(int buyer) {
        return courses.get(buyer % courses.size());
    }

    int done() {
        return done.get();
    }

    /** All of these buy, some at a time; ends when the last of them has. */
    void buy(int first, int end) throws Exception {
        var all = new ArrayList<Callable<Void>>();
        for (int i = first; i < end; i++) {
            int buyer = i;
            all.add(() -> {
                live(buyer);
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(all)) {
                one.get();
            }
        }
    }

    /** So many are led to the checkout, and when the last of them is, all pay at once. */
    void rush(int many) throws Exception {
        var paying = new ArrayList<Callable<Void>>();
        var session = new ConcurrentHashMap<Integer, String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clicks = new ArrayList<Callable<Void>>();
            for (int i = 0; i < many; i++) {
                int buyer = i;
                clicks.add(() -> {
                    session.put(buyer, click(buyer));
                    return null;
                });
                paying.add(() -> {
                    var mine = session.getOrDefault(buyer, "");
                    pay(Set.of(mine), false);
                    if (buyer % 2 == 0) {
                        comeBack(buyer, account.object(mine).path("success_url").asString());
                    }
                    return null;
                });
            }
            for (var one : threads.invokeAll(clicks)) {
                one.get();
            }
            for (var one : threads.invokeAll(paying)) {
                one.get();
            }
        }
    }

    private void live(int buyer) throws Exception {
        var random = new Random(seed * 1_000_003 + buyer);
        var fate = fate(buyer, random);
        String paid;
        turns.acquire();
        try {
            paid = purchase(buyer, fate, random);
        } finally {
            turns.release();
            done.incrementAndGet();
        }
        if (!paid.isEmpty()) {
            meet(fate, paid);
        }
    }

    /** Each point at which a server is killed must be come by, in every twenty of them. */
    private static Fate fate(int buyer, Random random) {
        int chance = random.nextInt(100);
        return buyer % 20 == 4
                ? Fate.RETURNED
                : chance < 4
                        ? Fate.ABANDONED
                        : chance < 6
                                ? Fate.PART_RETURNED
                                : chance < 8
                                        ? Fate.RETURNED_AT_STRIPE
                                        : chance < 9 ? Fate.DISPUTED : Fate.KEPT;
    }

    /** The session that was paid; empty where none was. */
    private String purchase(int buyer, Fate fate, Random random) throws Exception {
        var found = new HashSet<String>();
        boolean twoTabs = random.nextInt(100) < 15;
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            var other = twoTabs ? tabs.submit(() -> click(buyer)) : null;
            found.add(click(buyer));
            if (other != null) {
                found.add(other.get());
            }
        }
        if (fate == Fate.ABANDONED) {
            return "";
        }
        var paid = pay(found, random.nextInt(100) < 3);
        if (random.nextInt(100) < 40) {
            comeBack(buyer, account.object(paid).path("success_url").asString());
        }
        if (random.nextInt(100) < 20) {
            // Whoever is led to another checkout now pays that as well.
            var again = click(buyer);
            if (!again.isEmpty()) {
                pay(Set.of(again), false);
            }
        }
        return paid;
    }

    /** The checkout session that they are led to; empty where there is nothing to be paid. */
    private String click(int buyer) throws InterruptedException {
        var path = "/api/v1/courses/" + course(buyer) + "/enrollments";
        return until(() -> {
            var answer = call("POST", path, token(shop.host, buyer), "");
            if (answer.statusCode() / 100 == 2) {
                return "";
            }
            if (answer.statusCode() != 402) {
                return null;
            }
            var url = JSON.readTree(answer.body()).path("checkoutUrl").asString("");
            if (!url.contains("/pay/cs_")) {
                return "";
            }
            var session = url.substring(url.lastIndexOf('/') + 1);
            sessions.put(session, buyer);
            return session;
        });
    }

    /** Pays every page that is open; two that are would be two charges. */
    private String pay(Set<String> found, boolean declinedFirst) {
        var paid = "";
        for (var session : found) {
            if (session.isEmpty()) {
                continue;
            }
            if (declinedFirst) {
                account.buyer().pay(session, Card.DECLINED);
            }
            var attempt = account.buyer().pay(session);
            if (attempt instanceof Attempt.Done || paid.isEmpty()) {
                paid = session;
            }
        }
        return paid;
    }

    private void comeBack(int buyer, String address) throws InterruptedException {
        var path = URI.create(address).getPath();
        until(() ->
                call("GET", path, token(shop.host, buyer), "").statusCode() < 400 ? "back" : null);
    }

    private void meet(Fate fate, String session) throws InterruptedException {
        var payment = account.object(session).path("payment_intent").asString("");
        if (payment.isEmpty()) {
            return;
        }
        switch (fate) {
            case RETURNED -> giveBack(session, payment, "{}");
            case PART_RETURNED -> giveBack(session, payment, "{\"amount\":1000}");
            case RETURNED_AT_STRIPE -> account.dashboard().refund(payment, null);
            case DISPUTED -> account.dashboard().dispute(payment);
            default -> {}
        }
    }

    /** The school gives money back, once it knows that it has it. */
    private void giveBack(String session, String payment, String body) throws InterruptedException {
        var order = account.object(session).at("/metadata/stoa_order").asString();
        var charge = account.object(payment).path("latest_charge").asString();
        until(() ->
                // A first wish may have been taken whose answer was lost.
                account.object(charge).path("amount_refunded").asLong() > 0
                                || call(
                                                        "POST",
                                                        "/api/v1/orders/" + order + "/refunds",
                                                        shop.owner,
                                                        body)
                                                .statusCode()
                                        == 202
                        ? "given"
                        : null);
    }

    /** Something that may be tried again; null where nothing came of it. */
    private interface Try {
        @org.jspecify.annotations.Nullable
        String once() throws IOException, InterruptedException;
    }

    private static String until(Try wish) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                var answer = wish.once();
                if (answer != null) {
                    return answer;
                }
            } catch (IOException broken) {
                // They click again.
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
        throw new IllegalStateException("Somebody was not answered for " + PATIENCE);
    }

    private HttpResponse<String> call(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + field.port() + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Host", shop.host + ".localhost:" + field.port())
                        .header(
                                "Accept",
                                path.startsWith("/api") ? "application/json" : "text/html")
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    static String token(String school, int buyer) {
        return school + "-shopper-" + buyer;
    }
}
