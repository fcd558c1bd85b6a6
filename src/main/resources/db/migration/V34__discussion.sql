-- What is asked and answered under lessons. A question hangs on its lesson, which outlives releases;
-- its own words are the post with its id. Who may enter a course is settled by the program too: by
-- grants that hold now, and by lessons that are open.
create table discussion_threads (
    organization_id  uuid not null,
    id               uuid not null,
    course_id        uuid not null,
    lesson_id        uuid not null,
    asker_id         uuid not null,
    asked_at         timestamptz not null,
    resolved_at      timestamptz,
    locked_at        timestamptz,
    primary key (organization_id, id),
    unique (organization_id, course_id, id),
    foreign key (organization_id, course_id, lesson_id) references lessons (organization_id, course_id, id),
    foreign key (organization_id, asker_id) references organization_memberships (organization_id, user_id)
);
create index discussion_threads_lesson on discussion_threads (organization_id, lesson_id, id desc);

-- The name is the writer's when they wrote: learners do not read the list of members.
create table discussion_posts (
    organization_id  uuid not null,
    id               uuid not null,
    course_id        uuid not null,
    thread_id        uuid not null,
    author_id        uuid not null,
    author_name      text not null check (length(author_name) <= 120),
    as_staff         boolean not null,
    markdown         text not null check (length(markdown) <= 10000),
    mentioned        text[] not null default '{}' check (cardinality(mentioned) <= 20),
    written_at       timestamptz not null,
    edited_at        timestamptz,
    removed_at       timestamptz,
    hidden_at        timestamptz,
    hidden_by        uuid references users (id),
    primary key (organization_id, id),
    unique (organization_id, course_id, id),
    foreign key (organization_id, course_id, thread_id)
        references discussion_threads (organization_id, course_id, id),
    foreign key (organization_id, author_id) references organization_memberships (organization_id, user_id)
);
create index discussion_posts_thread on discussion_posts (organization_id, thread_id, id);

-- A reader reports a post once.
create table discussion_reports (
    organization_id  uuid not null,
    post_id          uuid not null,
    reporter_id      uuid not null,
    course_id        uuid not null,
    why              text not null check (length(why) <= 1000),
    reported_at      timestamptz not null,
    dismissed_at     timestamptz,
    primary key (organization_id, post_id, reporter_id),
    foreign key (organization_id, course_id, post_id)
        references discussion_posts (organization_id, course_id, id),
    foreign key (organization_id, reporter_id) references organization_memberships (organization_id, user_id)
);
create index discussion_reports_open on discussion_reports (organization_id, course_id)
    where dismissed_at is null;

do $$
declare
    -- Uncorrelated, so that it is looked up once for a list and not for each of its rows; the
    -- policies of enrollments compare the school.
    inside text := '(course_id in (select e.course_id from enrollments e
                                    where e.user_id = (select current_person()) and e.status = ''active'')
                     or course_standing(course_id) is not null)';
    looks_after text := 'course_standing(course_id) in (''admin'', ''lead'', ''assistant'', ''school'')';
    school text := 'organization_id = (select current_organization())';
    me text;
    tab text;
begin
    foreach tab in array array['discussion_threads', 'discussion_posts', 'discussion_reports'] loop
        me := case tab when 'discussion_threads' then 'asker_id'
                       when 'discussion_posts' then 'author_id' else 'reporter_id' end
              || ' = (select current_person())';
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('create policy read_inside_%s on %I for select to stoa_app using (%s and %s)',
                       tab, tab, school,
                       case tab when 'discussion_reports'
                                then '(' || me || ' or ' || looks_after || ')' else inside end);
        execute format('create policy write_own_%s on %I for insert to stoa_app with check (%s and %s and %s)',
                       tab, tab, school, me, inside);
        execute format('create policy change_own_or_staff_%s on %I for update to stoa_app
                            using (%s and (%s or %s)) with check (%s and (%s or %s))',
                       tab, tab, school, me, looks_after, school, me, looks_after);
        execute format('grant select, insert, update, delete on %I to stoa_service', tab);
    end loop;
end $$;
grant select, insert, update (resolved_at, locked_at) on discussion_threads to stoa_app;
grant select, insert, update (markdown, mentioned, edited_at, removed_at, hidden_at, hidden_by)
    on discussion_posts to stoa_app;
grant select, insert, update (dismissed_at) on discussion_reports to stoa_app;
