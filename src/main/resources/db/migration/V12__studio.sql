-- The studio -----------------------------------------------------------------------------------

-- Two teachers write at once: a write names the version it has seen, and none is lost silently.
alter table modules add column version int not null default 1;
alter table lessons add column version int not null default 1;
alter table lessons add column written_at timestamptz;
alter table lessons add column written_by uuid references users (id);

-- What a lesson said before. The text as it is now stands in lessons; a version moves here when it
-- is written over, whoever writes.
create table lesson_versions (
    organization_id  uuid not null,
    lesson_id        uuid not null,
    version          int not null check (version > 0),
    title            text not null,
    markdown         text not null,
    written_by       uuid references users (id),
    written_at       timestamptz,
    primary key (organization_id, lesson_id, version),
    foreign key (organization_id, lesson_id) references lessons (organization_id, id)
);
alter table lesson_versions enable row level security;
alter table lesson_versions force row level security;
create policy staff_versions on lesson_versions to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert on lesson_versions to stoa_app;
grant select, insert, update, delete on lesson_versions to stoa_service;

-- Every writer passes here, the import as much as the editor, so no text is lost on a way around.
create function keep_lesson_version() returns trigger
    language plpgsql
    set search_path = public, pg_catalog
as $$
begin
    if (old.title, old.markdown) is distinct from (new.title, new.markdown) then
        insert into lesson_versions
               (organization_id, lesson_id, version, title, markdown, written_by, written_at)
        values (old.organization_id, old.id, old.version, old.title, old.markdown,
                old.written_by, old.written_at);
        new.version := old.version + 1;
    end if;
    return new;
end $$;
create trigger keep_lesson_version before update on lessons
    for each row execute function keep_lesson_version();
