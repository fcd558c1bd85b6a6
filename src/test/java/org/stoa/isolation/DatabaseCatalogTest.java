package org.stoa.isolation;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.stoa.testing.StoaTest;
import org.stoa.testing.TestDatabase;

/** What PostgreSQL itself says about the tables, held against what each of them must have. */
@StoaTest
class DatabaseCatalogTest {
    /** Tables of the installation, and why each has no organization of its own. */
    private static final Map<String, String> PLATFORM =
            Map.ofEntries(
                    entry(
                            "address_links",
                            "is a person's, and is followed before anybody is known"),
                    entry("address_changes", "is a person's, at whatever school"),
                    entry(
                            "sealed_answers",
                            "answers to callers who are nobody yet, named by their call"),
                    entry(
                            "organizations",
                            "is what the others refer to; its policy compares its id"),
                    entry(
                            "users",
                            "one account may belong to several schools; staff see their own"),
                    entry("sessions", "a sign-in is a person's, at whatever host"),
                    entry(
                            "one_time_codes",
                            "carries a sign-in between hosts, before a school is known"),
                    entry("api_tokens", "is a person's, and is looked up before a caller is known"),
                    entry("platform_admins", "administer the whole installation"),
                    entry(
                            "scheduled_tasks",
                            "the scheduler's own keys; its policies compare the school"),
                    entry(
                            "job_turns",
                            "the service's alone: when the next job of a kind may begin"),
                    entry("clerk_users", "an account may belong to several schools"),
                    entry("clerk_organizations", "are known before there is a school, and after"),
                    entry("clerk_memberships", "wait for a person and a school"),
                    entry(
                            "webhook_events",
                            "most are the platform's; a school's policy compares where it came in"),
                    entry("flyway_schema_history", "the migrations' own"));

    /** Read a few rows at a time, always by key, so that evaluating once costs more (ADR 10). */
    private static final Set<String> READ_BY_KEY =
            Set.of(
                    "cohorts",
                    "courses",
                    "course_prices",
                    "course_seats",
                    "enrollments",
                    "access_grants",
                    "lesson_progress");

    /** What belongs to one person in a school, so that the policies must compare the person. */
    private static final Set<String> LEARNERS =
            Set.of(
                    "enrollments",
                    "access_grants",
                    "gifts",
                    "lesson_progress",
                    "idempotency_keys",
                    "invoices",
                    "message_preferences",
                    "notifications",
                    "orders",
                    "organization_memberships",
                    "team_seats",
                    "waiting_list");

