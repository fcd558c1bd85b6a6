-- What was published -------------------------------------------------------------------------------

-- Every text a lesson had is kept, so that a release need only say which one it shows, and in which
-- module of the draft it stood: enough to bring the draft back to a release.
alter table release_lessons add column lesson_version int;
alter table release_lessons add column module_id uuid;
-- What was different from the release before, told once, when it was published; null where it was
-- published before this was kept.
alter table course_releases add column changes jsonb;

-- Of what was published so far: the latest text written before. Which module it stood in is not
-- known any more; its title, in the release's document, tells.
alter table course_releases no force row level security;
alter table release_lessons no force row level security;
alter table lesson_versions no force row level security;
alter table lessons no force row level security;
update release_lessons rl
   set lesson_version = coalesce((
           select max(v.version)
             from (select l.version, l.written_at
                     from lessons l
                    where l.organization_id = rl.organization_id and l.id = rl.lesson_id
                    union all
                   select h.version, h.written_at
                     from lesson_versions h
                    where h.organization_id = rl.organization_id and h.lesson_id = rl.lesson_id) v
            where v.written_at is null or v.written_at <= r.published_at), 1)
  from course_releases r
 where r.organization_id = rl.organization_id and r.id = rl.release_id;
alter table course_releases force row level security;
alter table release_lessons force row level security;
alter table lesson_versions force row level security;
alter table lessons force row level security;

-- What shall be published --------------------------------------------------------------------------

-- One at a time for a course. The job carries the id: changed or called off, it finds another or
-- none, and does nothing.
create table scheduled_releases (
    organization_id  uuid not null,
    course_id        uuid not null,
    id               uuid not null,
    due_at           timestamptz not null,
    note             text not null default '',
    scheduled_by     uuid references users (id),
    scheduled_at     timestamptz not null,
    failure          text,
    primary key (organization_id, course_id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
alter table scheduled_releases enable row level security;
alter table scheduled_releases force row level security;
create policy staff_schedules on scheduled_releases to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update, delete on scheduled_releases to stoa_app;
grant select, insert, update, delete on scheduled_releases to stoa_service;

-- What was done to an outline ----------------------------------------------------------------------

create table outline_changes (
    organization_id  uuid not null,
    course_id        uuid not null,
    id               uuid not null,
    kind             text not null,
    title            text not null,
    detail           text not null default '',
    undo             jsonb,
    made_by          uuid references users (id),
    made_at          timestamptz not null,
    undone_at        timestamptz,
    primary key (organization_id, course_id, id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
alter table outline_changes enable row level security;
alter table outline_changes force row level security;
create policy staff_changes on outline_changes to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update (undone_at) on outline_changes to stoa_app;
grant select, insert, update, delete on outline_changes to stoa_service;
