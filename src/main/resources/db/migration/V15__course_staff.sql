-- Who teaches a course ---------------------------------------------------------------------------

-- A course that nobody leads is the school's own: all its teachers write and publish it. See
-- docs/adr/0013.
create table course_staff (
    organization_id  uuid not null,
    course_id        uuid not null,
    teacher_id       uuid not null,
    role             text not null check (role in ('lead', 'assistant', 'reviewer')),
    added_by         uuid references users (id),
    added_at         timestamptz not null,
    primary key (organization_id, course_id, teacher_id),
    foreign key (organization_id, course_id) references courses (organization_id, id) on delete cascade,
    foreign key (organization_id, teacher_id) references organization_memberships (organization_id, user_id)
);
create index course_staff_teacher on course_staff (organization_id, teacher_id);

-- Who brought a course in could do everything with it, and leads it from here on. Forced policies
-- hide these rows from the owner of the tables too, so they are lifted for this one statement.
alter table courses no force row level security;
alter table organization_memberships no force row level security;
insert into course_staff (organization_id, course_id, teacher_id, role, added_by, added_at)
select c.organization_id, c.id, m.user_id, 'lead', m.user_id, c.created_at
  from courses c
  join organization_memberships m
    on m.organization_id = c.organization_id and m.user_id = c.created_by;
alter table courses force row level security;
alter table organization_memberships force row level security;

alter table course_staff enable row level security;
alter table course_staff force row level security;
create policy staff_of_courses on course_staff to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update, delete on course_staff to stoa_app;
grant select, insert, update, delete on course_staff to stoa_service;

-- Every way to begin a course passes here, the version of the program before this one too.
create function lead_what_one_begins() returns trigger
    language plpgsql
    set search_path = public, pg_catalog
as $$
begin
    insert into course_staff (organization_id, course_id, teacher_id, role, added_by, added_at)
    select new.organization_id, new.id, m.user_id, 'lead', m.user_id, new.created_at
      from organization_memberships m
     where m.organization_id = new.organization_id and m.user_id = new.created_by;
    return null;
end $$;
create trigger lead_what_one_begins after insert on courses
    for each row when (new.created_by is not null) execute function lead_what_one_begins();

-- What the caller is in a course, in one place for every list and every route: 'admin', 'school'
-- (a teacher, and nobody leads it), 'lead', 'assistant', 'reviewer'; null for nothing.
create function course_standing(course uuid) returns text
    language sql stable parallel safe
    return case
        when is_admin() then 'admin'
        when not is_staff() then null
        when not exists (select from course_staff s
                          where s.organization_id = current_organization()
                            and s.course_id = course and s.role = 'lead') then 'school'
        else (select s.role from course_staff s
               where s.organization_id = current_organization()
                 and s.course_id = course and s.teacher_id = current_person())
    end;
