package org.stoa.stripe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stripe on this machine, as far as Stoa needs it: the API at {@link #address()}, the pages that
 * buyers see at {@code /pay/…}, webhooks with signatures. It refuses what the real one refuses.
 * Source: Stripe's API reference, docs.stripe.com/api, in the version of Stripe's own library.
 *
 * <p>An account is there from the first {@link #account} with its secret key; no other key is let
 * in. Time is the given clock's, put forward by {@link #pass}, which also lets happen what becomes
 * due: sessions expire, subscriptions renew. Webhooks are signed at the given clock's own time, so
 * give it the clock of who receives them.
 */
public final class StripeDouble implements AutoCloseable {
    private static final String LETTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final HttpServer server;
    private final Clock clock;
    private final Random random;
    private volatile Duration ahead = Duration.ZERO;
    private final Map<String, StripeAccount> accounts = new ConcurrentHashMap<>();
    private final List<RuntimeException> broken = new CopyOnWriteArrayList<>();

    public StripeDouble() {
        this(Clock.systemUTC(), 0);
    }

    /**
     * @param port 0 for any
     */
    public StripeDouble(Clock clock, int port) {
        this(clock, port, new SecureRandom());
    }

    private StripeDouble(Clock clock, int port, Random random) {
        this.clock = clock;
        this.random = random;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", new ApiServer(this)::handle);
        server.createContext("/pay/", new HostedPages(this)::pay);
        server.createContext("/portal/", new HostedPages(this)::portal);
        server.start();
    }

    /** Where the API is: what stands in the place of https://api.stripe.com. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The account with this secret key ({@code sk_test_…}); made when it is first asked for. */
    public StripeAccount account(String secretKey) {
        return accounts.computeIfAbsent(secretKey, key -> new StripeAccount(this, key));
    }

    @Nullable StripeAccount find(String secretKey) {
        return accounts.get(secretKey);
    }

    Collection<StripeAccount> all() {
        return accounts.values();
    }

    /** Lets this much time pass at once, and happen what becomes due in it. */
    public void pass(Duration time) {
        ahead = ahead.plus(time);
        settle();
    }

    /** Lets happen what has become due by now. */
    public void settle() {
        accounts.values().forEach(account -> account.with(() -> account));
    }

    Instant now() {
        return clock.instant().plus(ahead);
    }

    /** Not put forward by {@link #pass}: who receives a webhook goes by a clock of their own. */
    Instant signingTime() {
        return clock.instant();
    }

    String newId(String prefix, int length) {
        var id = new StringBuilder(prefix);
        for (int i = 0; i < length; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    /** What broke in the double itself; a test that is to be believed finds this empty. */
    public List<RuntimeException> broken() {
        return broken;
    }

    void broke(RuntimeException e) {
        broken.add(e);
    }

    @Override
    public void close() {
        accounts.values().forEach(a -> a.deliveries().close());
        server.stop(0);
    }

    /** {@code main PORT [WEBHOOK-ADDRESS SIGNING-SECRET [SECRET-KEY]]}: for trying by hand. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 12111;
        var key = arguments.length > 3 ? arguments[3] : "sk_test_stoa";
        try (var stripe = new StripeDouble(Clock.systemUTC(), port)) {
            var account = stripe.account(key);
            if (arguments.length > 2) {
                account.endpoint(URI.create(arguments[1]), arguments[2]);
            }
            System.out.println("Stripe's double answers at " + stripe.address() + " to " + key);
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(1000);
                stripe.settle();
            }
        }
    }
}
