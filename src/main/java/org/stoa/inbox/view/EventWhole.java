package org.stoa.inbox.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stoa.inbox.Effect;

/**
 * All that is known of an event.
 *
 * @param occurredAt when it happened at the sender's
 * @param headers those that were signed, without their signatures
 * @param payload as it is shown: JSON set in lines, what looks like a secret masked; null when it
 *     is not kept any more
 */
public record EventWhole(
        EventLine line,
        Instant occurredAt,
        @Nullable Instant completedAt,
        Map<String, String> headers,
        @Nullable String payload,
        List<Effect> effects,
        List<Try> history) {
    /**
     * One try, or somebody's word that it be tried again.
     *
     * @param outcome {@code completed}, {@code failed}, {@code dead} or {@code replayed}
     * @param reason why it was in vain; empty where it was not
     */
    public record Try(Instant at, String outcome, String reason, long millis) {}
}
