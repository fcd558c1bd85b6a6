package org.stoa.stripe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All objects of one kind in an account, oldest first. */
final class Shelf {
    private final List<ObjectNode> inOrder = new ArrayList<>();
    private final Map<String, ObjectNode> byId = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();

    void add(ObjectNode one) {
        places.put(Json.id(one), inOrder.size());
        inOrder.add(one);
        byId.put(Json.id(one), one);
    }

    @Nullable ObjectNode find(String id) {
        return byId.get(id);
    }

    /** Gone from what can be found; its place in the order stays. */
    void remove(String id) {
        byId.remove(id);
    }

    int place(String id) {
        return places.getOrDefault(id, -1);
    }

    int size() {
        return inOrder.size();
    }

    /** The one at this place, or nothing where it was removed. */
    @Nullable ObjectNode at(int place) {
        return byId.get(Json.id(inOrder.get(place)));
    }

    List<ObjectNode> all() {
        return inOrder.stream().filter(one -> byId.containsKey(Json.id(one))).toList();
    }
}
