-- The language that a person chose for Stoa to speak; null leaves it to the school, whose own may be
-- 'und': then it is the visitor's browser that is asked. See docs/adr/0015.
alter table users add column language text check (language ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$');
grant select (language), update (language) on users to stoa_app;
