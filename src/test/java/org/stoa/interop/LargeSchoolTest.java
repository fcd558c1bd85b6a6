package org.stoa.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.TestDatabase;

/**
 * Ten thousand people and fifty thousand marks of progress go out and in, whole. How long it took,
 * and what the database read for it, is printed: what a busy machine makes of it is no failure.
 */
@StoaTest
class LargeSchoolTest {
    private static final int PEOPLE = 10_000;
    private static final int LESSONS = 5;

    private final Academy academy;
    private final SchoolExports exports;
    private final SchoolImports imports;
    private final ServiceDatabase service;
    private @TempDir Path folder;

    @Autowired
    LargeSchoolTest(
            ApplicationContext program,
            SchoolExports exports,
            SchoolImports imports,
            ServiceDatabase service) {
        this.academy = Academy.in(program);
        this.exports = exports;
        this.imports = imports;
        this.service = service;
    }

    @Test
    void theyGoOutAndInWhole() throws Exception {
        var school = academy.found("large", Academy.fresh("olga") + "@example.org");
        fill(school);
        var zip = folder.resolve("large.zip");
        long before = System.nanoTime();
        academy.export(school, zip);
        double out = (System.nanoTime() - before) / 1e9;
        long used = heapNeeded(school);
        before = System.nanoTime();
        long read = rowsRead();
        var brought = imports.bring(zip, Academy.fresh("large"), it -> {});
        read = rowsRead() - read;
        double in = (System.nanoTime() - before) / 1e9;
        System.out.printf(
                "LargeSchoolTest: out in %.1f s, %d bytes, %d MB of objects; in within %.1f s,"
                        + " %d rows and entries read%n",
                out, Files.size(zip), used >> 20, in, read);
        assertThat(brought.report()).isEmpty();
        assertThat(brought.people()).isEqualTo(PEOPLE + 1);
        assertThat(brought.progress()).isEqualTo((long) PEOPLE * LESSONS);
    }

    /** What is held at most at once cannot be seen; all that was ever held, by this thread, can. */
    private long heapNeeded(Organization school) throws Exception {
        var threads =
                (com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Caller.office(school)
                .call(() -> {
                    try (var prepared = exports.prepare()) {
                        prepared.write(OutputStream.nullOutputStream());
                    }
                    return "";
                });
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Rows and entries of indexes, so far, as the database counts them. */
    private long rowsRead() {
        service.sql("select pg_stat_force_next_flush()").query((row, at) -> "").list();
        return service.sql(
                        """
                        select (select sum(seq_tup_read) from pg_stat_user_tables)
                               + (select sum(idx_tup_read) from pg_stat_user_indexes)
                        """)
                .query((row, at) -> row.getLong(1))
                .single();
    }

    private void fill(Organization school) throws Exception {
        var office = Caller.office(school);
        var course = new java.util.LinkedHashMap<String, String>();
        course.put("course.yaml", "id: large\ntitle: Large\n");
        for (int i = 0; i < LESSONS; i++) {
            course.put("a/" + i + ".md", "# Lesson " + i + "\n\nWords.");
        }
        var slug = academy.bring(office, Academy.folder(folder.resolve("large"), course));
        academy.publish(office, slug, "");
        var mark = Academy.fresh("p");
        for (var sql :
                new String[] {
                    """
                    insert into users (id, email, name, created_at)
                    select gen_random_uuid(), :mark || n || '@example.org', 'Person ' || n, :at
                      from generate_series(1, :people) n
                    """,
                    """
                    insert into organization_memberships (organization_id, user_id, role, created_at)
                    select :school, id, 'student', :at from users where starts_with(email, :mark)
                    """,
                    """
                    insert into enrollments
                           (organization_id, id, user_id, course_id, enrolled_at, last_activity_at)
                    select :school, gen_random_uuid(), u.id, c.id, :at, :at
                      from users u, courses c
                     where starts_with(u.email, :mark) and c.organization_id = :school
                    """,
                    """
                    insert into access_grants
                           (organization_id, id, user_id, course_id, source, starts_at, created_at)
                    select organization_id, gen_random_uuid(), user_id, course_id, 'free', :at, :at
                      from enrollments where organization_id = :school
                    """,
                    """
                    insert into lesson_progress
                           (organization_id, user_id, course_id, lesson_id, status, position_seconds,
                            started_at, updated_at)
                    select :school, e.user_id, e.course_id, l.id, 'started', 7, :at, :at
                      from enrollments e
                      join lessons l on l.organization_id = :school and l.course_id = e.course_id
                     where e.organization_id = :school
                    """
                }) {
            // Without checks of foreign keys, which are not what is looked at here.
            TestDatabase.asSuperuser(
                    "set session_replication_role = replica;"
                            + sql.replace(":mark", "'" + mark + "'")
                                    .replace(":at", "timestamptz '2026-01-01'")
                                    .replace(":people", "" + PEOPLE)
                                    .replace(":school", "uuid '" + school.id() + "'"));
        }
        // As it is with a school that has been there for more than a minute.
        TestDatabase.asSuperuser("analyze");
    }
}
