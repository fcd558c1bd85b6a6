package org.stoa.stripe;

import tools.jackson.databind.node.ObjectNode;

/** What an event calls {@code previous_attributes}. */
final class Changes {
    private Changes() {}

    static ObjectNode of(ObjectNode before, ObjectNode after) {
        var changed = Json.object();
        before.properties()
                .forEach(e -> {
                    if (!e.getValue().equals(after.get(e.getKey()))) {
                        changed.set(e.getKey(), e.getValue());
                    }
                });
        return changed;
    }
}
