-- What a school's files are, by their bytes; the bytes themselves stand in the file storage.
create table media_files (
    organization_id  uuid not null references organizations (id),
    sha256           text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    media_type       text not null check (length(media_type) between 3 and 200),
    size             bigint not null check (size >= 0),
    -- Of a picture made of pixels, as it is seen; else 0.
    width            int not null default 0 check (width >= 0),
    height           int not null default 0 check (height >= 0),
    moving           boolean not null default false,
    -- Learners may have it: a release refers to it, and releases never change.
    released         boolean not null default false,
    kept_at          timestamptz not null,
    primary key (organization_id, sha256)
);
-- Until now every file of a course could be had by whoever knew its hash; those of published
-- courses stay so, for their releases name them.
alter table course_files no force row level security;
alter table course_releases no force row level security;
insert into media_files (organization_id, sha256, media_type, size, released, kept_at)
select f.organization_id, f.sha256, min(f.media_type), max(f.size),
       bool_or(exists (select from course_releases r
                        where r.organization_id = f.organization_id and r.course_id = f.course_id)),
       now()
  from course_files f
 group by f.organization_id, f.sha256;
alter table course_files force row level security;
alter table course_releases force row level security;

alter table media_files enable row level security;
alter table media_files force row level security;
create policy read_media on media_files for select to stoa_app
    using (organization_id = (select current_organization())
           and (released or (select is_staff())));
create policy staff_add_media on media_files for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_staff()));
create policy staff_edit_media on media_files for update to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update on media_files to stoa_app;
grant select, insert, update, delete on media_files to stoa_service;

-- The path, among the course's files, of the picture on its cover; empty for the drawn one.
alter table courses add column cover text not null default '' check (length(cover) <= 400);
-- As pages name it.
alter table catalog_entries add column cover jsonb;
