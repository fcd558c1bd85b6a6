package org.stoa.web.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Token buckets by name, kept in this process; one that nobody asked for in a while is full again.
 */
@Component
public class RateLimits {
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(200_000)
                    .expireAfterAccess(Duration.ofHours(1))
                    .build();

    RateLimits(Clock clock) {
        this.time =
                new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return clock.millis() * 1_000_000;
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return true;
                    }
                };
    }

    /**
     * A rule: so many in so long, refilled evenly.
     *
     * @param name what is counted, one word, as in the RateLimit headers
     */
    public record Rule(String name, long most, Duration in) {}

    /**
     * What came of asking.
     *
     * @param remaining how many are left
     * @param retryAfter how long until one more is; zero when this one was granted
     */
    public record Answer(Rule rule, boolean granted, long remaining, Duration retryAfter) {}

    /** Takes one, if there is one. */
    public Answer take(Rule rule, String who) {
        var probe = bucket(rule, who).tryConsumeAndReturnRemaining(1);
        return new Answer(
                rule,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill()));
    }

    /** Whether one is left, taking none. */
    public Answer look(Rule rule, String who) {
        var probe = bucket(rule, who).estimateAbilityToConsume(1);
        return new Answer(
                rule,
                probe.canBeConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Makes it full again, as after a sign-in that succeeded. */
    public void reset(Rule rule, String who) {
        buckets.invalidate(rule.name() + " " + who);
    }

    private Bucket bucket(Rule rule, String who) {
        return buckets.get(
                rule.name() + " " + who,
                key ->
                        Bucket.builder()
                                .addLimit(limit ->
                                        limit.capacity(rule.most())
                                                .refillGreedy(rule.most(), rule.in()))
                                .withCustomTimePrecision(time)
                                .build());
    }
}
