-- The words of mail that a school has written for itself; without a row they are Stoa's.
create table mail_templates (
    organization_id  uuid not null references organizations (id),
    kind             text not null check (length(kind) <= 40),
    language         text not null check (length(language) <= 40),
    subject          text not null check (length(subject) between 1 and 200),
    body             text not null check (length(body) between 1 and 20000),
    changed_by       uuid references users (id),
    changed_at       timestamptz not null,
    primary key (organization_id, kind, language)
);
alter table mail_templates enable row level security;
alter table mail_templates force row level security;
create policy admins_mail_templates on mail_templates to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update, delete on mail_templates to stoa_app;
grant select, insert, update, delete on mail_templates to stoa_service;

-- How a school writes: where answers go, and the hours (of its own clock) in which nobody is
-- written to without need; null for no such hours.
create table mail_manners (
    organization_id  uuid primary key references organizations (id),
    reply_to         text not null default '' check (length(reply_to) <= 254),
    quiet_from       int check (quiet_from between 0 and 23),
    quiet_until      int check (quiet_until between 0 and 23)
);
alter table mail_manners enable row level security;
alter table mail_manners force row level security;
create policy admins_mail_manners on mail_manners to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update on mail_manners to stoa_app;
grant select, insert, update, delete on mail_manners to stoa_service;

-- What a person wants to be told by a school, and when. Without a row: everything, at the school's
-- hours.
create table message_preferences (
    organization_id  uuid not null references organizations (id),
    user_id          uuid not null references users (id),
    unwanted         text[] not null default '{}' check (cardinality(unwanted) <= 40),
    quiet_from       int check (quiet_from between 0 and 23),
    quiet_until      int check (quiet_until between 0 and 23),
    time_zone        text not null default '' check (length(time_zone) <= 60),
    primary key (organization_id, user_id)
);
alter table message_preferences enable row level security;
alter table message_preferences force row level security;
create policy own_or_office_message_preferences on message_preferences to stoa_app
    using (organization_id = (select current_organization())
           and (user_id = (select current_person()) or (select is_admin())))
    with check (organization_id = (select current_organization())
                and (user_id = (select current_person()) or (select is_admin())));
grant select, insert, update on message_preferences to stoa_app;
grant select, insert, update, delete on message_preferences to stoa_service;

-- The links by which a reader ends one kind of mail without signing in; of each, its SHA-256.
create table mail_endings (
    organization_id  uuid not null references organizations (id),
    token_hash       text not null,
    person_id        uuid not null references users (id),
    kind             text not null check (length(kind) <= 40),
    made_at          timestamptz not null,
    primary key (organization_id, token_hash)
);
alter table mail_endings enable row level security;
alter table mail_endings force row level security;
create policy office_mail_endings on mail_endings to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert on mail_endings to stoa_app;
grant select, insert, update, delete on mail_endings to stoa_service;

-- Addresses that mail came back from, or whose owner complained: only what somebody needs to come
-- in goes there.
create table mail_troubles (
    organization_id  uuid not null references organizations (id),
    email            text not null check (length(email) <= 254),
    trouble          text not null check (trouble in ('bounced', 'complained')),
    words            text not null default '' check (length(words) <= 1000),
    since            timestamptz not null,
    primary key (organization_id, email)
);
alter table mail_troubles enable row level security;
alter table mail_troubles force row level security;
create policy admins_mail_troubles on mail_troubles to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update, delete on mail_troubles to stoa_app;
grant select, insert, update, delete on mail_troubles to stoa_service;

-- A mail provider's report names the mail, and not the school.
create index mails_id on mails (id);