    /** What the application's role may do; a table that is not named here it may not touch. */
    private static final Map<String, String> GRANTS =
            new TreeMap<>(
                    Map.ofEntries(
                            entry("access_grants", "INSERT SELECT UPDATE"),
                            entry("announcements", "INSERT SELECT UPDATE(ended_at,status,told)"),
                            entry(
                                    "api_tokens",
                                    "INSERT SELECT(created_at,id,last_used_at,name,revoked_at,user_id)"
                                            + " UPDATE(revoked_at)"),
                            entry("catalog_entries", "DELETE INSERT SELECT UPDATE"),
                            entry("catalog_lessons", "DELETE INSERT SELECT UPDATE"),
                            entry("conversations", "INSERT SELECT UPDATE(last_letter_id)"),
                            entry("course_files", "DELETE INSERT SELECT UPDATE"),
                            entry("course_invitations", "INSERT SELECT"),
                            entry(
                                    "course_releases",
                                    "INSERT SELECT UPDATE(withdrawn_at,withdrawn_by)"),
                            entry("cohorts", "INSERT SELECT UPDATE"),
                            entry("course_prerequisites", "DELETE INSERT SELECT"),
                            entry(
                                    "course_prices",
                                    "DELETE INSERT SELECT UPDATE(amount,currency,others)"),
                            entry("course_questions", "DELETE INSERT SELECT"),
                            entry(
                                    "course_seats",
                                    "DELETE INSERT SELECT UPDATE(capacity,held,taken)"),
                            entry("course_staff", "DELETE INSERT SELECT UPDATE"),
                            entry("course_statistics", "INSERT SELECT UPDATE"),
                            entry("course_terms", "INSERT SELECT UPDATE"),
                            entry("courses", "DELETE INSERT SELECT UPDATE"),
                            entry(
                                    "discussion_posts",
                                    "INSERT SELECT UPDATE(edited_at,hidden_at,hidden_by,markdown,mentioned,"
                                            + "removed_at)"),
                            entry("discussion_reports", "INSERT SELECT UPDATE(dismissed_at)"),
                            entry(
                                    "discussion_threads",
                                    "INSERT SELECT UPDATE(locked_at,resolved_at)"),
                            entry("enrollments", "INSERT SELECT UPDATE"),
                            entry("idempotency_keys", "DELETE INSERT SELECT UPDATE"),
                            entry("letter_reads", "INSERT SELECT UPDATE(read_at,read_until)"),
                            entry("letters", "INSERT SELECT"),
                            entry("lesson_prerequisites", "DELETE INSERT SELECT"),
                            entry(
                                    "invitations",
                                    "INSERT SELECT UPDATE(expires_at,revoked_at,token_hash)"),
                            entry("invitation_links", "INSERT SELECT"),
                            entry("learner_reminders", "INSERT SELECT UPDATE"),
                            entry("lesson_versions", "INSERT SELECT"),
                            entry("lesson_progress", "INSERT SELECT UPDATE"),
                            entry("mail_attempts", "INSERT SELECT UPDATE"),
                            entry("mail_endings", "INSERT SELECT"),
                            entry("mail_manners", "INSERT SELECT UPDATE"),
                            entry("mail_templates", "DELETE INSERT SELECT UPDATE"),
                            entry("mail_troubles", "DELETE INSERT SELECT UPDATE"),
                            entry("message_preferences", "INSERT SELECT UPDATE"),
                            entry("mails", "INSERT SELECT UPDATE"),
                            entry("message_rounds", "INSERT SELECT UPDATE"),
                            entry("offer_courses", "DELETE INSERT SELECT"),
                            entry("offer_prices", "DELETE INSERT SELECT UPDATE(amount,position)"),
                            entry(
                                    "offers",
                                    "INSERT SELECT UPDATE(active,gifts,lede,position,teams,title)"),
                            entry("order_courses", "INSERT SELECT"),
                            entry("order_events", "INSERT SELECT"),
                            entry(
                                    "orders",
                                    "INSERT SELECT UPDATE(changed_at,checkout_ends_at,checkout_reference,"
                                            + "checkout_url,paid,paid_at,returned,status,tax)"),
                            entry(
                                    "payment_facts",
                                    "INSERT SELECT UPDATE(dispute,known_at,refunded)"),
                            entry("payment_settings", "INSERT SELECT UPDATE"),
                            entry("payments", "INSERT SELECT"),
                            entry("refunds", "INSERT SELECT UPDATE(done_at,reference,status)"),
                            entry("test_checkouts", "INSERT SELECT UPDATE(paid_at,state)"),
                            entry(
                                    "waiting_list",
                                    "DELETE INSERT SELECT UPDATE(held_until,offered_at)"),
                            entry(
                                    "billing_details",
                                    "INSERT SELECT UPDATE(address,automatic_tax,changed_at,name,notes,"
                                            + "tax_id,tax_included,tax_trouble,tax_trouble_at)"),
                            entry("invoice_numbers", "INSERT SELECT UPDATE(last)"),
                            entry("invoices", "INSERT SELECT"),
                            entry(
                                    "coupons",
                                    "INSERT SELECT UPDATE(active,ends_at,most_uses,offer_id,once_a_person,"
                                            + "starts_at)"),
                            entry(
                                    "gifts",
                                    "INSERT SELECT UPDATE(access_until,email,ended_at,sent_at,taken_at,"
                                            + "user_id,words)"),
                            entry(
                                    "subscriptions",
                                    "INSERT SELECT UPDATE(cancels_at,changed_at,failed_at,paid_until,"
                                            + "parts_left,reminded_at,status,told_at)"),
                            entry(
                                    "team_seats",
                                    "INSERT SELECT UPDATE(access_until,email,ended_at,invited_at,taken_at,"
                                            + "user_id)"),
                            entry("media_files", "INSERT SELECT UPDATE"),
                            entry("lessons", "DELETE INSERT SELECT UPDATE"),
                            entry("modules", "DELETE INSERT SELECT UPDATE"),
                            entry("notifications", "INSERT SELECT UPDATE(read_at)"),
                            entry("organization_memberships", "INSERT SELECT UPDATE"),
                            entry("organizations", "SELECT UPDATE(accent,language,name,time_zone)"),
                            entry("outline_changes", "INSERT SELECT UPDATE(undone_at)"),
                            entry("release_lessons", "INSERT SELECT"),
                            entry("scheduled_releases", "DELETE INSERT SELECT UPDATE"),
                            entry("all_jobs", "SELECT"),
                            entry("finished_jobs", "INSERT SELECT"),
                            entry("lane_samples", "INSERT SELECT"),
                            entry("job_attempts", "INSERT SELECT"),
                            entry("scheduled_tasks", "INSERT SELECT"),
                            entry("school_imports", "INSERT SELECT UPDATE(finished_at)"),
                            entry(
                                    "sessions",
                                    "DELETE SELECT(address,at_organization,created_at,device,expires_at,"
                                            + "id,last_seen_at,sign_in_id,user_id)"),
                            entry(
                                    "webhook_deliveries",
                                    "INSERT SELECT UPDATE(due_at,history,job_id,status,tries)"),
                            entry(
                                    "webhook_endpoints",
                                    "DELETE INSERT SELECT UPDATE(disabled_at,failing_since)"),
                            entry("webhook_events", "SELECT"),
                            entry(
                                    "webhook_sources",
                                    "DELETE INSERT SELECT UPDATE(previous,rotated_at,secret)"),
                            entry(
                                    "users",
                                    "SELECT(created_at,deleted_at,email,email_verified_at,id,language,name) UPDATE(language,name)")));

