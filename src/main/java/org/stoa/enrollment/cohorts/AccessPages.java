package org.stoa.enrollment.cohorts;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStaff;
import org.stoa.catalog.people.StaffWho;
import org.stoa.catalog.rules.CourseTerms;
import org.stoa.catalog.rules.LessonRulings;
import org.stoa.catalog.rules.Ruling;
import org.stoa.catalog.rules.Terms;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where teachers say who may join a course, when, and in which groups. */
@Controller
public class AccessPages {
    private static final List<FieldError> OVERTAKEN =
            List.of(new FieldError("", say("rules.access.meanwhile")));

    private final CourseTerms terms;
    private final Cohorts cohorts;
    private final LessonRulings lessons;
    private final CourseStaff staff;
    private final Shells shells;

    AccessPages(
            CourseTerms terms,
            Cohorts cohorts,
            LessonRulings lessons,
            CourseStaff staff,
            Shells shells) {
        this.terms = terms;
        this.cohorts = cohorts;
        this.lessons = lessons;
        this.staff = staff;
        this.shells = shells;
    }

    /**
     * {@code enrollment/access}; posts {@code opensAt}, {@code closesAt}, {@code capacity}, {@code
     * first} and the {@code version} seen to its own address; a new group to {@code
     * /studio/{course}/cohorts}.
     *
     * @param form of the terms, as they are or were typed and refused
     * @param group of a new group
     * @param zone by whose clocks the dates are meant
     */
    public record AccessView(
            Terms terms, List<Cohort> cohorts, Form form, Form group, String zone, String notice) {
        public boolean first(String slug) {
            return List.of(form.value("first").split(" ")).contains(slug);
        }
    }

    /**
     * {@code enrollment/cohort}; posts {@code name}, {@code startsAt}, {@code joinable}, {@code
     * capacity}, {@code calendar.ID} and the {@code version} seen to its own address, {@code email}
     * or {@code out} to {@code …/learners}.
     *
     * @param adding of the learner to be put in
     * @param settles whether the reader may change what stands there
     */
    public record CohortView(
            String course,
            Cohort.Roll roll,
            List<Ruling> lessons,
            Form form,
            Form adding,
            String zone,
            boolean settles,
            String notice) {}

    @GetMapping("/studio/{course}/access")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    Page access(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String saved,
            HttpServletRequest request) {
        var notice =
                switch (saved) {
                    case "yes" -> say("rules.keptNow");
                    case "twice" -> say("rules.keptTwice");
                    case "removed" -> say("rules.groups.gone");
                    default -> "";
                };
        var present = terms.of(course);
        return access(
                present, Form.filled(TypedForm.of(present, zone())), Form.empty(), notice, request);
    }

    @PostMapping("/studio/{course}/access")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Object write(
            @PathVariable String course,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam Map<String, String> fields,
            @RequestParam(name = "first", defaultValue = "") List<String> first,
            HttpServletRequest request) {
        var present = terms.of(course);
        var typed = new HashMap<>(fields);
        typed.put("first", String.join(" ", first));
        var form = new TypedForm(typed, zone());
        try {
            return switch (terms.write(course, version, form.terms(present, first))) {
                case Terms.Written.Kept kept ->
                        seeOther(
                                "/studio/"
                                        + course
                                        + "/access?saved="
                                        + (form.notes().isEmpty() ? "yes" : "twice"));
                case Terms.Written.Overtaken(var theirs) ->
                        access(theirs, Form.refused(typed, OVERTAKEN), Form.empty(), "", request)
                                .with(HttpStatus.CONFLICT);
            };
        } catch (Problem.Invalid wrong) {
            return access(present, Form.refused(typed, wrong.errors()), Form.empty(), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/studio/{course}/cohorts")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Object add(
            @PathVariable String course,
            @RequestParam Map<String, String> fields,
            HttpServletRequest request) {
        try {
            var wanted = new TypedForm(fields, zone()).cohort(null, List.of());
            return seeOther(address(course, cohorts.add(course, wanted)));
        } catch (Problem.Invalid wrong) {
            var present = terms.of(course);
            return access(
                            present,
                            Form.filled(TypedForm.of(present, zone())),
                            Form.refused(fields, wrong.errors()),
                            "",
                            request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/studio/{course}/cohorts/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    Page cohort(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String saved,
            HttpServletRequest request) {
        var notice =
                switch (saved) {
                    case "yes" -> say("rules.keptNow");
                    case "twice" -> say("rules.keptTwice");
                    default -> "";
                };
        var roll = cohorts.roll(course, id);
        var form = Form.filled(TypedForm.of(roll.cohort(), zone()));
        return cohort(course, roll, form, Form.empty(), notice, request);
    }

    @PostMapping("/studio/{course}/cohorts/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Object write(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam Map<String, String> fields,
            HttpServletRequest request) {
        var roll = cohorts.roll(course, id);
        var form = new TypedForm(fields, zone());
        try {
            var wanted = form.cohort(roll.cohort(), lessons.of(course));
            return switch (cohorts.write(course, id, version, wanted)) {
                case Cohorts.Written.Kept kept ->
                        seeOther(
                                address(course, id)
                                        + "?saved="
                                        + (form.notes().isEmpty() ? "yes" : "twice"));
                case Cohorts.Written.Overtaken(var theirs) ->
                        cohort(
                                        course,
                                        new Cohort.Roll(theirs, roll.learners()),
                                        Form.refused(fields, OVERTAKEN),
                                        Form.empty(),
                                        "",
                                        request)
                                .with(HttpStatus.CONFLICT);
            };
        } catch (Problem.Invalid wrong) {
            return cohort(
                            course,
                            roll,
                            Form.refused(fields, wrong.errors()),
                            Form.empty(),
                            "",
                            request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/studio/{course}/cohorts/{id}/learners")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Object learners(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(required = false) @Nullable UUID out,
            HttpServletRequest request) {
        if (out != null) {
            cohorts.takeOut(course, id, out);
            return seeOther(address(course, id));
        }
        try {
            cohorts.put(course, id, email);
            return seeOther(address(course, id));
        } catch (Problem.Invalid wrong) {
            var roll = cohorts.roll(course, id);
            return cohort(
                            course,
                            roll,
                            Form.filled(TypedForm.of(roll.cohort(), zone())),
                            Form.refused(Map.of("email", email), wrong.errors()),
                            "",
                            request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/studio/{course}/cohorts/{id}/remove")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    ResponseEntity<Void> remove(@PathVariable String course, @PathVariable UUID id) {
        cohorts.remove(course, id);
        return seeOther("/studio/" + course + "/access?saved=removed");
    }

    private Page access(
            Terms present, Form form, Form group, String notice, HttpServletRequest request) {
        var view =
                new AccessView(
                        present, cohorts.of(present.course()), form, group, zone().getId(), notice);
        return Page.of(
                "enrollment/access",
                shells.personal(request, say("rules.access.title", present.title()), "studio"),
                view);
    }

    private Page cohort(
            String course,
            Cohort.Roll roll,
            Form form,
            Form adding,
            String notice,
            HttpServletRequest request) {
        var view =
                new CohortView(
                        course,
                        roll,
                        lessons.of(course),
                        form,
                        adding,
                        zone().getId(),
                        staff.may(CourseRight.LEAD, course),
                        notice);
        return Page.of(
                "enrollment/cohort",
                shells.personal(request, roll.cohort().name(), "studio"),
                view);
    }

    private static ZoneId zone() {
        return Caller.current().school().timeZone();
    }

    private static String address(String course, UUID cohort) {
        return "/studio/" + course + "/cohorts/" + cohort;
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
