package org.stoa.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.tenancy.Organization;

/**
 * Somebody who sends webhooks. A module that expects them provides one as a bean; the inbox knows
 * no sender by itself.
 */
public interface WebhookSource {
    /** Its word in the address {@code /api/webhooks/{name}}. */
    String name();

    /**
     * Whether it is reached at this host; elsewhere its address is as if it were not there.
     *
     * @param school null for the platform's own host
     */
    boolean servedAt(@Nullable Organization school);

    /**
     * Holds what came against the sender's signature and reads what it is. Called with the bytes as
     * they were sent, once, before anything is stored; nothing may be written here.
     *
     * @throws Forged when no signature vouches for exactly these bytes at this time
     */
    Announced read(Delivery delivery);

    /**
     * Does what follows, inside the transaction that marks the event as completed: all of it is
     * kept, or none, unless it is done {@linkplain #apart apart}. It is called again for what
     * failed or is replayed, and events come in any order, so the outcome may depend only on what
     * is known by then, not on the way there.
     *
     * @return what came of it, a line for each thing that was written; empty where nothing was to
     *     be done
     */
    List<Effect> apply(StoredEvent event);

    /**
     * Whether its effects are transactions of their own, of a school's bound database: then they
     * come before the one that marks the event as completed, and are done again should that fail.
     */
    default boolean apart() {
        return false;
    }

    /** Whether it knows what to do with this kind; others are stored, shown and left alone. */
    boolean knows(String kind);
}
