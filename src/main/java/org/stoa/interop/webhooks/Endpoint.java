package org.stoa.interop.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address that a school has its webhooks sent to.
 *
 * @param failingSince since when nothing has arrived there; null while it does
 * @param disabledAt since when it is not tried any more; null while it is
 */
public record Endpoint(
        UUID id,
        String url,
        List<String> kinds,
        Instant since,
        @Nullable Instant failingSince,
        @Nullable Instant disabledAt) {}
