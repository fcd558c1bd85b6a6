package org.stoa.jobs.desk;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.tenancy.Caller;

/**
 * Whose jobs somebody looks at.
 *
 * @param school null for those of all schools and of the platform itself
 */
record Sight(@Nullable UUID school) {
    /** Of the caller's school; on the platform's own site, of all. */
    static Sight here() {
        var organization = Caller.current().organization();
        return new Sight(organization == null ? null : organization.id());
    }
}
