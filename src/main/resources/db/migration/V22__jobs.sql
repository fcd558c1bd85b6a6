-- Jobs in full: whose they are, how often they were tried, what became of them. See docs/adr/0022.
-- The platform's own jobs carry the nil UUID, which is no school's.

create function platform_organization() returns uuid
    language sql immutable parallel safe
    return '00000000-0000-0000-0000-000000000000'::uuid;

-- Waiting and running ---------------------------------------------------------------------------

alter table scheduled_tasks
    add column at_organization uuid not null
        default coalesce(current_organization(), platform_organization()),
    add column unique_key   text check (length(unique_key) between 1 and 200),
    -- Counted when a job is taken, so that one that ends its process counts too.
    add column attempts     int not null default 0,
    -- How often the process that ran it was lost.
    add column losses       int not null default 0,
    -- Of a job that was lost before: the run whose work has begun. One that had only been taken is
    -- not to blame when its process ends again.
    add column begun_run    bigint,
    -- It has waited for its turn under a limit, and needs not wait again.
    add column has_turn     boolean not null default false,
    add column enqueued_at  timestamptz not null default now(),
    add column started_at   timestamptz,
    add column steps_done   bigint,
    add column steps_total  bigint;

update scheduled_tasks
   set at_organization = (convert_from(task_data, 'UTF8')::jsonb ->> 'organization')::uuid,
       attempts = coalesce(consecutive_failures, 0);

drop index scheduled_tasks_due;
drop index scheduled_tasks_heartbeat;
create index scheduled_tasks_waiting on scheduled_tasks (priority, execution_time) where not picked;
create index scheduled_tasks_running on scheduled_tasks (last_heartbeat) where picked;
create index scheduled_tasks_of_school on scheduled_tasks (at_organization, task_instance);
create unique index scheduled_tasks_once on scheduled_tasks (at_organization, task_name, unique_key)
    where unique_key is not null and not picked;

alter table scheduled_tasks enable row level security;
alter table scheduled_tasks force row level security;
create policy hand_in on scheduled_tasks for insert to stoa_app
    with check (at_organization in (coalesce((select current_organization()), platform_organization()),
                                    platform_organization()));
create policy administer on scheduled_tasks for select to stoa_app
    using (at_organization = (select current_organization()) and (select is_admin()));
create policy job_functions on scheduled_tasks to stoa_owner using (true) with check (true);
grant select on scheduled_tasks to stoa_app;

-- Ended: done, dead, cancelled, or joined with another of the same key ---------------------------

create table finished_jobs (
    organization_id  uuid not null,
    id               uuid not null,
    kind             text not null,
    lane             smallint not null,
    state            text not null check (state in ('done', 'dead', 'cancelled', 'joined')),
    -- Kept of dead ones alone, to be replayed.
    data             bytea,
    unique_key       text,
    attempts         int not null,
    reason           text,
    enqueued_at      timestamptz not null,
    due_at           timestamptz not null,
    started_at       timestamptz,
    finished_at      timestamptz not null,
    finished_by      text not null,
    steps_done       bigint,
    steps_total      bigint,
    primary key (organization_id, id)
);
-- Few indexes, since each is written with every job that is done: plots read the times of all.
create index finished_jobs_dead on finished_jobs (organization_id, finished_at) where state = 'dead';
create index finished_jobs_times on finished_jobs using brin (finished_at);
alter table finished_jobs enable row level security;
alter table finished_jobs force row level security;
create policy administer on finished_jobs to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
create policy job_functions on finished_jobs to stoa_owner using (true) with check (true);
grant select, insert on finished_jobs to stoa_app;
grant select, insert, update, delete on finished_jobs to stoa_service;

-- What befell a job on its way: each attempt that was in vain, and each replay. -------------------

create table job_attempts (
    organization_id  uuid not null,
    job_id           uuid not null,
    ended_at         timestamptz not null,
    number           int not null,
    kind             text not null,
    lane             smallint not null,
    outcome          text not null check (outcome in ('failed', 'timed out', 'lost', 'replayed')),
    started_at       timestamptz not null,
    made_by          text not null,
    error            text not null,
    primary key (organization_id, job_id, ended_at)
);
create index job_attempts_by_time on job_attempts (organization_id, ended_at);
create index job_attempts_times on job_attempts using brin (ended_at);
alter table job_attempts enable row level security;
alter table job_attempts force row level security;
create policy administer on job_attempts to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
create policy job_functions on job_attempts to stoa_owner using (true) with check (true);
grant select, insert on job_attempts to stoa_app;
grant select, insert, update, delete on job_attempts to stoa_service;

