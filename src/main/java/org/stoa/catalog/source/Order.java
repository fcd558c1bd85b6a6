package org.stoa.catalog.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of what a folder holds: by the weight it declares, then as the folder's introduction
 * (or the nearest above that names any of it) links to it, then by number, then by name.
 */
final class Order {
    private static final int UNLINKED = Integer.MAX_VALUE;

    private final Map<String, Page> introductions;

    Order(Map<String, Page> introductions) {
        this.introductions = introductions;
    }

    List<String> of(String folder, Map<String, @Nullable Double> items) {
        Map<String, Integer> ranks = ranks(folder, items);
        Comparator<String> byWeight = Comparator.comparingDouble(item -> weight(items.get(item)));
        List<String> ordered = new ArrayList<>(items.keySet());
        ordered.sort(
                byWeight.thenComparingInt(item -> ranks.getOrDefault(item, UNLINKED))
                        .thenComparing(Names.NATURAL));
        return ordered;
    }

    private static double weight(@Nullable Double declared) {
        return declared == null ? Double.MAX_VALUE : declared;
    }

    private Map<String, Integer> ranks(String folder, Map<String, @Nullable Double> items) {
        for (String at = folder; ; at = Names.folder(at)) {
            Page introduction = introductions.get(at);
            if (introduction != null) {
                Map<String, Integer> ranks = ranks(introduction, items);
                if (!ranks.isEmpty()) {
                    return ranks;
                }
            }
            if (at.isEmpty()) {
                return Map.of();
            }
        }
    }

    private static Map<String, Integer> ranks(
            Page introduction, Map<String, @Nullable Double> items) {
        Map<String, Integer> ranks = new HashMap<>();
        for (Page.Reference reference : introduction.references()) {
            for (String at = reference.target(); !at.isEmpty(); at = Names.folder(at)) {
                if (items.containsKey(at)) {
                    ranks.putIfAbsent(at, ranks.size());
                    break;
                }
            }
        }
        // A remark like "see chapter 3 first" is not a table of contents.
        boolean inPassing = ranks.size() * 2 < items.size();
        return inPassing && items.keySet().stream().allMatch(Names::numbered) ? Map.of() : ranks;
    }
}
