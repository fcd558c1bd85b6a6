package org.stoa.web.access;

import org.jspecify.annotations.Nullable;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;

/** Recognises a person by a secret that a request carried. */
public interface Credentials {
    /** Where the secret stands in a request. */
    Kind kind();

    /**
     * @param school the school whose host was called, null on the platform's own
     * @return who it is, or null when the secret means nothing at this host
     */
    @Nullable Caller recognise(@Nullable Organization school, String secret);

    /** The name of the cookie, for {@link Kind#OTHER_COOKIE}. */
    default String cookie() {
        return "";
    }

    /** Where a secret stands. */
    enum Kind {
        /** {@code Authorization: Bearer …} */
        BEARER,
        /** The session cookie of this host. */
        COOKIE,
        /** A cookie that another program set, under a name of its own. */
        OTHER_COOKIE
    }
}
