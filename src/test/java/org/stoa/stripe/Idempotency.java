package org.stoa.stripe;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers given under idempotency keys, kept for a day: the same key with the same parameters
 * has the same answer, whatever it was. Source: docs.stripe.com/api/idempotent_requests.
 */
final class Idempotency {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST = 255;

    /** What was answered first; not there while it is still being worked on. */
    record Answer(int status, String body, String request) {}

    private record Entry(
            String method, String path, String params, Instant at, @Nullable Answer answer) {}

    private final StripeAccount account;
    private final Map<String, Entry> entries = new HashMap<>();

    Idempotency(StripeAccount account) {
        this.account = account;
    }

    /** The answer of before, or nothing: then {@link #end} or {@link #forget} must follow. */
    synchronized @Nullable Answer begin(String key, String method, String path, String params) {
        if (key.length() > LONGEST) {
            throw StripeRefusal.invalid("Idempotency keys can be at most 255 characters long.")
                    .unprocessed();
        }
        var now = account.stripe().now();
        var there = entries.get(key);
        if (there == null || there.at().plus(KEPT).isBefore(now)) {
            entries.put(key, new Entry(method, path, params, now, null));
            return null;
        }
        if (!there.path().equals(path) || !there.method().equals(method)) {
            throw idempotency(
                    400,
                    ("Keys for idempotent requests can only be used for the same endpoint they were"
                                    + " first used for ('%s' vs '%s'). Try using a key other than"
                                    + " '%s' if you meant to execute a different request.")
                            .formatted(path, there.path(), key));
        }
        if (!there.params().equals(params)) {
            throw idempotency(
                    400,
                    ("Keys for idempotent requests can only be used with the same parameters they"
                                    + " were first used with. Try using a key other than '%s' if"
                                    + " you meant to execute a different request.")
                            .formatted(key));
        }
        if (there.answer() == null) {
            throw idempotency(
                            409,
                            "There is currently another in-progress request using this Idempotent"
                                    + " Key. Please try again later.")
                    .code("idempotency_key_in_use");
        }
        return there.answer();
    }

    private static StripeRefusal idempotency(int status, String message) {
        return StripeRefusal.of(status, "idempotency_error", message).unprocessed();
    }

    synchronized boolean isUnderWay(String key) {
        var there = entries.get(key);
        return there != null && there.answer() == null;
    }

    synchronized void end(String key, Answer answer) {
        entries.computeIfPresent(
                key, (k, e) -> new Entry(e.method(), e.path(), e.params(), e.at(), answer));
    }

    /** Nothing was begun under it. */
    synchronized void forget(String key) {
        entries.remove(key);
    }
}
