package org.stoa.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The installation's schools and people, for its administrator, as JSON. */
@RestController
@Validated
@Tag(name = "Platform")
class PlatformApi {
    private final Platform platform;

    PlatformApi(Platform platform) {
        this.platform = platform;
    }

    record OrganizationBody(
            UUID id,
            String subdomain,
            String name,
            Instant createdAt,
            @Nullable Instant closedAt) {}

    record OrganizationList(List<OrganizationBody> items, @Nullable String nextCursor) {}

    record UserBody(UUID id, String name, String email) {}

    record UserList(List<UserBody> items, @Nullable String nextCursor) {}

    @GetMapping("/api/v1/platform/organizations")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    @Operation(operationId = "listOrganizations", summary = "List the installation's schools")
    OrganizationList organizations(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var page = platform.schools(cursor, limit);
        return new OrganizationList(
                page.items().stream()
                        .map(s ->
                                new OrganizationBody(
                                        s.id(),
                                        s.subdomain(),
                                        s.name(),
                                        s.createdAt(),
                                        s.closedAt()))
                        .toList(),
                page.nextCursor());
    }

    @GetMapping("/api/v1/platform/users")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    @Operation(operationId = "listUsers", summary = "List the installation's people")
    UserList users(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var page = platform.people(cursor, limit);
        return new UserList(
                page.items().stream().map(p -> new UserBody(p.id(), p.name(), p.email())).toList(),
                page.nextCursor());
    }
}
