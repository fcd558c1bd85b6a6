package org.stoa.catalog;

import static org.stoa.shared.Words.say;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Finds what would wait for itself. */
public final class Circles {
    private Circles() {}

    /**
     * A shortest way from a thing through what it waits for back to itself, both ends the thing; or
     * empty where there is none.
     *
     * @param waits what each waits for
     */
    public static List<UUID> through(UUID thing, Map<UUID, Set<UUID>> waits) {
        var from = new HashMap<UUID, UUID>();
        var open = new ArrayDeque<UUID>();
        open.add(thing);
        while (!open.isEmpty()) {
            var at = open.remove();
            for (var before : waits.getOrDefault(at, Set.of())) {
                if (before.equals(thing)) {
                    return way(thing, at, from);
                }
                if (from.putIfAbsent(before, at) == null) {
                    open.add(before);
                }
            }
        }
        return List.of();
    }

    private static List<UUID> way(UUID thing, UUID last, Map<UUID, UUID> from) {
        var way = new ArrayList<UUID>();
        way.add(thing);
        for (var at = last; !at.equals(thing); at = from.getOrDefault(at, thing)) {
            way.add(at);
        }
        way.add(thing);
        return way.reversed();
    }

    /** {@code “A” waits for “B”, and “B” waits for “A”}. */
    public static String said(List<UUID> circle, Map<UUID, String> titles) {
        var links = new ArrayList<String>();
        for (int i = 0; i + 1 < circle.size(); i++) {
            links.add(
                    say(
                            "rules.waits",
                            titles.getOrDefault(circle.get(i), "?"),
                            titles.getOrDefault(circle.get(i + 1), "?")));
        }
        return links.stream().reduce((one, next) -> say("rules.waitsAnd", one, next)).orElse("");
    }
}
