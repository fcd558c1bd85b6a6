package org.stoa.stripe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an account's events get to its webhook endpoints: at once and again until a 2xx, unless a
 * test holds, forgets, repeats, delays or mixes them.
 */
public final class Deliveries {
    private static final int TRIES = 300;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private record Delivery(ObjectNode event, String endpoint, String url, int tries) {}

    private final StripeAccount account;
    private final Map<String, List<String>> secrets = new ConcurrentHashMap<>();
    private final ScheduledExecutorService schedule =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("stripe-webhooks").factory());
    private final Semaphore atOnce = new Semaphore(16);
    private final List<Delivery> held = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private Random random = new Random(1);
    private Predicate<String> forget = type -> false;
    private double forgotShare;
    private double repeated;
    private Duration delay = Duration.ZERO;
    private Duration mixed = Duration.ZERO;
    private Duration retryAfter = Duration.ofMillis(100);
    private boolean holding;
    private int open;
    private long delivered;
    private long refused;

    Deliveries(StripeAccount account) {
        this.account = account;
    }

    /** What is random from here on comes of this. */
    public synchronized Deliveries seed(long seed) {
        random = new Random(seed);
        return this;
    }

    /** Nothing is sent until {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    /** How many deliveries are held. */
    public synchronized int held() {
        return held.size();
    }

    /** What was held is sent, in its order. */
    public synchronized void release() {
        holding = false;
        held.forEach(one -> start(one, Duration.ZERO));
        held.clear();
    }

    /** What was held is sent, in some other order. */
    public synchronized void releaseMixed() {
        Collections.shuffle(held, random);
        release();
    }

    /** This share of the events from now on is never sent; Stripe's list of events has them. */
    public synchronized void forget(double share) {
        forgotShare = share;
    }

    /** Events of these types are never sent from now on. */
    public synchronized void forget(Predicate<String> types) {
        forget = types;
    }

    /** The ids of the events that were never sent. */
    public synchronized List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    /** This share of the deliveries comes a second time. */
    public synchronized void repeat(double share) {
        repeated = share;
    }

    /** Every delivery waits so long. */
    public synchronized void delay(Duration each) {
        delay = each;
    }

    /** Every delivery waits for some time up to this, so that they overtake each other. */
    public synchronized void mix(Duration most) {
        mixed = most;
    }

    /** The first retry comes so soon, each later one after twice as long, up to five seconds. */
    public synchronized void retryAfter(Duration first) {
        retryAfter = first;
    }

    /** Sends an event once more, whether it was sent or not. */
    public void resend(String event) {
        account.with(() -> {
            sendTo(account.require("event", event, "id"));
            return true;
        });
    }

    /** Waits until everything that will be sent was answered with 2xx. */
    public synchronized void await(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (open > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException(open + " events are still to be delivered");
            }
            wait(left);
        }
    }

    /** How many deliveries were answered with 2xx. */
    public synchronized long delivered() {
        return delivered;
    }

    /** How many tries were not. */
    public synchronized long refused() {
        return refused;
    }

    void secret(String endpoint, List<String> signing) {
        secrets.put(endpoint, signing);
    }

    List<String> secrets(String endpoint) {
        return secrets.getOrDefault(endpoint, List.of());
    }

    /** Called with the account's lock held. */
    void send(ObjectNode event) {
        var wanting = Endpoints.wanting(account, event);
        event.put("pending_webhooks", wanting.size());
        synchronized (this) {
            if (!wanting.isEmpty()
                    && (forget.test(Json.text(event, "type"))
                            || random.nextDouble() < forgotShare)) {
                forgotten.add(Json.id(event));
                return;
            }
        }
        sendTo(event);
    }

    private void sendTo(ObjectNode event) {
        Endpoints.wanting(account, event)
                .forEach((endpoint, url) -> add(new Delivery(event, endpoint, url, 0)));
    }

    private synchronized void add(Delivery one) {
        open++;
        if (holding) {
            held.add(one);
            return;
        }
        long wait = delay.toMillis() + (long) (random.nextDouble() * mixed.toMillis());
        start(one, Duration.ofMillis(wait));
    }

    private void start(Delivery one, Duration after) {
        if (!schedule.isShutdown()) {
            schedule.schedule(
                    () -> Thread.ofVirtual().start(() -> attempt(one)),
                    after.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void attempt(Delivery one) {
        int status = 0;
        try {
            atOnce.acquire();
            try {
                status =
                        WebhookSender.send(
                                one.url(), payload(one), secrets(one.endpoint()), account);
            } finally {
                atOnce.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (status / 100 == 2) {
            account.with(() ->
                    one.event()
                            .put(
                                    "pending_webhooks",
                                    Math.max(0, Json.number(one.event(), "pending_webhooks") - 1)));
        }
        answered(one, status / 100 == 2);
    }

    private synchronized void answered(Delivery one, boolean taken) {
        if (taken) {
            delivered++;
            if (repeated > 0 && random.nextDouble() < repeated) {
                start(one, retryAfter);
                return;
            }
        } else {
            refused++;
            if (one.tries() < TRIES && !schedule.isShutdown()) {
                var next = new Delivery(one.event(), one.endpoint(), one.url(), one.tries() + 1);
                var wait = retryAfter.multipliedBy(1L << Math.min(one.tries(), 16));
                start(next, wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
                return;
            }
        }
        open--;
        notifyAll();
    }

    private String payload(Delivery one) {
        return account.with(
                () -> Json.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(one.event()));
    }

    void close() {
        schedule.shutdownNow();
    }
}
