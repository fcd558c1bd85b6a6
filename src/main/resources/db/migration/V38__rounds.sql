-- How far a school has looked for what it tells by the clock: openings,
-- digest and reminders.
create table message_rounds (
    organization_id  uuid not null references organizations (id),
    kind             text not null check (length(kind) <= 40),
    looked_until     timestamptz not null,
    primary key (organization_id, kind)
);
alter table message_rounds enable row level security;
alter table message_rounds force row level security;
create policy office_message_rounds on message_rounds to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update on message_rounds to stoa_app;
grant select, insert, update, delete on message_rounds to stoa_service;

-- When somebody was last asked whether they go on with a course.
create table learner_reminders (
    organization_id  uuid not null,
    enrollment_id    uuid not null,
    reminded_at      timestamptz not null,
    primary key (organization_id, enrollment_id),
    foreign key (organization_id, enrollment_id) references enrollments (organization_id, id) on delete cascade
);
alter table learner_reminders enable row level security;
alter table learner_reminders force row level security;
create policy office_learner_reminders on learner_reminders to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert, update on learner_reminders to stoa_app;
grant select, insert, update, delete on learner_reminders to stoa_service;
