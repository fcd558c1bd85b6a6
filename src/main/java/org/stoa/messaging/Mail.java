package org.stoa.messaging;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail to be sent. It is kept as it stands in the row of its job, so it holds no secret: links
 * that open something are made when it is sent.
 *
 * @param person whom it goes to; null for somebody without an account
 * @param address where to; empty for the person's own when it is sent
 * @param values what its template may name, by placeholder
 * @param about the thing it tells of: a school sends one mail about it and no second, however often
 *     it is handed in
 */
public record Mail(
        UUID id,
        MailKind kind,
        @Nullable UUID person,
        String address,
        Map<String, String> values,
        String about) {
    /** The value that says which language it was asked for in: for who has chosen none. */
    public static final String LANGUAGE = "language";

    public Mail {
        values = Map.copyOf(values);
    }

    Mail saying(Map<String, String> all) {
        return new Mail(id, kind, person, address, all, about);
    }
}
