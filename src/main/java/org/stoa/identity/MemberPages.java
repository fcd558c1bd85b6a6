package org.stoa.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
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
                    "added", "They belong to the school now.",
                    "role", "The role is changed.",
                    "suspended", "They are suspended, and signed out of this school.",
                    "restored", "They may enter again.");

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
     * @param grantable the roles that the reader may give
     * @param next cursor of the next page; null on the last
     * @param form the form to add a member, as it was refused
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record MembersView(
            String q,
            String role,
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
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        return page(q, role, cursor, Form.empty(), NOTICES.getOrDefault(done, ""), request);
    }

    @PostMapping("/admin/members")
    @Allowed(Who.ADMIN)
    @Nullable Page add(
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response) {
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
        VisitPages.seeOther(response, "/admin/members?done=added");
        return null;
    }

    @PostMapping("/admin/members/{id}/role")
    @Allowed(Who.ADMIN)
    void changeRole(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String role,
            HttpServletResponse response) {
        members.change(id, role(role), null);
        VisitPages.seeOther(response, "/admin/members?done=role");
    }

    @PostMapping("/admin/members/{id}/suspend")
    @Allowed(Who.ADMIN)
    void suspend(@PathVariable UUID id, HttpServletResponse response) {
        members.change(id, null, true);
        VisitPages.seeOther(response, "/admin/members?done=suspended");
    }

    @PostMapping("/admin/members/{id}/restore")
    @Allowed(Who.ADMIN)
    void restore(@PathVariable UUID id, HttpServletResponse response) {
        members.change(id, null, false);
        VisitPages.seeOther(response, "/admin/members?done=restored");
    }

    private Page refused(
            Map<String, String> typed,
            List<Problem.FieldError> errors,
            HttpServletRequest request) {
        var kept = new java.util.HashMap<>(typed);
        kept.keySet().removeAll(List.of("password", "_csrf"));
        return page("", "", null, Form.refused(kept, errors), "", request);
    }

    private Page page(
            String q,
            String role,
            @Nullable String cursor,
            Form form,
            String notice,
            HttpServletRequest request) {
        var page = members.list(q, role.isEmpty() ? null : role(role), cursor, PER_PAGE);
        boolean owner = Caller.current().isAtLeast(Role.OWNER);
        var grantable =
                owner ? List.of(Role.values()) : List.of(Role.STUDENT, Role.TEACHER, Role.ADMIN);
        var self = Caller.current().person();
        var view =
                new MembersView(
                        q,
                        role,
                        page.members().stream()
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
            throw new Problem.Invalid("role", "Say student, teacher, admin or owner.");
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