    private static final String TENANT_TABLES =
            """
            select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
               and a.attname = 'organization_id' and not a.attisdropped
             order by 1
            """;

    @Test
    void everyTableIsOfASchoolOrDeclaredAsThePlatforms() {
        assertThat(column("select tablename from pg_tables where schemaname = 'public'"))
                .containsExactlyInAnyOrderElementsOf(
                        java.util.stream.Stream.concat(
                                        tenantTables().stream(), PLATFORM.keySet().stream())
                                .toList());
        assertThat(tenantTables()).doesNotContainAnyElementsOf(PLATFORM.keySet());
        assertThat(LEARNERS).isSubsetOf(tenantTables());
    }

    @Test
    void whatIsOfAPersonIsDeclaredAsALearners() {
        assertThat(
                        column(
                                """
                                select distinct c.relname from pg_class c
                                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id'
                                  join pg_attribute o on o.attrelid = c.oid and o.attname = 'organization_id'
                                 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                                """))
                .containsExactlyInAnyOrderElementsOf(LEARNERS);
    }

    @Test
    void keysBeginWithTheSchool() {
        assertThat(
                        column(
                                """
                                select c.relname || ' ' || k.conname from pg_constraint k
                                  join pg_class c on c.oid = k.conrelid
                                  join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
                                 where c.relnamespace = 'public'::regnamespace
                                   and k.contype in ('p', 'u') and a.attname <> 'organization_id'
                                   and c.relname = any (string_to_array('%s', ','))
                                """
                                        .formatted(String.join(",", tenantTables()))))
                .isEmpty();
        assertThat(
                        column(
                                """
                                select c.relname from pg_constraint k join pg_class c on c.oid = k.conrelid
                                 where k.contype = 'p' and c.relnamespace = 'public'::regnamespace
                                """))
                .containsAll(tenantTables());
    }

    @Test
    void referencesBetweenASchoolsTablesBeginWithTheSchoolOnBothSides() {
        assertThat(
                        column(
                                """
                                select c.relname || ' ' || k.conname from pg_constraint k
                                  join pg_class c on c.oid = k.conrelid
                                  join pg_class f on f.oid = k.confrelid
                                  join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
                                  join pg_attribute b on b.attrelid = f.oid and b.attnum = k.confkey[1]
                                 where k.contype = 'f'
                                   and f.relname = any (string_to_array('%s', ','))
                                   and (a.attname <> 'organization_id' or b.attname <> 'organization_id')
                                """
                                        .formatted(String.join(",", tenantTables()))))
                .isEmpty();
    }

