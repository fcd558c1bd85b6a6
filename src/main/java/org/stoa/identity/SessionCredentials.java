package org.stoa.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.web.access.Credentials;

/** The cookie of a session at this host. */
@Component
class SessionCredentials implements Credentials {
    private final Recognition recognition;

    SessionCredentials(Recognition recognition) {
        this.recognition = recognition;
    }

    @Override
    public Kind kind() {
        return Kind.COOKIE;
    }

    @Override
    public @Nullable Caller recognise(@Nullable Organization school, String secret) {
        return recognition.recognise(Kind.COOKIE, school, secret);
    }
}
