package org.stoa.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.web.access.Credentials;

/** A bearer token; it means nothing at a school that its person does not belong to. */
@Component
class TokenCredentials implements Credentials {
    private final Recognition recognition;

    TokenCredentials(Recognition recognition) {
        this.recognition = recognition;
    }

    @Override
    public Kind kind() {
        return Kind.BEARER;
    }

    @Override
    public @Nullable Caller recognise(@Nullable Organization school, String secret) {
        return recognition.recognise(Kind.BEARER, school, secret);
    }
}
