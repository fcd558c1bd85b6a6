-- Whole schools that come in -------------------------------------------------------------------

-- An archive comes in part by part; one that was broken off is known again by its SHA-256, so that
-- it goes on where it was, and one that has come in does not come twice. See docs/adr/0020.
create table school_imports (
    organization_id  uuid not null references organizations (id),
    archive          text not null check (length(archive) between 1 and 100),
    begun_at         timestamptz not null,
    finished_at      timestamptz,
    primary key (organization_id, archive)
);
alter table school_imports enable row level security;
alter table school_imports force row level security;
create policy admin_imports on school_imports to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update (finished_at) on school_imports to stoa_app;
grant select, insert, update, delete on school_imports to stoa_service;
