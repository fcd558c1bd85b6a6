package org.stoa.inbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stoa.tenancy.Organization;

/**
 * What a request brought.
 *
 * @param school whose host was called; null for the platform's
 * @param body the bytes as they were sent
 * @param headers by their names in small letters
 */
@SuppressWarnings("ArrayRecordComponent") // No two deliveries are compared.
public record Delivery(
        @Nullable Organization school, byte[] body, Map<String, List<String>> headers) {
    /** The first value of a header; empty where it is missing. */
    public String header(String name) {
        var values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }
}
