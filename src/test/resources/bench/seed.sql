-- Made data for the benchmarks: 100 schools of 500 learners with 200,000 enrollments, and one large
-- school whose 60,000 learners are enrolled in nothing yet. Identifiers are made from numbers, so
-- that pgbench can make them too.
create or replace function bench_id(kind int, n bigint) returns uuid language sql immutable as
$$ select ('00000000-0000-7000-8' || lpad(to_hex(kind), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid $$;

insert into organizations (id, subdomain, name, created_at)
select bench_id(1, s), 'bench' || lpad(s::text, 3, '0'), 'Bench School ' || lpad(s::text, 3, '0'), now()
  from generate_series(0, 100) s on conflict do nothing;

insert into users (id, email, name, created_at)
select bench_id(2, n), 'learner' || n || '@bench.example', 'Learner ' || n, now()
  from generate_series(0, 109999) n on conflict do nothing;

insert into organization_memberships (organization_id, user_id, role, created_at)
select bench_id(1, least(n / 500, 100)), bench_id(2, n), 'student', now()
  from generate_series(0, 109999) n on conflict do nothing;

insert into sessions (id, sign_in_id, user_id, at_organization, token_hash, device, address, created_at, last_seen_at, expires_at)
select bench_id(3, n), bench_id(3, n), bench_id(2, n), bench_id(1, least(n / 500, 100)),
       sha256(convert_to('bench' || n, 'UTF8')), 'bench', '127.0.0.1', now(), now() + interval '1 day', now() + interval '30 days'
  from generate_series(0, 109999) n on conflict do nothing;

-- Twelve courses a school, each of 22 lessons in four modules.
insert into courses (organization_id, id, slug, title, summary, category, tags, level, created_at, updated_at)
select bench_id(1, s), bench_id(4, s * 12 + c), 'course-' || c,
       'Course ' || c || ' of Bench School ' || lpad(s::text, 3, '0'), 'A course to be measured.', 'Measuring', '{bench}', 'beginner', now(), now()
  from generate_series(0, 100) s, generate_series(0, 11) c on conflict do nothing;

insert into modules (organization_id, id, course_id, position, title, source_key)
select bench_id(1, s), bench_id(5, (s * 12 + c) * 4 + m), bench_id(4, s * 12 + c), m, 'Module ' || m, 'm' || m
  from generate_series(0, 100) s, generate_series(0, 11) c, generate_series(0, 3) m on conflict do nothing;

insert into lessons (organization_id, id, course_id, module_id, position, slug, title, markdown, minutes, source_key)
select bench_id(1, s), bench_id(6, (s * 12 + c) * 22 + l), bench_id(4, s * 12 + c), bench_id(5, (s * 12 + c) * 4 + l / 6),
       l, 'lesson-' || l, 'Lesson ' || l || ' on measuring', '', 7, 'l' || l
  from generate_series(0, 100) s, generate_series(0, 11) c, generate_series(0, 21) l on conflict do nothing;

insert into course_releases (organization_id, id, course_id, number, document, published_at)
select bench_id(1, s), bench_id(7, s * 12 + c), bench_id(4, s * 12 + c), 1,
       jsonb_build_object('title', 'Course ' || c || ' of Bench School ' || lpad(s::text, 3, '0'), 'summary', 'A course to be measured.',
         'category', 'Measuring', 'tags', jsonb_build_array('bench'), 'level', 'beginner', 'language', 'en', 'outcomes', jsonb_build_array('Measure'),
         'modules', (select jsonb_agg(jsonb_build_object('title', 'Module ' || m, 'lessons',
                        (select jsonb_agg(jsonb_build_object('id', bench_id(6, (s * 12 + c) * 22 + l), 'slug', 'lesson-' || l,
                                    'title', 'Lesson ' || l || ' on measuring', 'minutes', 7,
                                    'number', (m + 1) || '.' || (l % 6 + 1), 'index', l, 'moduleIndex', m) order by l)
                           from generate_series(0, 21) l where l / 6 = m)) order by m)
                       from generate_series(0, 3) m)), now()
  from generate_series(0, 100) s, generate_series(0, 11) c on conflict do nothing;

update courses c set current_release_id = r.id from course_releases r
 where r.organization_id = c.organization_id and r.course_id = c.id and c.current_release_id is null and c.slug like 'course-%';

insert into release_lessons (organization_id, release_id, lesson_id, html, words)
select bench_id(1, s), bench_id(7, s * 12 + c), bench_id(6, (s * 12 + c) * 22 + l),
       '<p>Lesson ' || l || ' of Bench School ' || lpad(s::text, 3, '0') || '.</p>' || repeat('<p>A pointer is an address with a promise attached. The address is a number, and numbers do not go bad. The promise is that something of a certain type lives there, that it will still live there when you look, and that you are allowed to look.</p>' || chr(10), 36),
       'A pointer is an address with a promise attached.'
  from generate_series(0, 100) s, generate_series(0, 11) c, generate_series(0, 21) l on conflict do nothing;

insert into catalog_entries (organization_id, course_id, release_id, slug, title, summary, category, tags, level, language, lesson_count,
       module_sizes, minutes, published_at, words, document)
select c.organization_id, c.id, c.current_release_id, c.slug, c.title, c.summary, c.category, c.tags, c.level, c.language, 22, '{6,6,6,4}', 154,
       now(), folded(c.title), to_tsvector('simple', folded(c.title))
  from courses c where c.slug like 'course-%' and c.organization_id in (select bench_id(1, s) from generate_series(0, 100) s) on conflict do nothing;

-- The first twenty learners of each school have all twelve courses, the others three or four.
insert into enrollments (organization_id, id, user_id, course_id, enrolled_at, last_activity_at)
select bench_id(1, n / 500), bench_id(8, n * 12 + c), bench_id(2, n), bench_id(4, (n / 500) * 12 + (n + c) % 12), now(), now() - (c || ' hours')::interval
  from generate_series(0, 49999) n, generate_series(0, 11) c
 where c < case when n % 500 < 20 then 12 when n % 3 = 0 then 3 else 4 end on conflict do nothing;

insert into access_grants (organization_id, id, user_id, course_id, source, starts_at, created_at)
select organization_id, bench_id(9, ('x' || right(id::text, 12))::bit(48)::bigint), user_id, course_id, 'free', enrolled_at, enrolled_at
  from enrollments where id >= bench_id(8, 0) and id <= bench_id(8, 1000000) on conflict do nothing;

insert into lesson_progress (organization_id, user_id, course_id, lesson_id, status, position_seconds, started_at, completed_at, updated_at)
select e.organization_id, e.user_id, e.course_id,
       bench_id(6, ('x' || right(e.course_id::text, 12))::bit(48)::bigint * 22 + l), 'completed', 30, now(), now(), now()
  from enrollments e, generate_series(0, 5) l
 where e.id >= bench_id(8, 0) and e.id <= bench_id(8, 1000000) on conflict do nothing;

analyze;
