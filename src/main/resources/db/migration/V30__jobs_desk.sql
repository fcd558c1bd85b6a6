-- What administrators see of jobs, and how dead ones are replayed. See docs/adr/0022.

-- Waiting, running and ended jobs in one list. Whoever reads sees what the tables let them see.
create view all_jobs with (security_invoker = true) as
select at_organization as organization_id, task_instance::uuid as id, task_name as kind,
       priority as lane, case when picked then 'running' else 'waiting' end as state, unique_key,
       attempts, null::text as reason, enqueued_at, execution_time as due_at, started_at,
       null::timestamptz as finished_at, picked_by as worker, steps_done, steps_total
  from scheduled_tasks
union all
select organization_id, id, kind, lane, state, unique_key, attempts, reason, enqueued_at, due_at,
       started_at, finished_at, finished_by, steps_done, steps_total
  from finished_jobs;
grant select on all_jobs to stoa_app, stoa_service;

-- Once a minute: how many wait, and for how long the first of them.
create table lane_samples (
    organization_id  uuid not null,
    lane             smallint not null,
    taken_at         timestamptz not null,
    waiting          int not null,
    oldest_seconds   int not null,
    primary key (organization_id, lane, taken_at)
);
create index lane_samples_times on lane_samples using brin (taken_at);
alter table lane_samples enable row level security;
alter table lane_samples force row level security;
create policy administer on lane_samples to stoa_app
    using (organization_id = (select current_organization()) and (select is_admin()))
    with check (organization_id = (select current_organization()) and (select is_admin()));
grant select, insert on lane_samples to stoa_app;
grant select, insert, update, delete on lane_samples to stoa_service;

-- Has dead jobs wait again, as if they were new; the same jobs, so that each has one life. Where
-- one with the same key waits already, that one does the work. All schools where none is named.
create function replay_jobs(school uuid, one uuid, of_kind text, died_before timestamptz, most int,
                            who text) returns int
    language plpgsql security definer
    set search_path = pg_catalog, public
as $$
declare
    done int;
begin
    if current_organization() is not null and school is distinct from current_organization() then
        return 0;
    end if;
    with chosen as (
        select * from finished_jobs f
         where f.state = 'dead'
           and (school is null or f.organization_id = school)
           and (one is null or f.id = one)
           and (of_kind is null or f.kind = of_kind)
           and (died_before is null or f.finished_at <= died_before)
         order by f.finished_at
         limit most
           for update skip locked),
    put as (
        insert into scheduled_tasks
               (task_name, task_instance, task_data, execution_time, picked, version, priority,
                at_organization, unique_key, enqueued_at)
        select kind, id::text, data, now(), false, 1, lane, organization_id, unique_key, enqueued_at
          from chosen
        on conflict do nothing
        returning at_organization, task_instance::uuid as id),
    gone as (
        delete from finished_jobs f using put
         where f.organization_id = put.at_organization and f.id = put.id),
    joined as (
        update finished_jobs f set state = 'joined', data = null
          from chosen c
         where f.organization_id = c.organization_id and f.id = c.id
           and not exists (select from put where put.id = c.id)),
    told as (
        insert into job_attempts
        select organization_id, id, clock_timestamp(), attempts, kind, lane, 'replayed',
               clock_timestamp(), who, ''
          from chosen)
    select count(*) into done from chosen;
    return done;
end $$;
revoke execute on function replay_jobs from public;
grant execute on function replay_jobs to stoa_app, stoa_service;
