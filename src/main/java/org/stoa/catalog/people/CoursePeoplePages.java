package org.stoa.catalog.people;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.people.CoursePeople.Invited;
import org.stoa.catalog.people.CoursePeople.Teacher;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a course's leads say who teaches it. */
@Controller
public class CoursePeoplePages {
    private static final int LINK_DAYS = 14;
    private static final Map<String, String> NOTICES =
            Map.of(
                    "added", "people.added",
                    "role", "people.roleChanged",
                    "removed", "people.removed",
                    "revoked", "people.takenBack");

    private final CoursePeople people;
    private final Hosts hosts;
    private final Shells shells;

    CoursePeoplePages(CoursePeople people, Hosts hosts, Shells shells) {
        this.people = people;
        this.hosts = hosts;
        this.shells = shells;
    }

    /**
     * {@code studio/people}. Its forms, for those who may name people, post below {@code
     * /studio/{course}/people}: {@code email} and {@code role} to itself, {@code role} to {@code
     * /{id}/role}, nothing to {@code /{id}/remove}, {@code role} and {@code address} to {@code
     * /invitations}, nothing to {@code /invitations/{id}/revoke}.
     *
     * @param led whether anybody leads it; the school's own course has nobody
     * @param link that of an invitation that was just made, shown this once; empty otherwise
     */
    public record PeopleView(
            String course,
            String title,
            CourseStanding standing,
            boolean led,
            List<Teacher> teachers,
            List<Invited> invited,
            Form form,
            String link,
            String notice) {
        public boolean names() {
            return standing.may(CourseRight.PEOPLE);
        }

        public boolean seesLearners() {
            return standing.may(CourseRight.LEARNERS);
        }
    }

    @GetMapping("/studio/{course}/people")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page people(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        return page(
                course,
                Form.empty(),
                "",
                NOTICES.containsKey(done) ? say(NOTICES.get(done)) : "",
                request);
    }

    @PostMapping("/studio/{course}/people")
    @Allowed(value = Who.TEACHER, of = StaffWho.NamePeople.class)
    Object add(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String role,
            HttpServletRequest request) {
        return unlessRefused(
                course,
                Map.of("email", email, "role", role),
                request,
                () -> {
                    people.add(course, email, CourseRole.of(role));
                    return seeOther(course, "added");
                });
    }

    @PostMapping("/studio/{course}/people/{id}/role")
    @Allowed(value = Who.TEACHER, of = StaffWho.NamePeople.class)
    Object changeRole(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String role,
            HttpServletRequest request) {
        return unlessRefused(
                course,
                Map.of(),
                request,
                () -> {
                    people.change(course, id, CourseRole.of(role));
                    return seeOther(course, "role");
                });
    }

    @PostMapping("/studio/{course}/people/{id}/remove")
    @Allowed(value = Who.TEACHER, of = StaffWho.NamePeople.class)
    Object remove(@PathVariable String course, @PathVariable UUID id, HttpServletRequest request) {
        return unlessRefused(
                course,
                Map.of(),
                request,
                () -> {
                    people.remove(course, id);
                    // Who has taken themselves off sees the course no more.
                    return id.equals(Caller.current().person())
                            ? to("/studio")
                            : seeOther(course, "removed");
                });
    }

    @PostMapping("/studio/{course}/people/invitations")
    @Allowed(value = Who.TEACHER, of = StaffWho.NamePeople.class)
    Object invite(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String role,
            HttpServletRequest request) {
        return unlessRefused(
                course,
                Map.of("address", address, "role", role),
                request,
                () -> {
                    var made = people.invite(course, address, CourseRole.of(role), LINK_DAYS);
                    var site =
                            hosts.address(
                                    Caller.current().school(),
                                    request.getScheme(),
                                    request.getServerPort());
                    return page(course, Form.empty(), site + made.path(), "", request);
                });
    }

    @PostMapping("/studio/{course}/people/invitations/{id}/revoke")
    @Allowed(value = Who.TEACHER, of = StaffWho.NamePeople.class)
    Object revoke(@PathVariable String course, @PathVariable UUID id) {
        people.revoke(course, id);
        return seeOther(course, "revoked");
    }

    private interface Change {
        Object make();
    }

    private Object unlessRefused(
            String course, Map<String, String> typed, HttpServletRequest request, Change change) {
        try {
            return change.make();
        } catch (Problem.Invalid wrong) {
            // The invitation's address stands beside the field of its own form.
            var errors =
                    wrong.errors().stream()
                            .map(it ->
                                    typed.containsKey("address") && it.field().equals("email")
                                            ? new FieldError("address", it.message())
                                            : it)
                            .toList();
            return page(course, Form.refused(typed, errors), "", "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Problem.Conflict conflict) {
            var error = new FieldError("", String.valueOf(conflict.getMessage()));
            return page(course, Form.refused(typed, List.of(error)), "", "", request)
                    .with(HttpStatus.CONFLICT);
        }
    }

    private Page page(
            String course, Form form, String link, String notice, HttpServletRequest request) {
        var it = people.of(course);
        boolean names = it.standing().may(CourseRight.PEOPLE);
        return Page.of(
                "studio/people",
                shells.personal(request, say("people.of", it.title()), "studio"),
                new PeopleView(
                        course,
                        it.title(),
                        it.standing(),
                        it.led(),
                        it.teachers(),
                        names ? people.invited(it.course()) : List.of(),
                        form,
                        link,
                        notice));
    }

    private static ResponseEntity<Void> seeOther(String course, String done) {
        return to("/studio/" + course + "/people?done=" + done);
    }

    private static ResponseEntity<Void> to(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