-- When the next job of a kind may begin, of a school or (nil) of all. -----------------------------

create table job_turns (
    kind             text not null,
    at_organization  uuid not null,
    next_at          timestamptz not null,
    primary key (kind, at_organization)
);
alter table job_turns enable row level security;
alter table job_turns force row level security;
grant select, insert, update, delete on job_turns to stoa_service;

-- The fence ---------------------------------------------------------------------------------------
-- Every transaction of a run passes here as it commits. The shared lock lasts until the commit has
-- happened, and whoever takes the job over needs it alone: so either this run commits first, or it
-- finds its turn gone. It is an advisory lock since one on the row would make reads write.

create function hold_job(of_kind text, id text, run bigint) returns void
    language plpgsql security definer
    set search_path = pg_catalog, public
as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended(id, 0));
    if not exists (select from scheduled_tasks t
                    where t.task_name = of_kind and t.task_instance = id
                      and t.version = run and t.picked) then
        raise exception 'This run of the job is over: another took it, or it was cancelled'
            using errcode = 'SJ001';
    end if;
end $$;

-- A run is done: the row goes, and what it was is kept. False when the run is over already. The row
-- that is gone keeps the job from being taken over.
create function end_job(of_kind text, id text, run bigint, node text) returns boolean
    language plpgsql
    set search_path = pg_catalog, public
as $$
begin
    with gone as (
        delete from scheduled_tasks t
         where t.task_name = of_kind and t.task_instance = id and t.version = run and t.picked
        returning t.*)
    insert into finished_jobs
           (organization_id, id, kind, lane, state, unique_key, attempts, enqueued_at, due_at,
            started_at, finished_at, finished_by, steps_done, steps_total)
    select at_organization, task_instance::uuid, task_name, priority, 'done', unique_key, attempts,
           enqueued_at, execution_time, started_at, clock_timestamp(), node, steps_done, steps_total
      from gone;
    return found;
end $$;

-- The end of a run, in the transaction of its last effects.
create function finish_job(of_kind text, id text, run bigint, node text) returns void
    language plpgsql security definer
    set search_path = pg_catalog, public
as $$
begin
    if not end_job(of_kind, id, run, node) then
        raise exception 'This run of the job is over: another took it, or it was cancelled'
            using errcode = 'SJ001';
    end if;
end $$;

-- Several ends at once, for those that end with nothing else. A run that is over is passed by.
create function finish_jobs(kinds text[], ids text[], runs bigint[], node text) returns void
    language plpgsql
    set search_path = pg_catalog, public
as $$
begin
    for i in 1 .. cardinality(ids) loop
        perform end_job(kinds[i], ids[i], runs[i], node);
    end loop;
end $$;

-- A job with a key: one that waits already is the same. It is locked against being taken until the
-- caller's transaction ends, for otherwise it could run before what the caller wrote can be seen.
create function enqueue_once(of_kind text, id text, data bytea, due timestamptz, lane smallint,
                             organization uuid, key text) returns text
    language plpgsql security definer
    set search_path = pg_catalog, public
as $$
declare
    there text;
begin
    if organization not in (coalesce(current_organization(), organization), platform_organization()) then
        raise exception 'A job of another school' using errcode = '42501';
    end if;
    loop
        select t.task_instance into there from scheduled_tasks t
         where t.at_organization = organization and t.task_name = of_kind and t.unique_key = key
           and not t.picked
           for key share;
        if there is not null then
            update scheduled_tasks t set execution_time = coalesce(due, now())
             where t.task_name = of_kind and t.task_instance = there
               and t.execution_time > coalesce(due, now());
            return there;
        end if;
        insert into scheduled_tasks
               (task_name, task_instance, task_data, execution_time, picked, version, priority,
                at_organization, unique_key)
        values (of_kind, id, data, coalesce(due, now()), false, 1, lane, organization, key)
        on conflict do nothing;
        if found then
            return id;
        end if;
    end loop;
