package org.stoa.identity.invitations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.tenancy.Role;

/**
 * A link that was handed out, without its secret.
 *
 * @param role what it makes of people; null where it is for those who teach at the school already
 * @param purpose what it is for beside the school, in a few words; may be empty
 * @param email the one address it holds for; empty for any
 * @param by who made it; null when the school itself did
 */
public record Invitation(
        UUID id,
        @Nullable Role role,
        String purpose,
        String email,
        int uses,
        int mostUses,
        Instant expiresAt,
        @Nullable String by) {}
