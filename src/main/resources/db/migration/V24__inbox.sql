-- Webhooks that come in ------------------------------------------------------------------------

-- What a sender's signature vouched for, under the sender's own id: however often it is delivered,
-- there is one row. The row is its own job (docs/adr/0024): due_at says when it is tried next, and
-- the time is moved on before each try, so that a process that dies in it leaves it to the others.
create table webhook_events (
    id               uuid primary key,
    source           text not null check (length(source) between 1 and 63),
    at_organization  uuid references organizations (id),
    event_id         text not null check (length(event_id) between 1 and 256),
    kind             text not null check (length(kind) <= 200),
    occurred_at      timestamptz not null,
    received_at      timestamptz not null,
    headers          jsonb not null,
    body             bytea,
    status           text not null check (status in ('pending', 'completed', 'failed', 'dead')),
    tries            int not null default 0,
    due_at           timestamptz,
    completed_at     timestamptz,
    history          jsonb not null default '[]' check (jsonb_typeof(history) = 'array'),
    effects          jsonb not null default '[]' check (jsonb_typeof(effects) = 'array'),
    check ((due_at is not null) = (status in ('pending', 'failed')))
);
create unique index webhook_events_once on webhook_events (source, event_id, at_organization) nulls not distinct;
create index webhook_events_due on webhook_events (due_at) where due_at is not null;
create index webhook_events_at on webhook_events (at_organization, id);
create index webhook_events_received on webhook_events (received_at) where body is not null;
alter table webhook_events enable row level security;
alter table webhook_events force row level security;
create policy admin_events on webhook_events to stoa_app
    using (at_organization = (select current_organization()) and (select is_admin()))
    with check (at_organization = (select current_organization()) and (select is_admin()));
grant select on webhook_events to stoa_app;
grant select, insert, update, delete on webhook_events to stoa_service;
