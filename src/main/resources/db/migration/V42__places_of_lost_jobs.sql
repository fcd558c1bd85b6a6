-- A job whose process was lost is not put behind all that waits: not for its second loss, and not
-- where it had only been taken. That stands in its history too, though it does not count.

-- An attempt was in vain. With a time it will be tried again then, without it is dead.
-- With from_lost the run was another node's, which must not be about to commit; and a job that had
-- only been taken, while the process that took it lives and works on others, has not been tried.
create or replace function fail_job(of_kind text, id text, run bigint, node text, how text, why text,
                         again timestamptz, from_lost boolean) returns boolean
    language plpgsql
    set search_path = pg_catalog, public
as $$
declare
    job scheduled_tasks;
begin
    if from_lost then
        if not pg_try_advisory_xact_lock(hashtextextended(id, 0)) then
            return false;
        end if;
        select * into job from scheduled_tasks t
         where t.task_name = of_kind and t.task_instance = id and t.version = run and t.picked
           for update skip locked;
        if found and exists (select from scheduled_tasks t
                              where t.picked and t.picked_by = job.picked_by
                                and t.last_heartbeat > job.last_heartbeat + interval '4 seconds') then
            return put_job_back(of_kind, id, run, null, job.has_turn);
        end if;
        if job.losses > 0 and job.begun_run is distinct from run then
            insert into job_attempts values (
                job.at_organization, id::uuid, clock_timestamp(), job.attempts, of_kind,
                job.priority, how, coalesce(job.started_at, now()), coalesce(job.picked_by, node),
                'The process that had taken it ended or stood still before its work began');
            return put_job_back(of_kind, id, run, null, job.has_turn);
        end if;
    else
        perform pg_advisory_xact_lock_shared(hashtextextended(id, 0));
        select * into job from scheduled_tasks t
         where t.task_name = of_kind and t.task_instance = id and t.version = run and t.picked
           for update;
    end if;
    if job.task_instance is null then
        return false;
    end if;
    insert into job_attempts values (
        job.at_organization, id::uuid, clock_timestamp(), job.attempts, of_kind, job.priority, how,
        coalesce(job.started_at, now()), coalesce(job.picked_by, node), left(why, 20000));
    if again is not null then
        begin
            update scheduled_tasks t
               set picked = false, picked_by = null, last_heartbeat = null, version = version + 1,
                   last_failure = clock_timestamp(), has_turn = false,
                   -- Lost it keeps its place, before those that came later.
                   execution_time = case when from_lost then job.execution_time else again end,
                   consecutive_failures = attempts,
                   losses = losses + case when from_lost then 1 else 0 end
             where t.task_name = of_kind and t.task_instance = id;
            return true;
        exception when unique_violation then
            -- Another with its key waits: that one does the work, and bears what it cost so far.
            update scheduled_tasks t
               set attempts = greatest(t.attempts, job.attempts),
                   losses = greatest(t.losses, job.losses + case when from_lost then 1 else 0 end),
                   execution_time = greatest(t.execution_time, again)
             where t.at_organization = job.at_organization and t.task_name = of_kind
               and t.unique_key = job.unique_key and not t.picked;
        end;
    end if;
    delete from scheduled_tasks t where t.task_name = of_kind and t.task_instance = id;
    insert into finished_jobs values (
        job.at_organization, id::uuid, of_kind, job.priority,
        case when again is null then 'dead' else 'joined' end,
        case when again is null then job.task_data end,
        job.unique_key, job.attempts, left(why, 20000), job.enqueued_at, job.execution_time,
        job.started_at, clock_timestamp(), node, job.steps_done, job.steps_total)
    on conflict on constraint finished_jobs_pkey do nothing;
    return true;
end $$;

-- The run ended without having been an attempt, as where the node is stopping. Without a time it
-- keeps its place.
create or replace function put_job_back(of_kind text, id text, run bigint, at timestamptz, turn boolean)
    returns boolean
    language plpgsql
    set search_path = pg_catalog, public
as $$
begin
    update scheduled_tasks t
       set picked = false, picked_by = null, last_heartbeat = null, version = version + 1,
           attempts = attempts - 1, execution_time = coalesce(at, execution_time), has_turn = turn
     where t.task_name = of_kind and t.task_instance = id and t.version = run and t.picked;
    return found;
exception when unique_violation then
    -- Another with its key waits, and does its work.
    delete from scheduled_tasks t
     where t.task_name = of_kind and t.task_instance = id and t.version = run;
    return found;
end $$;
