-- What people are told inside Stoa, in the reader's language when it is read.
create table notifications (
    organization_id  uuid not null references organizations (id),
    id               uuid not null,
    user_id          uuid not null references users (id),
    kind             text not null check (length(kind) <= 40),
    said             jsonb not null,
    path             text not null check (path like '/%' and length(path) <= 400),
    about            text not null check (length(about) <= 200),
    told_at          timestamptz not null,
    read_at          timestamptz,
    primary key (organization_id, id),
    unique (organization_id, user_id, about)
);
create index notifications_latest on notifications (organization_id, user_id, id desc);
create index notifications_unread on notifications (organization_id, user_id) where read_at is null;
alter table notifications enable row level security;
alter table notifications force row level security;
create policy own_or_office_notifications on notifications to stoa_app
    using (organization_id = (select current_organization())
           and (user_id = (select current_person()) or (select is_admin())))
    with check (organization_id = (select current_organization())
                and (user_id = (select current_person()) or (select is_admin())));
grant select, insert, update (read_at) on notifications to stoa_app;
grant select, insert, update, delete on notifications to stoa_service;
