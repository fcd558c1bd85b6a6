package org.stoa.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.web.Form;

/** What a person sees and changes about themselves. */
public class AccountPages {
    /**
     * {@code identity/account}. Its forms post to {@code /account} ({@code name}), {@code
     * /account/password} ({@code current}, {@code password}), {@code /account/sessions/{id}/end},
     * {@code /account/sessions/end-others}, {@code /account/tokens} ({@code tokenName}), {@code
     * /account/tokens/{id}/revoke}.
     *
     * @param form what was refused, of whichever form was sent
     * @param freshToken the token just made, shown this once
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record AccountView(
            String name,
            String email,
            Form form,
            List<Session> sessions,
            List<Token> tokens,
            @Nullable String freshToken,
            List<SchoolPages.School> schools,
            String notice) {}

    /**
     * One sign-in, at one device.
     *
     * @param here the one this page was asked with
     */
    public record Session(UUID id, String device, String address, Instant lastSeen, boolean here) {}

    /** An API token, without its secret. */
    public record Token(UUID id, String name, Instant createdAt, @Nullable Instant lastUsed) {}
}
