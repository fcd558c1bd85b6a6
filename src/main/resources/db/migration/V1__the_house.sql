-- The roles stoa_owner (runs this file), stoa_app (bound by row-level security) and
-- stoa_service (bypasses it) exist already. See docs/adr/0002.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;

grant usage on schema public to stoa_app, stoa_service;

-- Who is calling, as the data source bound it to this transaction. -----------------------------

create function current_organization() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('stoa.organization', true), '')::uuid;

create function current_person() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('stoa.person', true), '')::uuid;

create function is_staff() returns boolean
    language sql stable parallel safe
    return coalesce(current_setting('stoa.role', true), '') in ('teacher', 'admin', 'owner');

create function is_admin() returns boolean
    language sql stable parallel safe
    return coalesce(current_setting('stoa.role', true), '') in ('admin', 'owner');

-- Organizations and people: the platform's tables ----------------------------------------------

create table organizations (
    id          uuid primary key,
    subdomain   text not null unique check (subdomain ~ '^[a-z0-9](-?[a-z0-9])*$' and length(subdomain) between 2 and 63),
    name        text not null check (length(name) between 1 and 120),
    language    text not null default 'en',
    accent      text,
    created_at  timestamptz not null
);
alter table organizations enable row level security;
alter table organizations force row level security;
create policy own_organization on organizations to stoa_app
    using (id = (select current_organization()))
    with check (id = (select current_organization()) and (select is_admin()));
grant select, update on organizations to stoa_app;

create table users (
    id             uuid primary key,
    email          text not null check (length(email) between 3 and 254),
    name           text not null check (length(name) between 1 and 120),
    password_hash  text,
    created_at     timestamptz not null,
    deleted_at     timestamptz
);
create unique index users_email on users (lower(email));
alter table users enable row level security;
alter table users force row level security;

create table organization_memberships (
    organization_id  uuid not null references organizations (id),
    user_id          uuid not null references users (id),
    role             text not null check (role in ('student', 'teacher', 'admin', 'owner')),
    status           text not null default 'active' check (status in ('active', 'suspended')),
    created_at       timestamptz not null,
    primary key (organization_id, user_id)
);
create index organization_memberships_user on organization_memberships (user_id);
alter table organization_memberships enable row level security;
alter table organization_memberships force row level security;
create policy visible_memberships on organization_memberships for select to stoa_app
    using (organization_id = (select current_organization())
           and (user_id = (select current_person()) or (select is_staff())));
create policy changed_by_admins on organization_memberships for update to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
create policy added_by_admins on organization_memberships for insert to stoa_app
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update on organization_memberships to stoa_app;

create policy self_or_staff on users to stoa_app
    using (id = (select current_person())
           or ((select is_staff()) and exists (
                   select from organization_memberships m
                    where m.organization_id = (select current_organization()) and m.user_id = users.id)))
    with check (id = (select current_person()));
grant select (id, email, name, created_at, deleted_at), update (name) on users to stoa_app;

-- A sign-in is one act of a person at one device; it has a session for every host it visited.
create table sessions (
    id               uuid primary key,
    sign_in_id       uuid not null,
    user_id          uuid not null references users (id),
    at_organization  uuid references organizations (id),
    token_hash       bytea not null unique,
    device           text not null,
    address          text not null,
    created_at       timestamptz not null,
    last_seen_at     timestamptz not null,
    expires_at       timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_sign_in on sessions (sign_in_id);
alter table sessions enable row level security;
alter table sessions force row level security;
create policy own_sessions on sessions to stoa_app
    using (user_id = (select current_person()))
    with check (user_id = (select current_person()));
grant select (id, sign_in_id, user_id, at_organization, device, address, created_at, last_seen_at, expires_at),
      delete on sessions to stoa_app;

create table one_time_codes (
    code_hash        bytea primary key,
    user_id          uuid not null references users (id),
    sign_in_id       uuid not null,
    for_organization uuid references organizations (id),
    expires_at       timestamptz not null
);
alter table one_time_codes enable row level security;
alter table one_time_codes force row level security;

create table api_tokens (
    id           uuid primary key,
    user_id      uuid not null references users (id),
    name         text not null check (length(name) between 1 and 120),
    token_hash   bytea not null unique,
    created_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index api_tokens_user on api_tokens (user_id);
alter table api_tokens enable row level security;
alter table api_tokens force row level security;
create policy own_tokens on api_tokens to stoa_app
    using (user_id = (select current_person()))
    with check (user_id = (select current_person()));
grant select (id, user_id, name, created_at, last_used_at, revoked_at), update (revoked_at),
      insert on api_tokens to stoa_app;

create table platform_admins (
    user_id     uuid primary key references users (id),
    created_at  timestamptz not null
);
alter table platform_admins enable row level security;
alter table platform_admins force row level security;

-- Answers to writes that carried an Idempotency-Key, so that a repeated call is one effect.
create table idempotency_keys (
    organization_id  uuid not null references organizations (id),
    user_id          uuid not null references users (id),
    key              text not null check (length(key) between 1 and 255),
    request_hash     bytea not null,
    status           int,
    content_type     text,
    body             bytea,
    created_at       timestamptz not null,
    primary key (organization_id, user_id, key)
);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy own_keys on idempotency_keys to stoa_app
    using (organization_id = (select current_organization()) and user_id = (select current_person()))
    with check (organization_id = (select current_organization()) and user_id = (select current_person()));
grant select, insert, update, delete on idempotency_keys to stoa_app;

-- Durable work: db-scheduler's own table; a row is written in the transaction of what causes it.
create table scheduled_tasks (
    task_name             text not null,
    task_instance         text not null,
    task_data             bytea,
    execution_time        timestamptz not null,
    picked                boolean not null,
    picked_by             text,
    last_success          timestamptz,
    last_failure          timestamptz,
    consecutive_failures  int,
    last_heartbeat        timestamptz,
    version               bigint not null,
    priority              smallint,
    state                 text,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time, priority desc);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
grant select, insert on scheduled_tasks to stoa_app;

grant select, insert, update, delete on all tables in schema public to stoa_service;
