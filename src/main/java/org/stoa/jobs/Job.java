package org.stoa.jobs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job to hand in with {@link Jobs#enqueue(Job)}.
 *
 * @param due when it may begin; null for at once
 * @param key a second job of the same kind and school with this key is the same job, as long as the
 *     first waits; null for jobs of their own
 * @param organization the school; null for the current caller's
 */
public record Job<P>(
        JobKind<P> kind,
        P payload,
        @Nullable Instant due,
        @Nullable String key,
        @Nullable UUID organization) {
    /** The school whose jobs are the platform's own; none has this id. */
    public static final UUID PLATFORM = new UUID(0, 0);

    /** For the current caller's school, at once. */
    public static <P> Job<P> of(JobKind<P> kind, P payload) {
        return new Job<>(kind, payload, null, null, null);
    }

    public Job<P> at(Instant time) {
        return new Job<>(kind, payload, time, key, organization);
    }

    /**
     * @param once at most 200 characters; it stands in the page of jobs, so no secret
     */
    public Job<P> key(String once) {
        return new Job<>(kind, payload, due, once, organization);
    }

    public Job<P> forSchool(UUID id) {
        return new Job<>(kind, payload, due, key, id);
    }

    /**
     * It belongs to no school: it runs with nobody bound, and reaches the service database alone.
     */
    public Job<P> forThePlatform() {
        return forSchool(PLATFORM);
    }
}
