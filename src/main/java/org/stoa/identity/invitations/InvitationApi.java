package org.stoa.identity.invitations;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.tenancy.Role;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Invitations by link, as JSON. */
@RestController
@Tag(name = "Members")
class InvitationApi {
    private static final int USUAL_DAYS = 14;

    private final Invitations invitations;
    private final Hosts hosts;

    InvitationApi(Invitations invitations, Hosts hosts) {
        this.invitations = invitations;
        this.hosts = hosts;
    }

    record WishBody(
            @Nullable String role,
            @Nullable String email,
            @Nullable Integer days,
            @Nullable Integer uses) {}

    /** The link is told this once. */
    record MadeBody(UUID id, String link) {}

    /**
     * @param role null where it is for those who teach at the school already
     */
    record InvitationBody(
            UUID id,
            @Nullable String role,
            String purpose,
            String email,
            int uses,
            int mostUses,
            Instant expiresAt) {}

    record InvitationList(List<InvitationBody> items, @Nullable String nextCursor) {}

    @GetMapping("/api/v1/invitations")
    @Allowed(Who.ADMIN)
    @Operation(operationId = "listInvitations", summary = "List the invitations that still hold")
    InvitationList list() {
        return new InvitationList(
                invitations.open().stream()
                        .map(it -> {
                            var role = it.role();
                            return new InvitationBody(
                                    it.id(),
                                    role == null ? null : role.word(),
                                    it.purpose(),
                                    it.email(),
                                    it.uses(),
                                    it.mostUses(),
                                    it.expiresAt());
                        })
                        .toList(),
                null);
    }

    @PostMapping("/api/v1/invitations")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "invite",
            summary = "Make an invitation",
            description =
                    "A link that makes whoever follows it a member: a `student` unless another"
                            + " `role` is said, for 14 `days`, for one person unless more `uses` are"
                            + " said, or for one `email` alone. The link is told this once.")
    @ApiResponse(responseCode = "201", description = "Made")
    ResponseEntity<MadeBody> make(
            @RequestBody WishBody body, @Parameter(hidden = true) HttpServletRequest request) {
        var made =
                invitations.make(
                        new Invitations.Wish(
                                role(Objects.requireNonNullElse(body.role(), "student")),
                                "",
                                Objects.requireNonNullElse(body.email(), ""),
                                Objects.requireNonNullElse(body.days(), USUAL_DAYS),
                                Objects.requireNonNullElse(body.uses(), 1)));
        var link =
                hosts.address(
                                Caller.current().school(),
                                request.getScheme(),
                                request.getServerPort())
                        + made.path();
        return ResponseEntity.created(URI.create("/api/v1/invitations/" + made.id()))
                .body(new MadeBody(made.id(), link));
    }

    @DeleteMapping("/api/v1/invitations/{id}")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "revokeInvitation",
            summary = "Take an invitation back",
            description = "Who has come in by it stays. Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "It does not hold any more")
    ResponseEntity<Void> revoke(@PathVariable UUID id) {
        invitations.revoke(id);
        return ResponseEntity.noContent().build();
    }

    private static Role role(String word) {
        for (var role : Role.values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new Problem.Invalid("role", say("identity.invitations.sayRole"));
    }
}
