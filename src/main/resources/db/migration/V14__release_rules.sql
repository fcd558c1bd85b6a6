-- When lessons open, and to whom -----------------------------------------------------------------

-- What teachers type as a date and a time is meant as the clocks of their school show it.
alter table organizations add column time_zone text not null default 'UTC'
    check (length(time_zone) between 1 and 64);

-- A lesson's rules are part of the draft; publishing freezes them into the release's document.
alter table lessons add column hidden boolean not null default false;
alter table lessons add column required boolean not null default true;
alter table lessons add column taste boolean not null default false;
alter table lessons add column opens_at timestamptz;
alter table lessons add column opens_after_days int check (opens_after_days between 0 and 3650);
alter table lessons add column rules_version int not null default 1;

-- A lesson and one of the same course that is to be done before. That no circle comes about is held
-- where it is written: the course is locked first.
create table lesson_prerequisites (
    organization_id  uuid not null,
    course_id        uuid not null,
    lesson_id        uuid not null,
    after_lesson_id  uuid not null,
    primary key (organization_id, lesson_id, after_lesson_id),
    foreign key (organization_id, course_id, lesson_id) references lessons (organization_id, course_id, id),
    foreign key (organization_id, course_id, after_lesson_id) references lessons (organization_id, course_id, id),
    check (lesson_id <> after_lesson_id)
);
create index lesson_prerequisites_course on lesson_prerequisites (organization_id, course_id);
alter table lesson_prerequisites enable row level security;
alter table lesson_prerequisites force row level security;
create policy staff_prerequisites on lesson_prerequisites to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, delete on lesson_prerequisites to stoa_app;

-- When a course takes learners in; a course without a row takes them at any time. Unlike a lesson's
-- rules these are no part of a release: they count from the moment they are written.
create table course_terms (
    organization_id  uuid not null,
    course_id        uuid not null,
    opens_at         timestamptz,
    closes_at        timestamptz,
    version          int not null default 1,
    primary key (organization_id, course_id),
    foreign key (organization_id, course_id) references courses (organization_id, id),
    check (closes_at > opens_at)
);

-- A course and one that is to be finished before somebody joins it.
create table course_prerequisites (
    organization_id  uuid not null,
    course_id        uuid not null,
    after_course_id  uuid not null,
    primary key (organization_id, course_id, after_course_id),
    foreign key (organization_id, course_id) references courses (organization_id, id),
    foreign key (organization_id, after_course_id) references courses (organization_id, id),
    check (course_id <> after_course_id)
);

