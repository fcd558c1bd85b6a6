package org.stoa.stripe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How the next calls of an account fail, and how slow all are. */
public final class Faults {
    /** What goes wrong. */
    public enum Fault {
        /** 402: the card is declined. Nothing was done; the answer is kept under the key. */
        CARD_ERROR,
        /** 403: a restricted key may not do this. The key of the call stays free. */
        FORBIDDEN,
        /** 429 before anything was begun: the key stays free. */
        RATE_LIMIT,
        /** 500, nothing was done; the answer is kept under the key, as Stripe does. */
        API_ERROR,
        /** 503 before anything was begun: the key stays free. */
        UNAVAILABLE,
        /** No answer for as long as {@link #silence} says, then the end; nothing was done. */
        TIMEOUT,
        /** As always, after as long as {@link #silence} says. */
        SLOW,
        /** It was done, and no answer comes for as long as {@link #silence} says. */
        TIMEOUT_AFTER,
        /** The connection breaks before anything was done. */
        CUT_BEFORE,
        /** It was done, and the connection breaks. */
        CUT_AFTER
    }

    private record Planned(Fault fault, Predicate<String> calls) {}

    private final Deque<Planned> planned = new ArrayDeque<>();
    private volatile Duration slow = Duration.ZERO;
    private volatile Duration silence = Duration.ofSeconds(90);

    /** The next so many calls fail so, whichever they are. */
    public void fail(int calls, Fault fault) {
        fail(calls, fault, call -> true);
    }

    /** The same of calls like {@code POST /v1/refunds} alone. */
    public synchronized void fail(int calls, Fault fault, Predicate<String> which) {
        for (int i = 0; i < calls; i++) {
            planned.add(new Planned(fault, which));
        }
    }

    /** Every call takes at least this long. */
    public void slow(Duration each) {
        slow = each;
    }

    /** How long a {@link Fault#TIMEOUT} holds the line. */
    public void silence(Duration time) {
        silence = time;
    }

    /** Nothing fails any more. */
    public synchronized void mend() {
        planned.clear();
        slow = Duration.ZERO;
    }

    synchronized @Nullable Fault next(String call) {
        for (var all = planned.iterator(); all.hasNext(); ) {
            var one = all.next();
            if (one.calls().test(call)) {
                all.remove();
                return one.fault();
            }
        }
        return null;
    }

    void drag() throws InterruptedException {
        Thread.sleep(slow);
    }

    void beSilent() throws InterruptedException {
        Thread.sleep(silence);
    }

    static @Nullable StripeRefusal refusal(@Nullable Fault fault) {
        if (fault == null) {
            return null;
        }
        return switch (fault) {
            case CARD_ERROR -> Card.DECLINED.refusal();
            case FORBIDDEN ->
                    StripeRefusal.of(
                                    403,
                                    "invalid_request_error",
                                    "The provided key 'rk_test_*********' does not have the required"
                                            + " permissions for this endpoint.")
                            .unprocessed();
            case RATE_LIMIT ->
                    StripeRefusal.of(
                                    429,
                                    "invalid_request_error",
                                    "Request rate limit exceeded. Learn more about rate limits here"
                                            + " https://stripe.com/docs/rate-limits.")
                            .code("rate_limit")
                            .unprocessed();
            case API_ERROR ->
                    StripeRefusal.of(
                            500,
                            "api_error",
                            "Sorry! There was an error while talking to one of our backends.");
            case UNAVAILABLE ->
                    StripeRefusal.of(503, "api_error", "Stripe is not available at the moment.")
                            .unprocessed();
            default -> null;
        };
    }
}
