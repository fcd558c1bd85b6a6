package org.stoa.identity.clerk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.identity.Recognition;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.web.access.Credentials.Kind;

/** Recognises people by Clerk's session tokens. */
@Component
class ClerkSignIn {
    private final ClerkTokens tokens;
    private final ClerkStore store;
    private final Recognition recognition;
    // Whose id it is never changes; that somebody was deleted, the recognition finds.
    private final Cache<String, UUID> known = Caffeine.newBuilder().maximumSize(200_000).build();

    ClerkSignIn(ClerkTokens tokens, ClerkStore store, Recognition recognition) {
        this.tokens = tokens;
        this.store = store;
        this.recognition = recognition;
    }

    @Nullable Caller recognise(Kind kind, @Nullable Organization school, String token) {
        var subject = tokens.read(token);
        if (subject.isEmpty()) {
            return null;
        }
        var person = known.getIfPresent(subject.get());
        if (person == null) {
            person = store.user(subject.get()).map(ClerkStore.Known::ours).orElse(null);
            if (person == null) {
                return null;
            }
            known.put(subject.get(), person);
        }
        return recognition.recognise(kind, school, person);
    }
}
