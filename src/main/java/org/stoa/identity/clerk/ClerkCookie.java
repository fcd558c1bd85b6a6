package org.stoa.identity.clerk;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.web.access.Credentials;

/** The cookie that Clerk's own scripts set, where the installation takes it. */
@Component
class ClerkCookie implements Credentials {
    private final ClerkSignIn signIn;
    private final ClerkSettings settings;

    ClerkCookie(ClerkSignIn signIn, ClerkSettings settings) {
        this.signIn = signIn;
        this.settings = settings;
    }

    @Override
    public Kind kind() {
        return Kind.OTHER_COOKIE;
    }

    @Override
    public String cookie() {
        return "__session";
    }

    @Override
    public @Nullable Caller recognise(@Nullable Organization school, String secret) {
        return settings.cookie() ? signIn.recognise(Kind.OTHER_COOKIE, school, secret) : null;
    }
}
