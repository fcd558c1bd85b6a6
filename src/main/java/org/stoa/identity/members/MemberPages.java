package org.stoa.identity.members;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
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
import org.stoa.identity.People;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The school's people, for its administrators. */
@Controller
public class MemberPages {
    private static final int PER_PAGE = 24;
    private static final Map<String, String> NOTICES =
            Map.of(
                    "added", "identity.members.added",
                    "role", "people.roleChanged",
                    "suspended", "identity.members.isSuspended",
                    "restored", "identity.members.restored",
                    "many", "identity.members.bulkDone",
                    "imported", "identity.members.listIn");

    private final Members members;
    private final Shells shells;

    MemberPages(Members members, Shells shells) {
        this.members = members;
        this.shells = shells;
    }

    /**
     * {@code identity/members}. Its forms: {@code GET /admin/members} ({@code q}, {@code role}),
     * {@code POST /admin/members} ({@code name}, {@code email}, {@code password}, {@code role}),
     * {@code /admin/members/{id}/role} ({@code role}), {@code /admin/members/{id}/suspend} and
     * {@code /restore}.
     *
     * @param role the filter, empty for all
     * @param status the filter, {@code active} or {@code suspended}; empty for all
     * @param grantable the roles that the reader may give
     * @param next cursor of the next page; null on the last
     * @param form the form to add a member, as it was refused
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record MembersView(
            String q,
            String role,
            String status,
            List<Member> members,
            List<Role> grantable,
            @Nullable String next,
            Form form,
            String notice) {}

    /**
     * One person of the school.
     *
     * @param changeable whether the reader may change this one
     */
    public record Member(
            UUID id,
            String name,
            String email,
            Role role,
            boolean suspended,
            Instant since,
            boolean changeable) {}

    @GetMapping("/admin/members")
    @Allowed(Who.ADMIN)
    Page members(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        return page(
                new Sought(q, role, status),
                cursor,
                Form.empty(),
                NOTICES.containsKey(done) ? say(NOTICES.get(done)) : "",
                request);
    }

    @PostMapping("/admin/members")
    @Allowed(Who.ADMIN)
    Object add(@RequestParam Map<String, String> typed, HttpServletRequest request) {
        var password = typed.getOrDefault("password", "");
        try {
            members.add(
                    new People.NewMember(
                            typed.get("name"),
                            typed.get("email"),
                            password.isEmpty() ? null : password,
                            roleOrNull(typed.getOrDefault("role", "student"))));
        } catch (Problem.Invalid e) {
            return refused(typed, e.errors(), request).with(HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Problem.Conflict e) {
            var error = new Problem.FieldError("email", String.valueOf(e.getMessage()));
            return refused(typed, List.of(error), request).with(HttpStatus.CONFLICT);
        }
        return seeOther("added");
    }

    @PostMapping("/admin/members/{id}/role")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> changeRole(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String role) {
        members.change(id, role(role), null);
        return seeOther("role");
    }

    @PostMapping("/admin/members/{id}/suspend")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> suspend(@PathVariable UUID id) {
        members.change(id, null, true);
        return seeOther("suspended");
    }

    @PostMapping("/admin/members/{id}/restore")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> restore(@PathVariable UUID id) {
        members.change(id, null, false);
        return seeOther("restored");
    }

    /** What to do with those who are selected: {@code suspend}, {@code restore}, or a role. */
    @PostMapping("/admin/members/selected")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> many(
            @RequestParam(name = "member", required = false) @Nullable List<UUID> selected,
            @RequestParam(defaultValue = "") String act) {
        var people = selected == null ? List.<UUID>of() : selected;
        switch (act) {
            case "suspend" -> members.change(people, null, true);
            case "restore" -> members.change(people, null, false);
            default -> members.change(people, role(act), null);
        }
        return seeOther("many");
    }

    private static ResponseEntity<Void> seeOther(String done) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/admin/members?done=" + done))
                .build();
    }

    private Page refused(
            Map<String, String> typed,
            List<Problem.FieldError> errors,
            HttpServletRequest request) {
        var kept = new java.util.HashMap<>(typed);
        kept.keySet().removeAll(List.of("password", "_csrf"));
        return page(new Sought("", "", ""), null, Form.refused(kept, errors), "", request);
    }

    private record Sought(String q, String role, String status) {
        @Nullable Boolean suspended() {
            return status.isEmpty() ? null : status.equals("suspended");
        }
    }

    private Page page(
            Sought sought,
            @Nullable String cursor,
            Form form,
            String notice,
            HttpServletRequest request) {
        var page =
                members.list(
                        sought.q(),
                        sought.role().isEmpty() ? null : role(sought.role()),
                        sought.suspended(),
                        cursor,
                        PER_PAGE);
        boolean owner = Caller.current().isAtLeast(Role.OWNER);
        var grantable =
                owner ? List.of(Role.values()) : List.of(Role.STUDENT, Role.TEACHER, Role.ADMIN);
        var self = Caller.current().person();
        var view =
                new MembersView(
                        sought.q(),
                        sought.role(),
                        sought.status(),
                        page.items().stream()
                                .map(m ->
                                        new Member(
                                                m.id(),
                                                m.name(),
                                                m.email(),
                                                m.role(),
                                                m.suspended(),
                                                m.since(),
                                                Members.mayTouch(m.role()) && !m.id().equals(self)))
                                .toList(),
                        grantable,
                        page.nextCursor(),
                        form,
                        notice);
        return Page.of("identity/members", shells.personal(request, "Members", "admin"), view);
    }

    private static Role role(String word) {
        var role = roleOrNull(word);
        if (role == null) {
            throw new Problem.Invalid("role", say("identity.sayRole"));
        }
        return role;
    }

    private static @Nullable Role roleOrNull(String word) {
        try {
            return Role.of(word);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
