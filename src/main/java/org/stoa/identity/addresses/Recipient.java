package org.stoa.identity.addresses;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Language;

/**
 * Who a school writes to.
 *
 * @param language the one they chose; null when they leave it to the school
 * @param proved whether the address was shown to be theirs
 * @param ordinary they belong to this school alone and run nothing: what opens their account opens
 *     nothing that the school's administrators could not open anyway
 */
public record Recipient(
        UUID person,
        String name,
        String email,
        @Nullable Language language,
        boolean proved,
        boolean ordinary) {}
