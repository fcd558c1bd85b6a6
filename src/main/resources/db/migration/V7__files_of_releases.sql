-- A release shows the files it was published with, also after the draft has changed or lost them:
-- their rows stay, and so may their bytes be read.
alter table course_files add column deleted_at timestamptz;
alter table course_files drop constraint course_files_pkey;
alter table course_files add primary key (organization_id, course_id, path, sha256);
