package org.stoa.identity.members;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.identity.People;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Role;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The school's people, for its administrators, as JSON. */
@RestController
@Validated
@Tag(name = "Members")
class MemberApi {

    private final Members members;

    MemberApi(Members members) {
        this.members = members;
    }

    record MemberBody(
            UUID id, String name, String email, String role, String status, Instant since) {}

    record MemberList(List<MemberBody> items, @Nullable String nextCursor) {}

    record NewMemberBody(
            @Nullable String name,
            @Nullable String email,
            @Nullable String password,
            @Nullable String role) {}

    record ChangeBody(@Nullable String role, @Nullable String status) {}

    record AddedBody(UUID id) {}

    @GetMapping("/api/v1/members")
    @Allowed(Who.ADMIN)
    @Operation(operationId = "listMembers", summary = "List the school's people, by name")
    MemberList list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var page = members.list(q, role(role), suspended(status), cursor, limit);
        return new MemberList(
                page.items().stream()
                        .map(m ->
                                new MemberBody(
                                        m.id(),
                                        m.name(),
                                        m.email(),
                                        m.role().word(),
                                        m.suspended() ? "suspended" : "active",
                                        m.since()))
                        .toList(),
                page.nextCursor());
    }

    @PostMapping("/api/v1/members")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "addMember",
            summary = "Add somebody to the school",
            description = "An account that exists already is used as it is.")
    @ApiResponse(responseCode = "201", description = "Added")
    ResponseEntity<AddedBody> add(@RequestBody NewMemberBody body) {
        var person =
                members.add(
                        new People.NewMember(
                                body.name(),
                                body.email(),
                                body.password(),
                                roleOrNull(body.role())));
        return ResponseEntity.created(URI.create("/api/v1/members/" + person.id()))
                .body(new AddedBody(person.id()));
    }

    @PatchMapping("/api/v1/members/{id}")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "changeMember",
            summary = "Change somebody's role, or suspend them",
            description = "`status` is `active` or `suspended`; what is left out stays.")
    @ApiResponse(responseCode = "204", description = "Changed")
    ResponseEntity<Void> change(@PathVariable UUID id, @RequestBody ChangeBody body) {
        var errors = new ArrayList<Problem.FieldError>();
        var role = body.role() == null ? null : roleOrNull(body.role());
        if (body.role() != null && role == null) {
            errors.add(new Problem.FieldError("role", say("identity.sayRole")));
        }
        var status = body.status();
        if (status != null && !status.equals("active") && !status.equals("suspended")) {
            errors.add(new Problem.FieldError("status", say("identity.sayStatus")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        members.change(id, role, status == null ? null : status.equals("suspended"));
        return ResponseEntity.noContent().build();
    }

    private static @Nullable Boolean suspended(String status) {
        return switch (status) {
            case "" -> null;
            case "active" -> false;
            case "suspended" -> true;
            default -> throw new Problem.Invalid("status", say("identity.sayStatus"));
        };
    }

    private static @Nullable Role role(String word) {
        var role = roleOrNull(word);
        if (role == null && !word.isEmpty()) {
            throw new Problem.Invalid("role", say("identity.sayRole"));
        }
        return role;
    }

    private static @Nullable Role roleOrNull(@Nullable String word) {
        for (var role : Role.values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        return null;
    }
}
