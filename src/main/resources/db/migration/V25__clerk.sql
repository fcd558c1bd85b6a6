-- Clerk -----------------------------------------------------------------------------------------

-- What Clerk has told, by its own ids, so that older news changes nothing. A row may stand here
-- before what it names is known: then user_id or school_id is empty and updated_at is the epoch.
-- What was deleted there stays as a tombstone; Clerk gives no id twice. See docs/adr/0025.
create table clerk_users (
    clerk_id    text primary key check (length(clerk_id) between 1 and 200),
    user_id     uuid unique references users (id),
    updated_at  timestamptz not null,
    deleted_at  timestamptz,
    known_at    timestamptz not null
);
create table clerk_organizations (
    clerk_id    text primary key check (length(clerk_id) between 1 and 200),
    school_id   uuid unique references organizations (id) on delete set null,
    created_by  text not null default '',
    updated_at  timestamptz not null,
    deleted_at  timestamptz,
    known_at    timestamptz not null
);
create table clerk_memberships (
    clerk_id            text primary key check (length(clerk_id) between 1 and 200),
    clerk_user          text not null,
    clerk_organization  text not null,
    role                text not null,
    settled             boolean not null default false,
    updated_at          timestamptz not null,
    deleted_at          timestamptz,
    known_at            timestamptz not null
);
create index clerk_memberships_user on clerk_memberships (clerk_user);
create index clerk_memberships_organization on clerk_memberships (clerk_organization);

do $$
declare tab text;
begin
    foreach tab in array array['clerk_users', 'clerk_organizations', 'clerk_memberships'] loop
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('grant select, insert, update, delete on %I to stoa_service', tab);
    end loop;
end $$;

-- A school that was closed is open to its administrators' export alone, until it is erased.
alter table organizations add column closed_at timestamptz;
alter table organizations add column erased_after timestamptz;
revoke update on organizations from stoa_app;
grant update (name, language, accent, time_zone) on organizations to stoa_app;

-- Erases a school with every row that refers to it, in whatever order the references allow: the
-- tables are those that the catalog names at that time, so a later one cannot be forgotten. What
-- only points at a school and may outlive it says so with "on delete set null".
create function erase_school(school uuid) returns void
    language plpgsql
    set search_path = pg_catalog, public
as $$
declare
    ref record;
    progress boolean := true;
    left_over boolean := true;
begin
    update public.courses set current_release_id = null where organization_id = school;
    while left_over loop
        if not progress then
            raise exception 'rows of the school % refer to each other in a circle', school;
        end if;
        progress := false;
        left_over := false;
        for ref in
            select distinct c.oid::regclass as tab, a.attname as col
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
               and (a.attname in ('organization_id', 'at_organization')
                    or exists (select from pg_constraint k
                                where k.conrelid = c.oid and k.contype = 'f' and k.confdeltype = 'a'
                                  and k.confrelid = 'public.organizations'::regclass
                                  and k.conkey = array[a.attnum]))
        loop
            declare
                gone bigint;
            begin
                execute format('delete from %s where %I = $1', ref.tab, ref.col) using school;
                get diagnostics gone = row_count;
                progress := progress or gone > 0;
            exception when foreign_key_violation then
                left_over := true;
            end;
        end loop;
    end loop;
    delete from public.organizations where id = school;
end $$;
revoke all on function erase_school from public;
grant execute on function erase_school to stoa_service;
