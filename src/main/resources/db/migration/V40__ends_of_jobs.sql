-- The ends of many jobs are one statement, which finds each by its key. Statistics of a table that is
-- empty now and full a moment later would have it read as a whole.
create or replace function finish_jobs(kinds text[], ids text[], runs bigint[], node text) returns void
    language plpgsql
    set search_path = pg_catalog, public
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
begin
    with gone as (
        delete from scheduled_tasks t
         using unnest(kinds, ids, runs) as e (kind, id, run)
         where t.task_name = e.kind and t.task_instance = e.id and t.version = e.run and t.picked
        returning t.*)
    insert into finished_jobs
           (organization_id, id, kind, lane, state, unique_key, attempts, enqueued_at, due_at,
            started_at, finished_at, finished_by, steps_done, steps_total)
    select at_organization, task_instance::uuid, task_name, priority, 'done', unique_key, attempts,
           enqueued_at, execution_time, started_at, clock_timestamp(), node, steps_done, steps_total
      from gone
    -- A recurring job of one moment that was planned again when it was done already has ended once.
    on conflict on constraint finished_jobs_pkey do nothing;
end $$;

-- For the figures of the inbox, which are asked for every few seconds.
create index webhook_events_dead on webhook_events (received_at) where status = 'dead';
