package org.stoa.isolation;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.ServiceDatabase;

/** A school with one row in every table of its own, written as the service. */
final class SampleRows {
    /** Parents before children. A new table needs a line here. */
    private static final List<String> STATEMENTS =
            List.of(
                    "insert into organizations (id, subdomain, name, created_at)"
                            + " values (:organization, :subdomain, 'A school', :now)",
                    "insert into users (id, email, name, created_at) values"
                            + " (:learner, :learner || '@example.org', 'Learner', :now),"
                            + " (:other, :other || '@example.org', 'Other learner', :now),"
                            + " (:teacher, :teacher || '@example.org', 'Teacher', :now),"
                            + " (:owner, :owner || '@example.org', 'Owner', :now)",
                    "insert into organization_memberships (organization_id, user_id, role, created_at)"
                            + " values (:organization, :learner, 'student', :now),"
                            + " (:organization, :other, 'student', :now),"
                            + " (:organization, :teacher, 'teacher', :now),"
                            + " (:organization, :owner, 'owner', :now)",
                    "insert into sessions (id, sign_in_id, user_id, at_organization, token_hash, device,"
                            + " address, created_at, last_seen_at, expires_at) values (:enrollment,"
                            + " :enrollment, :learner, :organization, decode(md5(:learner), 'hex'), '', '',"
                            + " :now, :now, :now)",
                    "insert into api_tokens (id, user_id, name, token_hash, created_at) values"
                            + " (:enrollment, :learner, 'Token', decode(md5(:learner), 'hex'), :now)",
                    "insert into idempotency_keys values (:organization, :learner, 'key', 'hash', 200,"
                            + " 'text/plain', 'body', :now)",
                    "insert into courses (organization_id, id, slug, title, created_by, created_at,"
                            + " updated_at) values (:organization, :course, 'knots', 'Knots', :teacher,"
                            + " :now, :now)",
                    "insert into modules values (:organization, :module, :course, 1, 'Knots', 'm', null)",
                    "insert into lessons values (:organization, :lesson, :course, :module, 1, 'bowline',"
                            + " 'Bowline', 'A secret.', 1, 'l', null)",
                    "insert into lesson_versions values (:organization, :lesson, 1, 'Bowline', 'It was.',"
                            + " :teacher, :now)",
                    "insert into course_files values (:organization, :course, 'rope.svg', repeat('a', 64),"
                            + " 'image/svg+xml', 7, null)",
                    "insert into course_releases values (:organization, :release, :course, 1, '{}', '',"
                            + " :teacher, :now)",
                    "update courses set current_release_id = :release where id = :course",
                    "insert into release_lessons values (:organization, :release, :lesson, 'A secret.',"
                            + " 'secret')",
                    "insert into catalog_entries values (:organization, :course, :release, 'knots',"
                            + " 'Knots', '', '', '{}', '', 'en', 1, '{1}', 1, :now, 'knots', 'knots')",
                    "insert into catalog_lessons values (:organization, :course, :lesson, 'knots', 'Knots',"
                            + " '1.1', 'bowline', 'Bowline', 1, 'A secret.', 'secret', 'secret')",
                    "insert into enrollments values (:organization, :enrollment, :learner, :course,"
                            + " 'active', :now, :lesson, :now, 0)",
                    "insert into access_grants values (:organization, :enrollment, :learner, :course,"
                            + " 'free', '', :now, null, :now)",
                    "insert into lesson_progress values (:organization, :learner, :course, :lesson,"
                            + " 'started', 0, :now, null, :now)",
                    "insert into course_seats values (:organization, :course, 10, 1)",
                    "insert into course_statistics values (:organization, :course, 1, :now)");

    private final Map<String, Object> values = new HashMap<>();

    SampleRows(ServiceDatabase service) {
        for (var name :
                List.of(
                        "organization",
                        "learner",
                        "other",
                        "teacher",
                        "owner",
                        "course",
                        "module",
                        "lesson",
                        "release",
                        "enrollment")) {
            values.put(name, UUID.randomUUID().toString());
        }
        values.put("now", OffsetDateTime.parse("2026-01-01T00:00:00Z"));
        values.put("subdomain", "school-" + id("organization").toString().substring(0, 8));
        STATEMENTS.forEach(statement -> service.sql(statement).params(values).update());
    }

    UUID id(String name) {
        return UUID.fromString(String.valueOf(values.get(name)));
    }

    Organization school() {
        return new Organization(
                id("organization"),
                String.valueOf(values.get("subdomain")),
                "A school",
                "en",
                null);
    }
}
