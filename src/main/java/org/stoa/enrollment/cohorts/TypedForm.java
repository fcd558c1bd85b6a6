package org.stoa.enrollment.cohorts;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.rules.Ruling;
import org.stoa.catalog.rules.Terms;
import org.stoa.catalog.rules.TypedMoment;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.WallClock;

/** The studio's forms about access, read: dates by the school's clocks, numbers, names. */
final class TypedForm {
    private final Map<String, String> fields;
    private final ZoneId zone;
    private final List<FieldError> errors = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    TypedForm(Map<String, String> fields, ZoneId zone) {
        this.fields = fields;
        this.zone = zone;
    }

    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    @Nullable Instant moment(String field, @Nullable Instant present) {
        return TypedMoment.read(field, text(field), present, zone, errors, notes);
    }

    @Nullable Integer number(String field) {
        var typed = text(field).strip();
        if (typed.isEmpty()) {
            return null;
        }
        if (!typed.matches("[0-9]{1,9}")) {
            errors.add(new FieldError(field, say("rules.number")));
            return null;
        }
        return Integer.valueOf(typed);
    }

    Terms.Wanted terms(Terms present, List<String> first) {
        var wanted =
                new Terms.Wanted(
                        moment("opensAt", present.opensAt()),
                        moment("closesAt", present.closesAt()),
                        number("capacity"),
                        first);
        refuse();
        return wanted;
    }

    /** Of a new cohort where there is none present. */
    Cohort.Wanted cohort(@Nullable Cohort present, List<Ruling> lessons) {
        var calendar = new HashMap<UUID, Instant>();
        for (var lesson : lessons) {
            var now = present == null ? null : present.calendar().get(lesson.lesson());
            var at = moment("calendar." + lesson.lesson(), now);
            if (at != null) {
                calendar.put(lesson.lesson(), at);
            }
        }
        var wanted =
                new Cohort.Wanted(
                        text("name"),
                        moment("startsAt", present == null ? null : present.startsAt()),
                        !text("joinable").isEmpty(),
                        number("capacity"),
                        calendar);
        refuse();
        return wanted;
    }

    /** What whoever typed it should know; empty for nothing. */
    String notes() {
        return String.join(" ", notes);
    }

    private void refuse() {
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
    }

    static Map<String, String> of(Terms terms, ZoneId zone) {
        var values = new HashMap<String, String>();
        put(values, "opensAt", terms.opensAt(), zone);
        put(values, "closesAt", terms.closesAt(), zone);
        values.put("capacity", terms.capacity() == null ? "" : terms.capacity().toString());
        values.put(
                "first", String.join(" ", terms.first().stream().map(Terms.Before::slug).toList()));
        return values;
    }

    static Map<String, String> of(Cohort cohort, ZoneId zone) {
        var values = new HashMap<String, String>();
        values.put("name", cohort.name());
        put(values, "startsAt", cohort.startsAt(), zone);
        values.put("joinable", cohort.joinable() ? "yes" : "");
        values.put("capacity", cohort.capacity() == null ? "" : cohort.capacity().toString());
        cohort.calendar().forEach((lesson, at) -> put(values, "calendar." + lesson, at, zone));
        return values;
    }

    private static void put(
            Map<String, String> values, String field, @Nullable Instant at, ZoneId zone) {
        values.put(field, at == null ? "" : WallClock.typed(at, zone));
    }
}