end $$;

-- A job that runs is fenced by this: whoever runs it finds its turn gone.
create function cancel_job(id text, organization uuid, who text) returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, public
    set lock_timeout = '5s'
as $$
begin
    if organization <> coalesce(current_organization(), organization) then
        return false;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(id, 0));
    with gone as (
        delete from scheduled_tasks t
         where t.at_organization = organization and t.task_instance = id
        returning t.*)
    insert into finished_jobs
           (organization_id, id, kind, lane, state, unique_key, attempts, enqueued_at, due_at,
            started_at, finished_at, finished_by, steps_done, steps_total)
    select at_organization, task_instance::uuid, task_name, priority, 'cancelled', unique_key,
           attempts, enqueued_at, execution_time, started_at, clock_timestamp(), who, steps_done,
           steps_total
      from gone;
    return found;
end $$;

revoke execute on function hold_job, end_job, finish_job, finish_jobs, enqueue_once, cancel_job
    from public;
grant execute on function hold_job, finish_job, enqueue_once, cancel_job to stoa_app, stoa_service;

-- The rest of a run's life, for the service alone -------------------------------------------------

-- An attempt was in vain. With a time it will be tried again then, without it is dead.
-- With from_lost the run was another node's, which must not be about to commit; and a job that had
-- only been taken, while the process that took it lives and works on others, has not been tried.
create function fail_job(of_kind text, id text, run bigint, node text, how text, why text,
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
            return put_job_back(of_kind, id, run, now(), job.has_turn);
        end if;
        if job.losses > 0 and job.begun_run is distinct from run then
            return put_job_back(of_kind, id, run, now(), job.has_turn);
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
                   -- Lost for the first time it keeps its place, before those that came later.
                   execution_time = case when from_lost and job.losses = 0
                                         then job.execution_time else again end,
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
        job.started_at, clock_timestamp(), node, job.steps_done, job.steps_total);
    return true;
end $$;

-- The run ended without having been an attempt: the node is stopping.
create function put_job_back(of_kind text, id text, run bigint, at timestamptz, turn boolean)
    returns boolean
    language plpgsql
    set search_path = pg_catalog, public
as $$
begin
    update scheduled_tasks t
       set picked = false, picked_by = null, last_heartbeat = null, version = version + 1,
           attempts = attempts - 1, execution_time = at, has_turn = turn
     where t.task_name = of_kind and t.task_instance = id and t.version = run and t.picked;
    return found;
exception when unique_violation then
    -- Another with its key waits, and does its work.
    delete from scheduled_tasks t
     where t.task_name = of_kind and t.task_instance = id and t.version = run;
    return found;
end $$;

-- The job's turn under its kind's limits: null now, or the time for which it was put back. Each job
-- reserves one turn, so a backlog is spread over the time it takes and taken twice, not over and over.
create function take_turn(of_kind text, id text, run bigint, organization uuid,
                          kind_gap interval, kind_burst int,
                          school_gap interval, school_burst int) returns timestamptz
    language plpgsql
    set search_path = pg_catalog, public
as $$
declare
    present timestamptz := clock_timestamp();
    turn timestamptz := present;
    next_free timestamptz;
begin
    if exists (select from scheduled_tasks t
                where t.task_name = of_kind and t.task_instance = id and t.has_turn) then
        return null;
    end if;
    if kind_gap is not null then
        insert into job_turns as j values (of_kind, platform_organization(), present + kind_gap)
        on conflict (kind, at_organization) do update
           set next_at = greatest(j.next_at, present) + kind_gap
        returning next_at into next_free;
        turn := greatest(turn, next_free - kind_gap * kind_burst);
    end if;
    if school_gap is not null then
        insert into job_turns as j values (of_kind, organization, present + school_gap)
        on conflict (kind, at_organization) do update
           set next_at = greatest(j.next_at, present) + school_gap
        returning next_at into next_free;
        turn := greatest(turn, next_free - school_gap * school_burst);
    end if;
    if turn <= present then
        return null;
    end if;
    perform put_job_back(of_kind, id, run, turn, true);
    return turn;
end $$;

revoke execute on function fail_job, put_job_back, take_turn from public;
grant execute on function end_job, finish_jobs, fail_job, put_job_back, take_turn to stoa_service;
