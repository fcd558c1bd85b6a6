-- Answers to calls that may be sent again ------------------------------------------------------
-- Of callers without an account at this host, and where the answer holds a token. The name is a
-- keyed hash of the whole call, the answer encrypted under another: only who sends the same call
-- again, to a server that knows the installation's secret, finds and reads it. See docs/adr/0011.

create table sealed_answers (
    name        bytea primary key,
    status      int,
    answer      bytea,
    created_at  timestamptz not null
);
create index sealed_answers_created_at on sealed_answers (created_at);
alter table sealed_answers enable row level security;
alter table sealed_answers force row level security;
grant select, insert, update, delete on sealed_answers to stoa_service;
