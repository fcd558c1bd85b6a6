-- The job of a delivery's next try: where it is taken back, nobody waits for it any more.
alter table webhook_deliveries add column job_id uuid;
create index on webhook_deliveries (job_id) where status = 'pending';
grant update (job_id) on webhook_deliveries to stoa_app;
