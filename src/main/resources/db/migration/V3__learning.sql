-- Who learns what, and how far they are ---------------------------------------------------------

create table enrollments (
    organization_id   uuid not null,
    id                uuid not null,
    user_id           uuid not null,
    course_id         uuid not null,
    status            text not null default 'active' check (status in ('active', 'withdrawn')),
    enrolled_at       timestamptz not null,
    last_lesson_id    uuid,
    last_activity_at  timestamptz not null,
    -- Counts the changes of this learner's progress, so that pages can tell a newer number from an older.
    revision          bigint not null default 0,
    primary key (organization_id, id),
    unique (organization_id, user_id, course_id),
    foreign key (organization_id, user_id) references organization_memberships (organization_id, user_id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
create index enrollments_course on enrollments (organization_id, course_id);

-- The ledger of access: each reason to have it is a row of its own.
create table access_grants (
    organization_id   uuid not null,
    id                uuid not null,
    user_id           uuid not null,
    course_id         uuid not null,
    source            text not null check (source in ('free', 'purchase', 'subscription', 'seat', 'cohort', 'hand')),
    source_reference  text not null default '',
    starts_at         timestamptz not null,
    ends_at           timestamptz,
    created_at        timestamptz not null,
    primary key (organization_id, id),
    unique (organization_id, user_id, course_id, source, source_reference),
    foreign key (organization_id, user_id, course_id) references enrollments (organization_id, user_id, course_id),
    check (ends_at is null or ends_at >= starts_at)
);

create table lesson_progress (
    organization_id   uuid not null,
    user_id           uuid not null,
    course_id         uuid not null,
    lesson_id         uuid not null,
    status            text not null check (status in ('started', 'completed')),
    position_seconds  int not null default 0 check (position_seconds >= 0),
    started_at        timestamptz not null,
    completed_at      timestamptz,
    updated_at        timestamptz not null,
    primary key (organization_id, user_id, course_id, lesson_id),
    foreign key (organization_id, user_id, course_id) references enrollments (organization_id, user_id, course_id),
    foreign key (organization_id, course_id, lesson_id) references lessons (organization_id, course_id, id),
    check ((status = 'completed') = (completed_at is not null))
);

-- From a lesson to the releases, and so the course, that hold it.
create index release_lessons_lesson on release_lessons (organization_id, lesson_id, release_id);

-- Places in courses that have a limit; a course without a row here has none.
create table course_seats (
    organization_id  uuid not null,
    course_id        uuid not null,
    capacity         int not null check (capacity >= 0),
    taken            int not null default 0 check (taken >= 0 and taken <= capacity),
    primary key (organization_id, course_id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);

-- How many learn a course, for its teachers; counted by a job after each change.
create table course_statistics (
    organization_id  uuid not null,
    course_id        uuid not null,
    learners         int not null,
    counted_at       timestamptz not null,
    primary key (organization_id, course_id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);

do $$
declare tab text;
begin
    foreach tab in array array['enrollments', 'access_grants', 'lesson_progress'] loop
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('create policy read_own_or_staff on %I for select to stoa_app
                            using (organization_id = (select current_organization())
                                   and (user_id = (select current_person()) or (select is_staff())))', tab);
        execute format('create policy write_own_or_admin on %I for insert to stoa_app
                            with check (organization_id = (select current_organization())
                                        and (user_id = (select current_person()) or (select is_admin())))', tab);
        execute format('create policy change_own_or_admin on %I for update to stoa_app
                            using (organization_id = (select current_organization())
                                   and (user_id = (select current_person()) or (select is_admin())))
                            with check (organization_id = (select current_organization())
                                        and (user_id = (select current_person()) or (select is_admin())))', tab);
        execute format('grant select, insert, update on %I to stoa_app', tab);
    end loop;
end $$;

alter table course_seats enable row level security;
alter table course_seats force row level security;
create policy read_seats on course_seats for select to stoa_app
    using (organization_id = (select current_organization()));
create policy take_seats on course_seats for update to stoa_app
    using (organization_id = (select current_organization()) and (select current_person()) is not null)
    with check (organization_id = (select current_organization()) and (select current_person()) is not null);
create policy set_seats on course_seats for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update (taken) on course_seats to stoa_app;

alter table course_statistics enable row level security;
alter table course_statistics force row level security;
create policy staff_statistics on course_statistics to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update on course_statistics to stoa_app;

grant select, insert, update, delete on all tables in schema public to stoa_service;
