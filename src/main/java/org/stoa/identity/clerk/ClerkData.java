package org.stoa.identity.clerk;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stoa.identity.Entry;
import tools.jackson.databind.JsonNode;

/**
 * Reads what Clerk writes, in webhooks and in its API alike: objects of the Backend API, times in
 * milliseconds. What must be there and is not, is an {@link IllegalArgumentException}.
 */
final class ClerkData {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_ID = 200;

    private ClerkData() {}

    /**
     * A person.
     *
     * @param email the primary address in small letters, where Clerk has verified it; else null
     */
    record User(String id, String name, @Nullable String email, Instant updatedAt) {}

    /** A school to be. */
    record Organization(String id, String name, String slug, String createdBy, Instant updatedAt) {}

    /** Who belongs where, as what. */
    record Membership(
            String id, String user, String organization, String role, Instant updatedAt) {}

    static User user(JsonNode data) {
        var id = id(data.path("id"));
        var email = email(data);
        var full = text(data, "first_name") + " " + text(data, "last_name");
        var name =
                Stream.of(full, text(data, "username"), email == null ? "" : local(email), id)
                        .map(ClerkData::name)
                        .filter(one -> !one.isEmpty())
                        .findFirst()
                        .orElse(id);
        return new User(id, name, email, time(data.path("updated_at")));
    }

    static Organization organization(JsonNode data) {
        var name = name(text(data, "name"));
        var slug = text(data, "slug");
        return new Organization(
                id(data.path("id")),
                name.isEmpty() ? name(slug.isEmpty() ? text(data, "id") : slug) : name,
                slug,
                text(data, "created_by"),
                time(data.path("updated_at")));
    }

    static Membership membership(JsonNode data) {
        return new Membership(
                id(data.path("id")),
                id(data.path("public_user_data").path("user_id")),
                id(data.path("organization").path("id")),
                text(data, "role"),
                time(data.path("updated_at")));
    }

    static String id(JsonNode node) {
        var id = node.asString("");
        if (id.isEmpty() || id.length() > LONGEST_ID || !id.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("An id is missing, or is none of Clerk's");
        }
        return id;
    }

    private static Instant time(JsonNode node) {
        if (!node.isIntegralNumber()) {
            throw new IllegalArgumentException("updated_at is missing");
        }
        return Instant.ofEpochMilli(node.asLong());
    }

    /** Only an address that Clerk has seen answered may lead to somebody's account. */
    private static @Nullable String email(JsonNode data) {
        var primary = text(data, "primary_email_address_id");
        for (var one : data.path("email_addresses")) {
            boolean verified =
                    one.path("verification").path("status").asString("").equals("verified");
            if (one.path("id").asString("").equals(primary) && verified) {
                var key = Entry.emailKey(text(one, "email_address"));
                return Entry.isEmail(key) ? key : null;
            }
        }
        return null;
    }

    private static String local(String email) {
        return email.substring(0, email.indexOf('@'));
    }

    private static String text(JsonNode data, String field) {
        var node = data.path(field);
        return node.isString() ? node.asString() : "";
    }

    private static String name(String text) {
        var clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "").strip();
        int most = Math.min(clean.codePointCount(0, clean.length()), LONGEST_NAME);
        return clean.substring(0, clean.offsetByCodePoints(0, most)).strip();
    }
}
