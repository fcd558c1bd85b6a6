-- Webhooks that go out ----------------------------------------------------------------------------

create table webhook_endpoints (
    organization_id  uuid not null references organizations (id),
    id               uuid not null,
    url              text not null check (length(url) between 1 and 2000),
    secret           bytea not null,
    kinds            text[] not null,
    failing_since    timestamptz,
    disabled_at      timestamptz,
    added_by         uuid references users (id),
    created_at       timestamptz not null,
    primary key (organization_id, id)
);

-- One event for one endpoint, however often it is tried.
create table webhook_deliveries (
    organization_id  uuid not null,
    id               uuid not null,
    endpoint_id      uuid not null,
    event_id         uuid not null,
    kind             text not null,
    body             text not null,
    status           text not null check (status in ('pending', 'delivered', 'dead')),
    tries            int not null default 0,
    due_at           timestamptz,
    history          jsonb not null default '[]' check (jsonb_typeof(history) = 'array'),
    created_at       timestamptz not null,
    primary key (organization_id, id),
    unique (organization_id, endpoint_id, event_id),
    foreign key (organization_id, endpoint_id) references webhook_endpoints (organization_id, id) on delete cascade
);

do $$
declare tab text;
begin
    foreach tab in array array['webhook_endpoints', 'webhook_deliveries'] loop
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('create policy admin_outgoing on %I to stoa_app
                            using (organization_id = (select current_organization()) and (select is_admin()))
                            with check (organization_id = (select current_organization()) and (select is_admin()))', tab);
        execute format('grant select, insert, update, delete on %I to stoa_service', tab);
    end loop;
end $$;
grant select, insert, update (failing_since, disabled_at), delete on webhook_endpoints to stoa_app;
grant select, insert, update (status, tries, due_at, history) on webhook_deliveries to stoa_app;
