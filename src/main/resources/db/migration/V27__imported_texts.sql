-- Texts that came in ------------------------------------------------------------------------------

-- Which version of its text an import wrote last. A later one was written by somebody here, who
-- hears of it when the next import takes its place. Null where no import wrote any, and for those
-- from before: there whoever wrote the text counts.
alter table lessons add column imported_version int;
