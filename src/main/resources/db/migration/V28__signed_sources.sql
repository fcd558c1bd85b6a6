-- A school's own systems --------------------------------------------------------------------------

-- They sign what they send by the rules of Standard Webhooks. The secrets are sealed under a key
-- that is not in the database; while one follows the other, both serve.
create table webhook_sources (
    organization_id  uuid not null references organizations (id),
    name             text not null check (name ~ '^[a-z0-9](-?[a-z0-9])*$' and length(name) between 2 and 40),
    secret           bytea not null,
    previous         bytea,
    created_by       uuid references users (id),
    created_at       timestamptz not null,
    rotated_at       timestamptz,
    primary key (organization_id, name)
);
alter table webhook_sources enable row level security;
alter table webhook_sources force row level security;
create policy admin_sources on webhook_sources to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update (secret, previous, rotated_at), delete on webhook_sources to stoa_app;
grant select, insert, update, delete on webhook_sources to stoa_service;
