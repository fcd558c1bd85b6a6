package org.stoa.catalog;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.SourceRules;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.WallClock;
import org.stoa.tenancy.WallClock.Read;

/**
 * Sets the rules that come in with a course. What course.yaml says of a lesson takes the place of
 * all that was set for it; of what it does not speak, nothing changes.
 */
@Component
class RuleImports {
    private static final String FILE = "course.yaml";

    private final DraftRuleStore store;

    RuleImports(DraftRuleStore store) {
        this.store = store;
    }

    /** What could not be carried over. The course is locked, and its lessons are written. */
    List<Finding> write(UUID course, CourseSource source) {
        var report = new ArrayList<Finding>();
        if (source.lessons().stream().noneMatch(it -> it.rules() != null)) {
            return report;
        }
        var ids = store.lessons(course);
        var waits = store.waits(course);
        var rows = new ArrayList<DraftRuleStore.Row>();
        for (var lesson : source.lessons()) {
            var rules = lesson.rules();
            var id = ids.get(lesson.key());
            if (rules != null && id != null) {
                var after = after(lesson.title(), rules, ids, report);
                after.remove(id);
                rows.add(row(id, lesson.title(), rules, after, report));
                waits.put(id, after);
            }
        }
        store.write(course, withoutCircles(rows, waits, source, ids, report));
        return report;
    }

    private static DraftRuleStore.Row row(
            UUID id, String title, SourceRules rules, Set<UUID> after, List<Finding> report) {
        var opens = moment(rules.opens(), title, report);
        return new DraftRuleStore.Row(
                id,
                rules.hidden(),
                !rules.optional(),
                rules.taste(),
                opens == null ? null : opens.toString(),
                rules.days(),
                List.copyOf(after));
    }

    private static Set<UUID> after(
            String title, SourceRules rules, Map<String, UUID> ids, List<Finding> report) {
        var after = new LinkedHashSet<UUID>();
        for (var key : rules.after()) {
            var id = ids.get(key);
            if (id == null) {
                report.add(warning(say("imports.rules.waitsForNone", title, key)));
            } else {
                after.add(id);
            }
        }
        return after;
    }

    private static List<DraftRuleStore.Row> withoutCircles(
            List<DraftRuleStore.Row> rows,
            Map<UUID, Set<UUID>> waits,
            CourseSource source,
            Map<String, UUID> ids,
            List<Finding> report) {
        var titles = new HashMap<UUID, String>();
        source.lessons()
                .forEach(it -> {
                    var id = ids.get(it.key());
                    if (id != null) {
                        titles.put(id, it.title());
                    }
                });
        var kept = new ArrayList<DraftRuleStore.Row>();
        for (var row : rows) {
            var circle = Circles.through(row.id(), waits);
            if (circle.isEmpty()) {
                kept.add(row);
            } else {
                report.add(
                        warning(
                                say(
                                        "imports.rules.circle",
                                        Circles.said(circle, titles),
                                        Objects.requireNonNull(titles.get(row.id())))));
                waits.put(row.id(), new HashSet<>());
                kept.add(row.openAfterNone());
            }
        }
        return kept;
    }

    /** By the school's clocks, unless an offset says otherwise. */
    static @Nullable Instant moment(String typed, String title, List<Finding> report) {
        if (typed.isEmpty()) {
            return null;
        }
        ZoneId zone = Caller.current().school().timeZone();
        return switch (WallClock.read(typed, zone)) {
            case Read.At(var at) -> at;
            case Read.Twice(var first, var second) -> {
                report.add(warning(say("imports.rules.clocksTwice", typed, title, zone.getId())));
                yield first;
            }
            case Read.Never(var instead) -> {
                report.add(
                        warning(
                                say(
                                        "imports.rules.clocksNever",
                                        typed,
                                        title,
                                        zone.getId(),
                                        WallClock.said(instead))));
                yield instead.atZone(zone).toInstant();
            }
            case Read.Unreadable offset -> OffsetDateTime.parse(typed).toInstant();
        };
    }

    static Finding warning(String message) {
        return Finding.warning(FILE, null, message);
    }
}