do $$
declare tab text;
begin
    foreach tab in array array['course_terms', 'course_prerequisites'] loop
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('create policy read_terms on %I for select to stoa_app
                            using (organization_id = (select current_organization()))', tab);
        execute format('create policy staff_add on %I for insert to stoa_app
                            with check (organization_id = (select current_organization()) and (select is_staff()))', tab);
        execute format('create policy staff_edit on %I for update to stoa_app
                            using (organization_id = (select current_organization()) and (select is_staff()))
                            with check (organization_id = (select current_organization()) and (select is_staff()))', tab);
        execute format('create policy staff_remove on %I for delete to stoa_app
                            using (organization_id = (select current_organization()) and (select is_staff()))', tab);
    end loop;
end $$;
grant select, insert, update on course_terms to stoa_app;
grant select, insert, delete on course_prerequisites to stoa_app;

-- Places can be limited, and the limit moved and lifted again, while people join.
create policy lift_seats on course_seats for delete to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()));
alter policy take_seats on course_seats
    using (organization_id = (select current_organization())
           and ((select current_person()) is not null or (select is_staff())))
    with check (organization_id = (select current_organization())
                and ((select current_person()) is not null or (select is_staff())));
grant update (capacity), delete on course_seats to stoa_app;

-- Groups that go through a course together, by a calendar of their own. The calendar is one object
-- of times by lesson: it is read whole beside its learner's place, and written whole.
create table cohorts (
    organization_id  uuid not null,
    id               uuid not null,
    course_id        uuid not null,
    name             text not null check (length(name) between 1 and 120),
    starts_at        timestamptz,
    joinable         boolean not null default false,
    capacity         int check (capacity >= 0),
    taken            int not null default 0 check (taken >= 0 and (capacity is null or taken <= capacity)),
    calendar         jsonb not null default '{}' check (jsonb_typeof(calendar) = 'object'),
    version          int not null default 1,
    created_at       timestamptz not null,
    archived_at      timestamptz,
    primary key (organization_id, id),
    unique (organization_id, course_id, id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
create index cohorts_course on cohorts (organization_id, course_id);
alter table cohorts enable row level security;
alter table cohorts force row level security;
-- Read by key beside a learner's place: see docs/adr/0010.
create policy read_cohorts on cohorts for select to stoa_app
    using (organization_id = current_organization());
create policy staff_add on cohorts for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_staff()));
-- Whoever joins a cohort takes a place in it.
create policy staff_edit on cohorts for update to stoa_app
    using (organization_id = (select current_organization())
           and ((select current_person()) is not null or (select is_staff())))
    with check (organization_id = (select current_organization())
                and ((select current_person()) is not null or (select is_staff())));
grant select, insert, update on cohorts to stoa_app;

alter table enrollments add column cohort_id uuid;
alter table enrollments add foreign key (organization_id, course_id, cohort_id)
    references cohorts (organization_id, course_id, id);
create index enrollments_cohort on enrollments (organization_id, cohort_id) where cohort_id is not null;

-- Teachers put learners into their cohorts. Which course is theirs, the route says.
alter policy write_own_or_admin on enrollments
    with check (organization_id = (select current_organization())
                and (user_id = (select current_person()) or (select is_staff())));
alter policy change_own_or_admin on enrollments
    using (organization_id = (select current_organization())
           and (user_id = (select current_person()) or (select is_staff())))
    with check (organization_id = (select current_organization())
                and (user_id = (select current_person()) or (select is_staff())));
alter policy write_own_or_admin on access_grants
    with check (organization_id = (select current_organization())
                and (user_id = (select current_person()) or (select is_staff())));
alter policy change_own_or_admin on access_grants
    using (organization_id = (select current_organization())
           and (user_id = (select current_person()) or (select is_staff())))
    with check (organization_id = (select current_organization())
                and (user_id = (select current_person()) or (select is_staff())));

grant select, insert, update, delete on lesson_prerequisites, course_terms, course_prerequisites, cohorts
    to stoa_service;

-- The words of a lesson that is not open yet are not found, nor shown beside what is.
alter table catalog_lessons add column opens_at timestamptz;
create or replace function search_lessons(organization uuid, query text, most int)
    returns table (course_slug text, course_title text, number text, slug text, title text,
                   minutes int, passage text)
    language plpgsql stable security definer
    set search_path = pg_catalog, public
    set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
    wanted text := folded(left(query, 200));
    terms tsquery := search_terms(folded(left(query, 200)));
begin
    if organization is distinct from current_organization() then
        return;
    end if;
    return query
        select l.course_slug, l.course_title, l.number, l.slug, l.title, l.minutes,
               case when (l.opens_at is null or l.opens_at <= now())
                         and to_tsvector('simple', folded(l.body)) @@ terms
                    then ts_headline('simple', l.body, terms,
                                     'StartSel=' || chr(2) || ', StopSel=' || chr(3)
                                     || ', MaxFragments=1, MaxWords=14, MinWords=6')
                    else '' end
          from (select found.*,
                       case when found.document @@ terms then 1 + ts_rank(found.document, terms) else 0 end
                       + word_similarity(wanted, found.words) as points
                  from (select d.lesson_id, d.course_id
                          from catalog_lessons d
                         where d.organization_id = organization and d.document @@ terms
                           and (d.opens_at is null or d.opens_at <= now()
                                or to_tsvector('simple', d.words) @@ terms)
                         union
                        select w.lesson_id, w.course_id
                          from catalog_lessons w
                         where w.organization_id = organization and wanted <% w.words) hit
                  join catalog_lessons found
                    on found.organization_id = organization
                   and found.course_id = hit.course_id and found.lesson_id = hit.lesson_id
                 order by points desc, found.lesson_id
                 limit most) l
         order by l.points desc, l.lesson_id;
end $$;
