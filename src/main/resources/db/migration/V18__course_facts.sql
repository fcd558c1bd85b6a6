-- For whom a course is, in its teachers' words.
alter table courses add column audience text not null default '' check (length(audience) <= 2000);
