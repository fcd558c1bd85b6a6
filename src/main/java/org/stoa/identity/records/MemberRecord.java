package org.stoa.identity.records;

import java.time.Instant;
import org.stoa.tenancy.Role;

/**
 * Somebody who belongs to a school.
 *
 * @param email in small letters
 */
public record MemberRecord(
        String email, String name, Role role, boolean suspended, Instant since) {}
