package org.stoa.catalog.publishing;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.Difference;
import org.stoa.catalog.Releases;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.catalog.people.StaffWho;
import org.stoa.catalog.studio.Check;
import org.stoa.catalog.studio.Checks;
import org.stoa.catalog.studio.DraftState;
import org.stoa.catalog.studio.OutlinePages;
import org.stoa.catalog.studio.Outlines;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where teachers look a draft over and publish it, now or at a set time. */
@Controller
public class PublishPages {
    private final Outlines outlines;
    private final Checks checks;
    private final Releases releases;
    private final Schedules schedules;
    private final Shells shells;
    private final Clock clock;

    PublishPages(
            Outlines outlines,
            Checks checks,
            Releases releases,
            Schedules schedules,
            Shells shells,
            Clock clock) {
        this.outlines = outlines;
        this.checks = checks;
        this.releases = releases;
        this.schedules = schedules;
        this.shells = shells;
        this.clock = clock;
    }

    /**
     * {@code studio/publish}; posts {@code note}, {@code when} ({@code now} or {@code later}),
     * {@code day} and {@code time} to {@code /studio/{course}/releases}, and nothing to {@code
     * /studio/{course}/publish/call-off}.
     *
     * @param standing what the reader is in the course: leads publish
     * @param lessons how many there are; without one nothing can be published
     * @param checks what there is to look at, by lesson
     * @param zone by whose clock {@code day} and {@code time} are meant
     * @param set when it will be published, by the same clock; empty for no such time
     */
    public record PublishView(
            String slug,
            String title,
            int lessons,
            CourseStanding standing,
            DraftState state,
            List<Checked> checks,
            String zone,
            String set,
            Form form,
            String notice) {
        /** Those of a kind, for a heading of their own. */
        public List<Difference> changes(Difference.Kind kind) {
            return state.changes().stream().filter(it -> it.kind() == kind).toList();
        }
    }

    /**
     * What there is to look at in a lesson, or in the course.
     *
     * @param lesson null for the course
     */
    public record Checked(@Nullable UUID lesson, String title, List<Check> checks) {
        static List<Checked> grouped(List<Check> all) {
            var groups = new LinkedHashMap<String, List<Check>>();
            all.forEach(it ->
                    groups.computeIfAbsent(it.lesson() + it.title(), key -> new ArrayList<>())
                            .add(it));
            return groups.values().stream()
                    .map(of -> new Checked(of.getFirst().lesson(), of.getFirst().title(), of))
                    .toList();
        }
    }

    @GetMapping("/studio/{course}/publish")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page look(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(defaultValue = "") String unchanged,
            HttpServletRequest request) {
        var notice =
                switch (done) {
                    case "set" -> say("studio.when.changed");
                    case "off" -> say("studio.when.calledOff");
                    default -> unchanged.isEmpty() ? "" : say("studio.publish.nothing");
                };
        return page(course, Form.empty(), notice, request);
    }

    @PostMapping("/studio/{course}/releases")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Object publish(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "now") String when,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String time,
            HttpServletRequest request) {
        try {
            if (when.equals("later")) {
                schedules.publishAt(course, schoolTime().at(day, time, clock), note.strip());
                return OutlinePages.seeOther("/studio/" + course + "/publish?done=set");
            }
            var release = releases.publish(course, note.strip());
            return OutlinePages.seeOther(
                    "/studio/"
                            + course
                            + (release.standing() ? "/publish?unchanged=" : "/releases?published=")
                            + release.number());
        } catch (Problem.Invalid wrong) {
            var typed = Map.of("note", note, "when", when, "day", day, "time", time);
            return page(course, Form.refused(typed, wrong.errors()), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/studio/{course}/publish/call-off")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Object callOff(@PathVariable String course) {
        schedules.callOff(course);
        return OutlinePages.seeOther("/studio/" + course + "/publish?done=off");
    }

    private Page page(String course, Form form, String notice, HttpServletRequest request) {
        var desk = outlines.desk(course);
        var state = DraftState.of(desk, releases);
        var scheduled = desk.scheduled();
        var time = schoolTime();
        var filled = form;
        if (scheduled != null && form.values().isEmpty()) {
            var due = time.of(scheduled.dueAt());
            filled =
                    Form.filled(
                            Map.of(
                                    "note", scheduled.note(),
                                    "when", "later",
                                    "day", due.toLocalDate().toString(),
                                    "time",
                                            due.toLocalTime()
                                                    .truncatedTo(ChronoUnit.MINUTES)
                                                    .toString()));
        }
        var view =
                new PublishView(
                        course,
                        desk.outline().title(),
                        desk.outline().lessons().size(),
                        desk.outline().standing(),
                        state,
                        Checked.grouped(checks.of(course)),
                        time.name(),
                        scheduled == null ? "" : time.words(scheduled.dueAt()),
                        filled,
                        notice);
        return Page.of(
                "studio/publish",
                shells.personal(request, "Publish " + view.title(), "studio"),
                view);
    }

    private static SchoolTime schoolTime() {
        return new SchoolTime(Caller.current().school().timeZone());
    }
}
