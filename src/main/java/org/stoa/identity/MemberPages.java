package org.stoa.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.tenancy.Role;
import org.stoa.web.Form;

/** The school's people, for its administrators. */
public class MemberPages {
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
}
