-- A release never changes, but a bad one can be taken back: learners then read the one before.
alter table course_releases add column withdrawn_at timestamptz;
alter table course_releases add column withdrawn_by uuid references users (id);
create policy withdraw_releases on course_releases for update to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant update (withdrawn_at, withdrawn_by) on course_releases to stoa_app;