    /** A column named like another table's key, without a reference, could point anywhere. */
    @Test
    void whatNamesACourseALessonOrAReleaseRefersToIt() {
        var unreferenced =
                column(
                        """
                        select c.relname || '.' || a.attname
                          from pg_class c join pg_attribute a on a.attrelid = c.oid
                         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                           and a.attname in ('course_id', 'lesson_id', 'module_id', 'release_id',
                                             'current_release_id', 'last_lesson_id')
                           and not exists (select from pg_constraint k
                                            where k.conrelid = c.oid and k.contype = 'f'
                                              and a.attnum = any (k.conkey))
                         order by 1
                        """);
        assertThat(unreferenced)
                .as("copies of what a release holds, and a lesson that a newer draft may have lost")
                .containsExactly(
                        "catalog_entries.release_id",
                        "catalog_lessons.lesson_id",
                        "enrollments.last_lesson_id",
                        "release_lessons.module_id");
    }

    @Test
    void rowLevelSecurityIsOnAndHoldsForTheOwnerToo() {
        var unguarded =
                column(
                        """
                        select relname from pg_class
                         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                           and not (relrowsecurity and relforcerowsecurity) order by 1
                        """);
        assertThat(unguarded).containsExactly("flyway_schema_history");
    }

    @Test
    void everyCommandThatIsGrantedHasAPolicyThatComparesTheSchool() {
        for (var table : tenantTables()) {
            for (var command : commands(GRANTS.getOrDefault(table, ""))) {
                var policies = policies(table, command);
                assertThat(policies).as(table + " " + command).isNotEmpty();
                for (var policy : policies) {
                    if (!command.equals("INSERT")) {
                        holds(table, command, policy.using());
                    }
                    if (command.equals("INSERT") || command.equals("UPDATE")) {
                        holds(table, command, policy.check());
                    }
                }
            }
        }
    }

    @Test
    void thePlatformsTablesLetTheApplicationInByPoliciesOnly() {
        for (var table : PLATFORM.keySet()) {
            for (var command : commands(GRANTS.getOrDefault(table, ""))) {
                assertThat(policies(table, command)).as(table + " " + command).isNotEmpty();
            }
        }
    }

    @Test
    void policiesAreForTheApplicationAndTheOwnersFunctionsAlone() {
        assertThat(
                        column(
                                """
                                select tablename || ' ' || policyname || ' ' || roles::text || ' ' || permissive
                                  from pg_policies where schemaname = 'public'
                                   and (roles <> '{stoa_app}' or permissive <> 'PERMISSIVE') order by 1
                                """))
                .containsExactly(
                        "catalog_entries search_functions {stoa_owner} PERMISSIVE",
                        "catalog_lessons search_functions {stoa_owner} PERMISSIVE",
                        "finished_jobs job_functions {stoa_owner} PERMISSIVE",
                        "job_attempts job_functions {stoa_owner} PERMISSIVE",
                        "scheduled_tasks job_functions {stoa_owner} PERMISSIVE");
    }

    @Test
    void viewsSeeWhatTheirCallerSees() {
        assertThat(
                        column(
                                """
                                select relname from pg_class
                                 where relnamespace = 'public'::regnamespace
                                   and (relkind = 'm' or relkind = 'v'
                                        and not coalesce('security_invoker=true' = any (reloptions), false))
                                """))
                .isEmpty();
    }

    @Test
    void onlyTheSearchesAndWhatHoldsARunRunAsTheOwnerWithAPinnedPathAndNotForEverybody() {
        assertThat(
                        column(
                                """
                                select p.proname || ' ' || pg_get_userbyid(p.proowner) || ' '
                                       || coalesce((select s from unnest(p.proconfig) s
                                                     where s like 'search_path=%'), 'no path') || ' '
                                       || (select string_agg(coalesce(nullif(x.grantee, 0)::regrole::text,
                                                                      'PUBLIC'), ',' order by 1)
                                             from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x)
                                  from pg_proc p
                                 where p.prosecdef
                                   and p.pronamespace not in ('pg_catalog'::regnamespace,
                                                              'information_schema'::regnamespace)
                                 order by 1
                                """))
                .allMatch(line -> !line.contains("PUBLIC"))
                .allMatch(line -> line.contains(" stoa_owner search_path=pg_catalog, public "))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly(
                        "cancel_job",
                        "enqueue_once",
                        "finish_job",
                        "hold_job",
                        "replay_jobs",
                        "search_courses",
                        "search_lessons");
    }

