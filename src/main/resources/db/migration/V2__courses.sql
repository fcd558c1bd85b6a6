-- Drafts: what authors edit -------------------------------------------------------------------

create table courses (
    organization_id     uuid not null references organizations (id),
    id                  uuid not null,
    slug                text not null check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 80),
    title               text not null check (length(title) between 1 and 200),
    summary             text not null default '' check (length(summary) <= 2000),
    category            text not null default '',
    tags                text[] not null default '{}',
    level               text not null default '',
    language            text not null default 'en',
    outcomes            text[] not null default '{}',
    source_key          text,
    current_release_id  uuid,
    created_by          uuid references users (id),
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    primary key (organization_id, id),
    unique (organization_id, slug)
);
alter table courses enable row level security;
alter table courses force row level security;
create policy read_courses on courses for select to stoa_app
    using (organization_id = (select current_organization()));
create policy add_courses on courses for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_staff()));
create policy edit_courses on courses for update to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
create policy remove_courses on courses for delete to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update, delete on courses to stoa_app;

create table modules (
    organization_id  uuid not null,
    id               uuid not null,
    course_id        uuid not null,
    position         int not null,
    title            text not null check (length(title) between 1 and 200),
    source_key       text not null,
    deleted_at       timestamptz,
    primary key (organization_id, id),
    unique (organization_id, course_id, source_key),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
alter table modules enable row level security;
alter table modules force row level security;
create policy staff_modules on modules to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update, delete on modules to stoa_app;

create table lessons (
    organization_id  uuid not null,
    id               uuid not null,
    course_id        uuid not null,
    module_id        uuid not null,
    position         int not null,
    slug             text not null check (length(slug) between 1 and 80),
    title            text not null check (length(title) between 1 and 200),
    markdown         text not null,
    minutes          int not null default 1,
    source_key       text not null,
    deleted_at       timestamptz,
    primary key (organization_id, id),
    unique (organization_id, course_id, id),
    unique (organization_id, course_id, source_key),
    foreign key (organization_id, course_id) references courses (organization_id, id),
    foreign key (organization_id, module_id) references modules (organization_id, id)
);
alter table lessons enable row level security;
alter table lessons force row level security;
create policy staff_lessons on lessons to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update, delete on lessons to stoa_app;

-- The bytes stand in the media store under their SHA-256; this row says what the course calls them.
create table course_files (
    organization_id  uuid not null,
    course_id        uuid not null,
    path             text not null check (length(path) between 1 and 400),
    sha256           text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    media_type       text not null,
    size             bigint not null check (size >= 0),
    primary key (organization_id, course_id, path),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
create index course_files_sha256 on course_files (organization_id, sha256);
alter table course_files enable row level security;
alter table course_files force row level security;
create policy read_files on course_files for select to stoa_app
    using (organization_id = (select current_organization()));
create policy staff_add_files on course_files for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_staff()));
create policy staff_edit_files on course_files for update to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
create policy staff_remove_files on course_files for delete to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update, delete on course_files to stoa_app;

-- Releases: what learners read; never updated --------------------------------------------------

create table course_releases (
    organization_id  uuid not null,
    id               uuid not null,
    course_id        uuid not null,
    number           int not null check (number > 0),
    document         jsonb not null,
    note             text not null default '',
    published_by     uuid references users (id),
    published_at     timestamptz not null,
    primary key (organization_id, id),
    unique (organization_id, course_id, id),
    unique (organization_id, course_id, number),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
alter table course_releases enable row level security;
alter table course_releases force row level security;
create policy read_releases on course_releases for select to stoa_app
    using (organization_id = (select current_organization()));
create policy publish_releases on course_releases for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert on course_releases to stoa_app;
alter table courses add foreign key (organization_id, id, current_release_id)
    references course_releases (organization_id, course_id, id) deferrable initially deferred;

create table release_lessons (
    organization_id  uuid not null,
    release_id       uuid not null,
    lesson_id        uuid not null,
    html             text not null,
    words            text not null,
    primary key (organization_id, release_id, lesson_id),
    foreign key (organization_id, release_id) references course_releases (organization_id, id),
    foreign key (organization_id, lesson_id) references lessons (organization_id, id)
);
alter table release_lessons enable row level security;
alter table release_lessons force row level security;
create policy read_release_lessons on release_lessons for select to stoa_app
    using (organization_id = (select current_organization()));
create policy publish_release_lessons on release_lessons for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert on release_lessons to stoa_app;

-- The catalog: one row for each published course, one for each lesson in its current release ----

-- unaccent() is only stable because its dictionary could change; ours does not.
create function folded(words text) returns text
    language sql immutable parallel safe
    set search_path = public, pg_catalog
    return lower(public.unaccent('public.unaccent'::regdictionary, words));

create table catalog_entries (
    organization_id  uuid not null,
    course_id        uuid not null,
    release_id       uuid not null,
    slug             text not null,
    title            text not null,
    summary          text not null,
    category         text not null,
    tags             text[] not null,
    level            text not null,
    language         text not null,
    lesson_count     int not null,
    module_sizes     int[] not null,
    minutes          int not null,
    published_at     timestamptz not null,
    words            text not null,
    document         tsvector not null,
    primary key (organization_id, course_id),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
create index catalog_entries_newest on catalog_entries (organization_id, published_at desc, course_id);
create index catalog_entries_words on catalog_entries using gin (organization_id, words gin_trgm_ops);
create index catalog_entries_document on catalog_entries using gin (organization_id, document);

create table catalog_lessons (
    organization_id  uuid not null,
    course_id        uuid not null,
    lesson_id        uuid not null,
    course_slug      text not null,
    course_title     text not null,
    number           text not null,
    slug             text not null,
    title            text not null,
    minutes          int not null,
    body             text not null,
    words            text not null,
    document         tsvector not null,
    primary key (organization_id, course_id, lesson_id),
    foreign key (organization_id, course_id) references catalog_entries (organization_id, course_id) on delete cascade
);
create index catalog_lessons_words on catalog_lessons using gin (organization_id, words gin_trgm_ops);
create index catalog_lessons_document on catalog_lessons using gin (organization_id, document);

do $$
declare tab text;
begin
    foreach tab in array array['catalog_entries', 'catalog_lessons'] loop
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('create policy read_catalog on %I for select to stoa_app
                            using (organization_id = (select current_organization()))', tab);
        execute format('create policy staff_add on %I for insert to stoa_app
                            with check (organization_id = (select current_organization()) and (select is_staff()))', tab);
        execute format('create policy staff_edit on %I for update to stoa_app
                            using (organization_id = (select current_organization()) and (select is_staff()))
                            with check (organization_id = (select current_organization()) and (select is_staff()))', tab);
        execute format('create policy staff_remove on %I for delete to stoa_app
                            using (organization_id = (select current_organization()) and (select is_staff()))', tab);
        -- The owner reads these two tables for the search functions only; see docs/adr/0008.
        execute format('create policy search_functions on %I for select to stoa_owner using (true)', tab);
        execute format('grant select, insert, update, delete on %I to stoa_app', tab);
    end loop;
end $$;

grant select, insert, update, delete on all tables in schema public to stoa_service;
