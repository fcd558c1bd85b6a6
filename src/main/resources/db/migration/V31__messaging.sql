-- Whose an address is -------------------------------------------------------------------------------
alter table users add column email_verified_at timestamptz;
grant select (email_verified_at) on users to stoa_app;

-- Links that were sent to an address; what is kept of each is its SHA-256. See docs/adr/0027.
create table address_links (
    token_hash  bytea primary key,
    user_id     uuid not null references users (id),
    purpose     text not null check (purpose in ('verify', 'reset', 'leave', 'arrive')),
    email       text not null check (length(email) <= 254),
    change_id   uuid,
    expires_at  timestamptz not null
);
create index address_links_user on address_links (user_id);
create index address_links_expiry on address_links (expires_at);
alter table address_links enable row level security;
alter table address_links force row level security;
grant select, insert, update, delete on address_links to stoa_service;

-- One change of address at a time; it takes place when both ends are confirmed.
create table address_changes (
    user_id     uuid primary key references users (id),
    id          uuid not null,
    old_email   text not null check (length(old_email) <= 254),
    new_email   text not null check (length(new_email) <= 254),
    left_at     timestamptz,
    arrived_at  timestamptz,
    asked_at    timestamptz not null,
    expires_at  timestamptz not null
);
alter table address_changes enable row level security;
alter table address_changes force row level security;
grant select, insert, update, delete on address_changes to stoa_service;

-- Mail ----------------------------------------------------------------------------------------------
-- What is to be sent, and what became of it. The words are kept only where no mail server is set,
-- for the mailbox page.
create table mails (
    organization_id  uuid not null references organizations (id),
    id               uuid not null,
    kind             text not null check (length(kind) <= 40),
    person_id        uuid references users (id),
    recipient        text not null check (length(recipient) <= 254),
    about            text not null check (length(about) <= 200),
    status           text not null check (status in ('waiting', 'sending', 'sent', 'kept', 'refused',
                                                     'held', 'not-wanted', 'bounced', 'complained')),
    attempts         int not null default 0,
    claimed_until    timestamptz,
    due_at           timestamptz,
    answer           text not null default '' check (length(answer) <= 1000),
    payload          jsonb not null,
    subject          text not null default '',
    body_text        text,
    body_html        text,
    created_at       timestamptz not null,
    ended_at         timestamptz,
    primary key (organization_id, id),
    unique (organization_id, about)
);
create index mails_latest on mails (organization_id, created_at desc, id);
alter table mails enable row level security;
alter table mails force row level security;
create policy admins_mails on mails to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update on mails to stoa_app;
grant select, insert, update, delete on mails to stoa_service;

-- One row for each time a mail server was called, written before the call; without an end, nobody
-- knows what it answered.
create table mail_attempts (
    organization_id  uuid not null,
    mail_id          uuid not null,
    number           int not null,
    begun_at         timestamptz not null,
    ended_at         timestamptz,
    outcome          text check (outcome in ('sent', 'kept', 'refused', 'later', 'unknown')),
    answer           text not null default '' check (length(answer) <= 1000),
    primary key (organization_id, mail_id, number),
    foreign key (organization_id, mail_id) references mails (organization_id, id) on delete cascade
);
alter table mail_attempts enable row level security;
alter table mail_attempts force row level security;
create policy admins_mail_attempts on mail_attempts to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update on mail_attempts to stoa_app;
grant select, insert, update, delete on mail_attempts to stoa_service;
