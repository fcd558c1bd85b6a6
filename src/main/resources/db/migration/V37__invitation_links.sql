-- The links of an invitation that went by mail, beside the one that was shown to who made it. Each
-- is made when its mail is sent; what is kept is its SHA-256, in hexadecimal. See docs/adr/0027.
create table invitation_links (
    organization_id  uuid not null,
    token_hash       text not null,
    invitation_id    uuid not null,
    made_at          timestamptz not null,
    primary key (organization_id, token_hash),
    foreign key (organization_id, invitation_id) references invitations (organization_id, id) on delete cascade
);
create index invitation_links_invitation on invitation_links (organization_id, invitation_id);
alter table invitation_links enable row level security;
alter table invitation_links force row level security;
create policy office_invitation_links on invitation_links to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert on invitation_links to stoa_app;
grant select, insert, update, delete on invitation_links to stoa_service;