    @Test
    void theApplicationsRoleOwnsNothingAndBypassesNothing() {
        assertThat(
                        column(
                                """
                                select rolname from pg_roles
                                 where rolname in ('stoa_app', 'stoa_owner')
                                   and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
                                        or rolreplication)
                                """))
                .isEmpty();
        assertThat(
                        column(
                                "select rolname from pg_roles where rolname = 'stoa_service' and rolsuper"))
                .isEmpty();
        assertThat(
                        column(
                                """
                                select relname from pg_class where pg_get_userbyid(relowner) = 'stoa_app'
                                union all
                                select proname from pg_proc where pg_get_userbyid(proowner) = 'stoa_app'
                                union all
                                select nspname from pg_namespace where pg_get_userbyid(nspowner) = 'stoa_app'
                                union all
                                select datname from pg_database where pg_get_userbyid(datdba) = 'stoa_app'
                                """))
                .isEmpty();
        assertThat(
                        column(
                                """
                                select m.roleid::regrole::text from pg_auth_members m
                                 where m.member = 'stoa_app'::regrole
                                """))
                .isEmpty();
        assertThat(column("select has_schema_privilege('stoa_app', 'public', 'create')::text"))
                .containsExactly("false");
    }

    @Test
    void theApplicationsGrantsAreTheseAndNoMore() {
        var found = new TreeMap<String, String>();
        for (var line :
                column(
                        """
                        with whole as (
                            select c.relname, x.privilege_type as what, '' as columns
                              from pg_class c, aclexplode(c.relacl) x
                             where c.relnamespace = 'public'::regnamespace
                               and x.grantee in (0, 'stoa_app'::regrole)),
                        parts as (
                            select c.relname, x.privilege_type as what,
                                   '(' || string_agg(a.attname, ',' order by a.attname) || ')' as columns
                              from pg_class c join pg_attribute a on a.attrelid = c.oid,
                                   aclexplode(a.attacl) x
                             where c.relnamespace = 'public'::regnamespace
                               and x.grantee in (0, 'stoa_app'::regrole)
                             group by 1, 2)
                        select relname || ' ' || string_agg(what || columns, ' ' order by what)
                          from (table whole union all table parts) granted group by relname
                        """)) {
            int space = line.indexOf(' ');
            found.put(line.substring(0, space), line.substring(space + 1));
        }
        assertThat(found).isEqualTo(GRANTS);
    }

    private static void holds(String table, String command, String text) {
        var where = table + " " + command;
        boolean byKey = command.equals("SELECT") && READ_BY_KEY.contains(table);
        assertThat(text)
                .as(where)
                .contains(
                        byKey
                                ? "(organization_id = current_organization())"
                                : "(organization_id = ( SELECT current_organization() AS")
                .as("one condition that nothing else can widen: " + where)
                .matches("(?s)\\(*organization_id = .*");
        assertThat(text.split("organization_id = ", -1)).as(where).hasSize(2);
        if (text.contains(" OR ")) {
            assertThat(text)
                    .as(where)
                    .matches("(?s)\\(\\(organization_id = .*? AND \\(.* OR .*\\)\\)");
        }
        boolean person =
                text.contains(
                        byKey
                                ? "(user_id = current_person())"
                                : "(user_id = ( SELECT current_person()");
        boolean admins = text.contains("is_admin()");
        if (LEARNERS.contains(table)) {
            assertThat(person || admins).as(where + " compares the person").isTrue();
        }
    }

    private record Policy(String using, String check) {}

    private static List<Policy> policies(String table, String command) {
        var lines =
                column(
                        """
                        select coalesce(qual, '') || chr(1) || coalesce(with_check, qual, '') || chr(1)
                          from pg_policies
                         where schemaname = 'public' and tablename = '%s'
                           and 'stoa_app' = any (roles) and cmd in ('ALL', '%s')
                        """
                                .formatted(table, command));
        return lines.stream()
                .map(line -> line.split("\u0001", -1))
                .map(parts -> new Policy(parts[0], parts[1]))
                .toList();
    }

    private static List<String> commands(String grants) {
        return grants.isEmpty()
                ? List.of()
                : List.of(grants.replaceAll("\\([^)]*\\)", "").split(" "));
    }

    private static List<String> tenantTables() {
        return column(TENANT_TABLES);
    }

    /** As the superuser, who sees the whole catalog. */
    private static List<String> column(String sql) {
        var postgres = TestDatabase.postgres();
        try (var connection =
                        DriverManager.getConnection(
                                postgres.url(), "postgres", postgres.secrets().superuser());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
