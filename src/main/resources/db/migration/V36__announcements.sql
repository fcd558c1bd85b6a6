-- What a school tells many people at once: the learners of a course or, without a course, everybody
-- in the school. Nobody is told of one that still waits for its time.
create table announcements (
    organization_id  uuid not null references organizations (id),
    id               uuid not null,
    course_id        uuid,
    title            text not null check (length(title) between 1 and 200),
    body             text not null check (length(body) between 1 and 20000),
    status           text not null check (status in ('scheduled', 'going', 'told', 'cancelled')),
    due_at           timestamptz not null,
    -- How many people were told so far, counted with the rows that tell them.
    told             int not null default 0 check (told >= 0),
    -- What a form carries that is sent twice by mistake.
    once             text not null check (length(once) between 1 and 120),
    written_by       uuid references users (id),
    written_at       timestamptz not null,
    ended_at         timestamptz,
    primary key (organization_id, id),
    unique (organization_id, once),
    foreign key (organization_id, course_id) references courses (organization_id, id) on delete cascade
);
create index announcements_latest on announcements (organization_id, course_id, due_at desc, id desc);
alter table announcements enable row level security;
alter table announcements force row level security;
create policy read_announcements on announcements for select to stoa_app
    using (organization_id = (select current_organization())
           and ((select is_staff()) or status in ('going', 'told')));
create policy write_announcements on announcements for insert to stoa_app
    with check (organization_id = (select current_organization())
                and ((select is_admin()) or ((select is_staff()) and course_id is not null)));
create policy change_announcements on announcements for update to stoa_app
    using (organization_id = (select current_organization())
           and ((select is_admin()) or ((select is_staff()) and course_id is not null)))
    with check (organization_id = (select current_organization())
                and ((select is_admin()) or ((select is_staff()) and course_id is not null)));
grant select, insert, update (status, told, ended_at) on announcements to stoa_app;
grant select, insert, update, delete on announcements to stoa_service;
