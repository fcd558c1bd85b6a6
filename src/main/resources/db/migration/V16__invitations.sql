-- Invitations by link ----------------------------------------------------------------------------

-- The secret in the link is not kept, only its SHA-256, in hexadecimal. One with a person was made by an import for
-- this person alone, whose account may have no password yet.
create table invitations (
    organization_id  uuid not null references organizations (id),
    id               uuid not null,
    token_hash       text not null,
    role             text check (role in ('student', 'teacher', 'admin')),
    purpose          text not null default '' check (length(purpose) <= 300),
    email            text not null default '' check (length(email) <= 254),
    person_id        uuid references users (id),
    most_uses        int not null check (most_uses between 1 and 10000),
    uses             int not null default 0 check (uses between 0 and most_uses),
    expires_at       timestamptz not null,
    created_by       uuid references users (id),
    created_at       timestamptz not null,
    revoked_at       timestamptz,
    primary key (organization_id, id),
    unique (organization_id, token_hash)
);
create index invitations_person on invitations (organization_id, person_id) where person_id is not null;
alter table invitations enable row level security;
alter table invitations force row level security;
create policy read_invitations on invitations for select to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()));
create policy make_invitations on invitations for insert to stoa_app
    with check (organization_id = (select current_organization())
                and ((select is_admin()) or ((select is_staff()) and role is null)));
create policy change_invitations on invitations for update to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, update (revoked_at, token_hash, expires_at) on invitations to stoa_app;
grant select, insert, update, delete on invitations to stoa_service;

-- What an invitation gives beside the membership: a role in a course.
create table course_invitations (
    organization_id  uuid not null,
    invitation_id    uuid not null,
    course_id        uuid not null,
    role             text not null check (role in ('lead', 'assistant', 'reviewer')),
    primary key (organization_id, invitation_id, course_id),
    foreign key (organization_id, invitation_id) references invitations (organization_id, id),
    foreign key (organization_id, course_id) references courses (organization_id, id) on delete cascade
);
create index course_invitations_course on course_invitations (organization_id, course_id);
alter table course_invitations enable row level security;
alter table course_invitations force row level security;
create policy staff_course_invitations on course_invitations to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert on course_invitations to stoa_app;
grant select, insert, update, delete on course_invitations to stoa_service;
