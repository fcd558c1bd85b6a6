package org.stoa.identity.clerk;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.web.access.Credentials;

/** A session token of Clerk's in the header {@code Authorization}; looked at before ours. */
@Component
@Order(0)
class ClerkBearer implements Credentials {
    private final ClerkSignIn signIn;

    ClerkBearer(ClerkSignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Kind kind() {
        return Kind.BEARER;
    }

    @Override
    public @Nullable Caller recognise(@Nullable Organization school, String secret) {
        return signIn.recognise(Kind.BEARER, school, secret);
    }
}
