package org.stoa.identity.invitations;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Secrets;
import org.stoa.tenancy.Role;

/** The links of invitations that go by mail, each made at the moment it is sent. */
@Service
public class InvitationLinks {
    private final InvitationStore store;
    private final Secrets secrets;
    private final Clock clock;

    InvitationLinks(InvitationStore store, Secrets secrets, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * A link that was just made.
     *
     * @param path below the school's address
     * @param asks what they are asked, as in "to teach here"
     */
    public record Link(String path, String asks) {}

    /** As the school's office; empty when the invitation does not hold any more. */
    public Optional<Link> make(UUID invitation) {
        var now = clock.instant();
        return store.holding(invitation, now)
                .map(held -> {
                    var token = secrets.next();
                    store.addLink(invitation, Invitations.fingerprint(token), now);
                    var path = new Invitations.Made(invitation, token).path();
                    var asks = held.purpose().isEmpty() ? asks(held.role()) : held.purpose();
                    return new Link(path, asks);
                });
    }

    private static String asks(@Nullable Role role) {
        if (role == Role.ADMIN) {
            return say("identity.invited.run");
        }
        return role == Role.STUDENT ? say("identity.invited.learn") : say("identity.invited.teach");
    }
}
