package org.stoa.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.stoa.catalog.Difference.Kind;

/**
 * A course by its titles and their order, released or not, so that two states of it can be held
 * against each other.
 *
 * @param about what it says of itself, by name
 * @param parts its modules; those without a lesson are left out, as learners would not see them
 */
public record CourseShape(Map<String, String> about, List<Part> parts) {
    /** A module. */
    public record Part(String title, List<Item> items) {}

    /** A lesson. */
    public record Item(UUID id, String title) {}

    public CourseShape {
        parts = parts.stream().filter(it -> !it.items().isEmpty()).toList();
    }

    /** As it was released. */
    public static CourseShape of(ReleaseDocument document) {
        return new CourseShape(
                about(
                        document.title(),
                        document.summary(),
                        document.category(),
                        document.tags(),
                        document.level(),
                        document.language(),
                        document.outcomes()),
                document.modules().stream()
                        .map(it ->
                                new Part(
                                        it.title(),
                                        it.lessons().stream()
                                                .map(l -> new Item(l.id(), l.title()))
                                                .toList()))
                        .toList());
    }

    /** What a course says of itself, in the order in which pages show it. */
    public static Map<String, String> about(
            String title,
            String summary,
            String category,
            List<String> tags,
            String level,
            String language,
            List<String> outcomes) {
        var about = new LinkedHashMap<String, String>();
        about.put("title", title);
        about.put("summary", summary);
        about.put("category", category);
        about.put("tags", String.join(", ", tags));
        about.put("level", level);
        about.put("language", language);
        about.put("outcomes", String.join("\n", outcomes));
        return about;
    }

    /**
     * What learners of the state before would find changed in this one: the course first, then its
     * lessons in their new order, then what is gone.
     *
     * @param rewritten whether a lesson of both says something else now
     * @param elsewhere whether a lesson of both stands in another module now
     */
    public List<Difference> since(
            CourseShape before, Predicate<UUID> rewritten, Predicate<UUID> elsewhere) {
        var found = new ArrayList<Difference>();
        about.forEach((name, now) -> {
            var was = before.about.getOrDefault(name, "");
            if (!was.equals(now)) {
                found.add(new Difference(Kind.ABOUT, null, name, name.equals("title") ? was : ""));
            }
        });
        var known = before.titles();
        var stayed = stayed(known.keySet(), elsewhere);
        for (var part : parts) {
            renamed(part, before, stayed, found);
            for (var item : part.items()) {
                lesson(item, known, stayed, rewritten, found);
            }
        }
        var present = titles().keySet();
        known.forEach((id, title) -> {
            if (!present.contains(id)) {
                found.add(new Difference(Kind.REMOVED, id, title, ""));
            }
        });
        return List.copyOf(found);
    }

    private static void lesson(
            Item item,
            Map<UUID, String> known,
            Set<UUID> stayed,
            Predicate<UUID> rewritten,
            List<Difference> found) {
        var was = known.get(item.id());
        if (was == null) {
            found.add(new Difference(Kind.ADDED, item.id(), item.title(), ""));
            return;
        }
        if (!was.equals(item.title())) {
            found.add(new Difference(Kind.CHANGED, item.id(), item.title(), was));
        } else if (rewritten.test(item.id())) {
            found.add(new Difference(Kind.CHANGED, item.id(), item.title(), ""));
        }
        if (!stayed.contains(item.id())) {
            found.add(new Difference(Kind.MOVED, item.id(), item.title(), ""));
        }
    }

    /** A module is known again by a lesson that stayed in it. */
    private static void renamed(
            Part part, CourseShape before, Set<UUID> stayed, List<Difference> found) {
        for (var item : part.items()) {
            if (stayed.contains(item.id())) {
                before.parts.stream()
                        .filter(it -> it.items().stream().anyMatch(i -> i.id().equals(item.id())))
                        .filter(it -> !it.title().equals(part.title()))
                        .forEach(it ->
                                found.add(
                                        new Difference(
                                                Kind.RENAMED, null, part.title(), it.title())));
                return;
            }
        }
    }

    /** The lessons of both that need not have been moved: the longest run in the order before. */
    private Set<UUID> stayed(Set<UUID> known, Predicate<UUID> elsewhere) {
        var place = new HashMap<UUID, Integer>();
        known.forEach(id -> place.put(id, place.size()));
        var order =
                titles().keySet().stream()
                        .filter(id -> known.contains(id) && !elsewhere.test(id))
                        .toList();
        // Patience: the last place of the best run of each length, and what came before each.
        var tops = new ArrayList<Integer>();
        var previous = new int[order.size()];
        for (int i = 0; i < order.size(); i++) {
            int at = place.getOrDefault(order.get(i), 0);
            int low = 0;
            int high = tops.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (place.getOrDefault(order.get(tops.get(middle)), 0) < at) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            previous[i] = low == 0 ? -1 : tops.get(low - 1);
            if (low == tops.size()) {
                tops.add(i);
            } else {
                tops.set(low, i);
            }
        }
        var stayed = new HashSet<UUID>();
        for (int i = tops.isEmpty() ? -1 : tops.getLast(); i >= 0; i = previous[i]) {
            stayed.add(order.get(i));
        }
        return stayed;
    }

    /** In the course's order. */
    private Map<UUID, String> titles() {
        var titles = new LinkedHashMap<UUID, String>();
        parts.forEach(part -> part.items().forEach(it -> titles.put(it.id(), it.title())));
        return titles;
    }
}
