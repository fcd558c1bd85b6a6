-- Links to seats and gifts hold sealed what they open, so nothing of them is kept. Whoever takes one
-- has access as long as the order gives it. And a gift may be handed over without an address.
alter table team_seats
    drop column token_hash,
    add column access_until timestamptz;
alter table gifts
    drop column token_hash,
    add column access_until timestamptz,
    alter column email drop not null;
grant update (access_until) on team_seats to stoa_app;
grant update (words, access_until) on gifts to stoa_app;

-- Places that are kept for those whose turn it is on the waiting list; they count as taken.
alter table course_seats add column held int not null default 0 check (held >= 0);
grant update (held) on course_seats to stoa_app;
