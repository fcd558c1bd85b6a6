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
                    "insert into lessons values (:organization, :second, :course, :module, 2, 'sheet-bend',"
                            + " 'Sheet bend', 'Another.', 1, 'l2', null)",
                    "insert into lesson_prerequisites values (:organization, :course, :second, :lesson)",
                    "insert into lesson_versions values (:organization, :lesson, 1, 'Bowline', 'It was.',"
                            + " :teacher, :now)",
                    "insert into course_files values (:organization, :course, 'rope.svg', repeat('a', 64),"
                            + " 'image/svg+xml', 7, null)",
                    "insert into course_questions values (:organization, :course, 'quiz.xml', 0, 'quiz',"
                            + " 'A secret.', 0, '[]', '', '', :now)",
                    "insert into media_files values (:organization, repeat('a', 64), 'image/svg+xml', 7,"
                            + " 0, 0, false, true, :now)",
                    "insert into course_releases values (:organization, :release, :course, 1, '{}', '',"
                            + " :teacher, :now)",
                    "update courses set current_release_id = :release where id = :course",
                    "insert into release_lessons values (:organization, :release, :lesson, 'A secret.',"
                            + " 'secret', 1, :module)",
                    "insert into scheduled_releases values (:organization, :course, :release, :now,"
                            + " 'A secret.', :teacher, :now)",
                    "insert into outline_changes values (:organization, :course, :release, 'BINNED',"
                            + " 'A secret.', '', null, :teacher, :now)",
                    "insert into catalog_entries values (:organization, :course, :release, 'knots',"
                            + " 'Knots', '', '', '{}', '', 'en', 1, '{1}', 1, :now, 'knots', 'knots')",
                    "insert into catalog_lessons values (:organization, :course, :lesson, 'knots', 'Knots',"
                            + " '1.1', 'bowline', 'Bowline', 1, 'A secret.', 'secret', 'secret')",
                    "insert into courses (organization_id, id, slug, title, created_by, created_at,"
                            + " updated_at) values (:organization, :sequel, 'bends', 'Bends', :teacher,"
                            + " :now, :now)",
                    "insert into course_releases values (:organization, :later, :sequel, 1, '{}', '',"
                            + " :teacher, :now)",
                    "update courses set current_release_id = :later where id = :sequel",
                    "insert into course_prerequisites values (:organization, :sequel, :course)",
                    "insert into course_terms values (:organization, :course, :now, null, 1)",
                    "insert into cohorts values (:organization, :cohort, :course, 'Spring', :now, true, 10,"
                            + " 0, '{}', 1, :now, null)",
                    "insert into enrollments values (:organization, :enrollment, :learner, :course,"
                            + " 'active', :now, :lesson, :now, 0, :cohort)",
                    "insert into access_grants values (:organization, :enrollment, :learner, :course,"
                            + " 'free', '', :now, null, :now)",
                    "insert into lesson_progress values (:organization, :learner, :course, :lesson,"
                            + " 'started', 0, :now, null, :now)",
                    "insert into invitations (organization_id, id, token_hash, role, most_uses,"
                            + " expires_at, created_by, created_at) values (:organization, :enrollment,"
                            + " md5(:enrollment), 'student', 1, :now, :owner, :now)",
                    "insert into course_invitations values (:organization, :enrollment, :course,"
                            + " 'assistant')",
                    "insert into course_seats values (:organization, :course, 10, 1)",
                    "insert into course_statistics values (:organization, :course, 1, :now)",
                    "insert into finished_jobs values (:organization, :enrollment, 'count', 10, 'dead', 'secret',"
                            + " null, 1, 'A secret.', :now, :now, :now, :now, 'node', null, null)",
                    "insert into lane_samples values (:organization, 10, :now, 1, 1)",
                    "insert into job_attempts values (:organization, :enrollment, :now, 1, 'count', 10,"
                            + " 'failed', :now, 'node', 'A secret.')",
                    "insert into mails (organization_id, id, kind, person_id, recipient, about, status,"
                            + " payload, created_at) values (:organization, :enrollment, 'reset',"
                            + " :learner, 'learner@example.org', 'reset', 'sent', '{}', :now)",
                    "insert into mail_templates values (:organization, 'reset', 'en', 'A secret.',"
                            + " 'A secret.', :owner, :now)",
                    "insert into mail_manners values (:organization, 'secret@example.org', 22, 7)",
                    "insert into message_preferences values (:organization, :learner, '{digest}', 22,"
                            + " 7, 'UTC')",
                    "insert into mail_endings values (:organization, md5(:learner),"
                            + " :learner, 'digest', :now)",
                    "insert into mail_troubles values (:organization, 'secret@example.org', 'bounced',"
                            + " 'A secret.', :now)",
                    "insert into notifications values (:organization, :enrollment, :learner, 'enrolled',"
                            + " '{}', '/learn', 'enrolled', :now, null)",
                    "insert into discussion_threads values (:organization, :enrollment, :course,"
                            + " :lesson, :owner, :now, null, null)",
                    "insert into discussion_posts values (:organization, :enrollment, :course,"
                            + " :enrollment, :owner, 'Owner', true, 'A secret.', '{}', :now, null, null,"
                            + " null, null)",
                    "insert into discussion_reports values (:organization, :enrollment, :owner,"
                            + " :course, 'A secret.', :now, null)",
                    "insert into conversations values (:organization, :course, :learner, :enrollment)",
                    "insert into letters values (:organization, :enrollment, :course, :learner,"
                            + " :owner, 'Owner', true, 'A secret.', :now)",
                    "insert into letter_reads values (:organization, :course, :learner, :owner,"
                            + " :enrollment, :now)",
                    "insert into announcements (organization_id, id, course_id, title, body, status,"
                            + " due_at, once, written_by, written_at) values (:organization,"
                            + " :enrollment, :course, 'A secret.', 'A secret.', 'told', :now, 'x',"
                            + " :teacher, :now)",
                    "insert into invitation_links values (:organization, md5(:learner), :enrollment,"
                            + " :now)",
                    "insert into course_prices values (:organization, :course, 4900, 'EUR')",
                    "insert into payment_settings (organization_id, provider, changed_at)"
                            + " values (:organization, 'test', :now)",
                    "insert into offers (organization_id, id, title, kind, course_id, created_at)"
                            + " values (:organization, :enrollment, 'A secret.', 'once', :course, :now)",
                    "insert into offer_courses values (:organization, :enrollment, :course)",
                    "insert into offer_prices values (:organization, :enrollment, 'EUR', 4900)",
                    "insert into coupons (organization_id, id, code, percent, offer_id, created_at)"
                            + " values (:organization, :enrollment, 'SECRET', 10, :enrollment, :now)",
                    "insert into orders (organization_id, id, code, user_id, offer_id, title, kind, status,"
                            + " amount, currency, provider, created_at, changed_at, coupon_id) values"
                            + " (:organization, :enrollment, 'AAAAAAAA', :learner, :enrollment,"
                            + " 'A secret.', 'once', 'paid', 4900, 'EUR', 'test', :now, :now, :enrollment)",
                    "insert into order_courses values (:organization, :enrollment, :course)",
                    "insert into payments values (:organization, :enrollment, :enrollment, 'test', 'x',"
                            + " 4900, 'EUR', :now)",
                    "insert into payment_facts values (:organization, 'test', 'x', 0, null, :now)",
                    "insert into refunds (organization_id, id, payment_id, amount, status, created_at)"
                            + " values (:organization, :enrollment, :enrollment, 1, 'asked', :now)",
                    "insert into order_events (organization_id, id, order_id, happened_at, what, status)"
                            + " values (:organization, :enrollment, :enrollment, :now, 'paid', 'paid')",
                    "insert into test_checkouts values (:organization, :enrollment, 'paid', :now, :now)",
                    "insert into waiting_list values (:organization, :course, :learner, :now)",
                    "insert into subscriptions (organization_id, order_id, provider, reference, status,"
                            + " paid_until, told_at, changed_at) values (:organization, :enrollment,"
                            + " 'test', 'x', 'active', :now, :now, :now)",
                    "insert into team_seats (organization_id, id, order_id, email, user_id) values"
                            + " (:organization, :enrollment, :enrollment, 'secret@example.org', :learner)",
                    "insert into gifts (organization_id, id, order_id, email, user_id) values"
                            + " (:organization, :enrollment, :enrollment, 'secret@example.org', :learner)",
                    "insert into billing_details (organization_id, name, changed_at) values"
                            + " (:organization, 'A secret.', :now)",
                    "insert into invoice_numbers values (:organization, false, 1)",
                    "insert into invoices (organization_id, id, payment_id, order_id, user_id, test,"
                            + " number, issued_at, seller, seller_address, buyer, title, quantity,"
                            + " discount, amount, tax, tax_terms, currency, paid_at) values"
                            + " (:organization, :enrollment, :enrollment, :enrollment, :learner, false,"
                            + " 1, :now, 'A secret.', 'A secret.', 'A secret.', 'A secret.', 1, 0, 4900,"
                            + " 0, 'none', 'EUR', :now)",
                    "insert into message_rounds values (:organization, 'digest', :now)",
                    "insert into learner_reminders values (:organization, :enrollment, :now)",
                    "insert into mail_attempts (organization_id, mail_id, number, begun_at)"
                            + " values (:organization, :enrollment, 1, :now)",
                    "insert into school_imports values (:organization, 'an archive', :now, null)",
                    "insert into webhook_sources (organization_id, name, secret, created_at) values"
                            + " (:organization, 'registry', 'sealed', :now)",
                    "insert into webhook_endpoints (organization_id, id, url, secret, kinds, created_at)"
                            + " values (:organization, :enrollment, 'https://x.example', 'sealed', '{}', :now)",
                    "insert into webhook_deliveries (organization_id, id, endpoint_id, event_id, kind,"
                            + " body, status, created_at) values (:organization, :enrollment, :enrollment,"
                            + " :enrollment, 'a.kind', 'A secret.', 'delivered', :now)",
                    "insert into webhook_events (id, source, at_organization, event_id, kind,"
                            + " occurred_at, received_at, headers, body, status) values (:enrollment,"
                            + " 'registry', :organization, 'one', 'a.kind', :now, :now, '{}', 'x',"
                            + " 'completed')");

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
                        "second",
                        "sequel",
                        "later",
                        "cohort",
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
