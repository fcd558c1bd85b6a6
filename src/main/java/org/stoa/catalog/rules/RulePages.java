package org.stoa.catalog.rules;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.LessonRules;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStaff;
import org.stoa.catalog.people.StaffWho;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.WallClock;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where teachers set when a lesson opens, and to whom. */
@Controller
public class RulePages {
    private final LessonRulings rulings;
    private final CourseStaff staff;
    private final Shells shells;

    RulePages(LessonRulings rulings, CourseStaff staff, Shells shells) {
        this.rulings = rulings;
        this.staff = staff;
        this.shells = shells;
    }

    /**
     * {@code studio/rules}; posts {@code hidden}, {@code optional}, {@code taste}, {@code opensAt},
     * {@code opensAfterDays}, {@code after} and the {@code version} seen to its own address.
     *
     * @param form the fields as they are, or as they were typed and refused; {@code after} holds
     *     ids, a space between them
     * @param zone by whose clocks the date is meant
     * @param notice what was just done and what to know about it; empty on a plain visit
     * @param closed why the reader only reads it; empty where they may settle it
     */
    public record RulesView(
            String course, Ruling ruling, Form form, String zone, String notice, String closed) {
        public boolean on(String field) {
            return !form.value(field).isEmpty();
        }

        public boolean after(UUID lesson) {
            return form.value("after").contains(lesson.toString());
        }

        /** Those it could wait for: the lessons of the outline, and what it waits for already. */
        public List<Ruling.Other> choices() {
            return ruling.others().stream()
                    .filter(it -> !it.id().equals(ruling.lesson()))
                    .filter(it -> !it.binned() || after(it.id()))
                    .toList();
        }
    }

    @GetMapping("/studio/{course}/lessons/{id}/rules")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page rules(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String saved,
            HttpServletRequest request) {
        var ruling = rulings.of(course, id);
        var notice = saved.isEmpty() ? "" : say("rules.kept");
        if (saved.equals("first")) {
            notice = notice + " " + say("rules.twice");
        }
        return page(course, ruling, Form.filled(values(ruling)), notice, request);
    }

    @PostMapping("/studio/{course}/lessons/{id}/rules")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Object write(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam Map<String, String> typed,
            @RequestParam(name = "after", defaultValue = "") List<UUID> after,
            HttpServletRequest request) {
        var present = rulings.of(course, id);
        var values = typedValues(typed, after);
        var notes = new ArrayList<String>();
        try {
            var wanted = rules(values, present, after, notes);
            boolean hidden = !values.getOrDefault("hidden", "").isEmpty();
            return switch (rulings.write(course, id, version, hidden, wanted)) {
                case Ruling.Written.Kept kept ->
                        seeOther(
                                address(course, id)
                                        + (notes.isEmpty() ? "?saved=yes" : "?saved=first"));
                case Ruling.Written.Overtaken(var theirs) ->
                        page(course, theirs, overtaken(values), "", request)
                                .with(HttpStatus.CONFLICT);
            };
        } catch (Problem.Invalid wrong) {
            return page(course, present, Form.refused(values, wrong.errors()), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /** The buttons under the outline, for the lessons that are selected. */
    @PostMapping("/studio/{course}/outline/rules")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    ResponseEntity<Void> all(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(name = "lesson", defaultValue = "") List<UUID> selected) {
        var bulk = bulk(rule);
        if (!selected.isEmpty()) {
            rulings.all(course, new HashSet<>(selected), bulk);
        }
        return seeOther(
                "/studio/" + course + (selected.isEmpty() ? "" : "#l-" + selected.getFirst()));
    }

    private static LessonRulings.Bulk bulk(String word) {
        try {
            return LessonRulings.Bulk.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw new Problem.Invalid("rule", say("rules.chooseWhat"));
        }
    }

    private static Map<String, String> typedValues(Map<String, String> typed, List<UUID> after) {
        var values = new HashMap<String, String>();
        for (var field : List.of("hidden", "optional", "taste", "opensAt", "opensAfterDays")) {
            values.put(field, typed.getOrDefault(field, ""));
        }
        values.put("after", after.stream().map(UUID::toString).collect(Collectors.joining(" ")));
        return values;
    }

    private static LessonRules rules(
            Map<String, String> values, Ruling present, List<UUID> after, List<String> notes) {
        var errors = new ArrayList<FieldError>();
        var at =
                TypedMoment.read(
                        "opensAt",
                        values.getOrDefault("opensAt", ""),
                        present.rules().opensAt(),
                        Caller.current().school().timeZone(),
                        errors,
                        notes);
        var days = days(values.getOrDefault("opensAfterDays", "").strip(), errors);
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        return new LessonRules(
                values.getOrDefault("optional", "").isEmpty(),
                !values.getOrDefault("taste", "").isEmpty(),
                at,
                days,
                after);
    }

    private static @Nullable Integer days(String typed, List<FieldError> errors) {
        if (typed.isEmpty()) {
            return null;
        }
        // As many digits as an int surely holds; how many days are too many the rules know.
        if (!typed.matches("[0-9]{1,9}")) {
            errors.add(new FieldError("opensAfterDays", say("rules.daysRange")));
            return null;
        }
        return Integer.valueOf(typed);
    }

    private static Map<String, String> values(Ruling ruling) {
        var rules = ruling.rules();
        var zone = Caller.current().school().timeZone();
        return Map.of(
                "hidden", ruling.hidden() ? "yes" : "",
                "optional", rules.counts() ? "" : "yes",
                "taste", rules.taste() ? "yes" : "",
                "opensAt", rules.opensAt() == null ? "" : WallClock.typed(rules.opensAt(), zone),
                "opensAfterDays",
                        rules.opensAfterDays() == null ? "" : rules.opensAfterDays().toString(),
                "after",
                        rules.after().stream()
                                .map(UUID::toString)
                                .collect(Collectors.joining(" ")));
    }

    private static Form overtaken(Map<String, String> values) {
        return Form.refused(values, List.of(new FieldError("", say("rules.changedMeanwhile"))));
    }

    private Page page(
            String course, Ruling ruling, Form form, String notice, HttpServletRequest request) {
        var zone = Caller.current().school().timeZone().getId();
        return Page.of(
                "studio/rules",
                shells.personal(request, say("rules.lesson.title", ruling.title()), "studio"),
                new RulesView(course, ruling, form, zone, notice, closed(course)));
    }

    private String closed(String course) {
        var right = CourseRight.LEAD;
        return staff.may(right, course) ? "" : right.refusal();
    }

    private static String address(String course, UUID lesson) {
        return "/studio/" + course + "/lessons/" + lesson + "/rules";
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
