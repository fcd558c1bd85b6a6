-- The job that carries a mail, so that who sends it once more replays that one if it is dead.
alter table mails add column job_id uuid;
