package org.stoa.bench;

/**
 * The program's own statements as scripts for pgbench, bound in the same round trip: one pipeline
 * with one Sync, as the program sends them.
 */
final class Sql {
    private static final String BIND =
            """
            select set_config('stoa.organization', bench_id(1, :s)::text, true), set_config('stoa.person', bench_id(2, :n)::text, true), set_config('stoa.role', 'student', true);
            """;

    private static final String STANDING =
            """
            select c.id as course_id, c.current_release_id, e.id as enrollment_id, e.last_lesson_id, e.last_activity_at, exists (select from access_grants g where g.organization_id = e.organization_id and g.user_id = e.user_id and g.course_id = e.course_id and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now())) as open, p.lessons, p.done, p.positions
            """
                    .strip();

    private static final String PROGRESS =
            " left join lateral (select array_agg(lesson_id) as lessons, array_agg(status ="
                    + " 'completed') as done, array_agg(position_seconds) as positions from"
                    + " lesson_progress where organization_id = e.organization_id and user_id ="
                    + " e.user_id and course_id = e.course_id) p on true ";

    private static final String ONE_LESSON =
            STANDING
                    + " from courses c left join enrollments e on e.organization_id ="
                    + " c.organization_id and e.course_id = c.id and e.user_id = %s and e.status ="
                    + " 'active'"
                    + PROGRESS
                    + "where %sc.slug = %s";

    private static final String ALL_COURSES =
            STANDING
                    + " from enrollments e join courses c on c.organization_id = e.organization_id"
                    + " and c.id = e.course_id"
                    + PROGRESS
                    + "where e.user_id ="
                    + " bench_id(2, :n) and e.status = 'active' and c.current_release_id is not"
                    + " null order by e.last_activity_at desc, e.id;\n";

    private Sql() {}

    static String lesson() {
        return "\\set n random(0, 49999)\n\\set s :n / 500\n\\set c :n % 12\n\\startpipeline\n"
                + BIND
                + ONE_LESSON.formatted("bench_id(2, :n)", "", "'course-' || :c::text")
                + ";\n\\endpipeline\n";
    }

    /** The same for JDBC: person and slug as parameters; the organization bound or named. */
    static String lesson(boolean named) {
        return ONE_LESSON.formatted(
                "cast(? as uuid)", named ? "c.organization_id = cast(? as uuid) and " : "", "?");
    }

    static String dashboard() {
        return "\\set m random(0, 1999)\n\\set s :m / 20\n\\set n :s * 500 + :m % 20\n\\startpipeline\n"
                + BIND
                + ALL_COURSES
                + "\\endpipeline\n";
    }

    /**
     * @param course expression for the number of the course among the large school's twelve
     */
    static String enroll(String course) {
        return "\\set i :i + 1\n\\set k :client_id * 2000 + :i\n\\set n 50000 + :k % 30000\n\\set s 100\n\\set c "
                + course
                + "\nbegin;\n"
                + BIND
                + """
                with opened as (insert into enrollments (organization_id, id, user_id, course_id, enrolled_at, last_activity_at) values (current_organization(), gen_random_uuid(), bench_id(2, :n), bench_id(4, 1200 + :c), now(), now()) on conflict (organization_id, user_id, course_id) do nothing returning organization_id, user_id, course_id), granted as (insert into access_grants (organization_id, id, user_id, course_id, source, starts_at, created_at) select organization_id, gen_random_uuid(), user_id, course_id, 'free', now(), now() from opened), seat as (update course_seats s set taken = taken + 1 from opened o where s.organization_id = o.organization_id and s.course_id = o.course_id and s.taken < s.capacity returning 1) select exists (select from opened) as opened, exists (select from seat) as seated, exists (select from course_seats where course_id = bench_id(4, 1200 + :c)) as limited;
                insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version, priority) values ('bench', gen_random_uuid()::text, '\\x7b7d', now() + interval '10 years', false, 1, 10) on conflict do nothing;
                commit;
                """;
    }
}
