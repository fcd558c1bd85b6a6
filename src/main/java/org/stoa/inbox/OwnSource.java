package org.stoa.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.tenancy.Organization;
import tools.jackson.databind.json.JsonMapper;

/** A source that a school added itself; nothing follows from what it sends. */
record OwnSource(String name, List<String> secrets, JsonMapper json) implements WebhookSource {
    @Override
    public boolean servedAt(@Nullable Organization school) {
        return school != null;
    }

    @Override
    public Announced read(Delivery delivery) {
        return SignedDelivery.verify(delivery, secrets, json);
    }

    @Override
    public List<Effect> apply(StoredEvent event) {
        return List.of();
    }

    @Override
    public boolean knows(String kind) {
        return false;
    }
}
