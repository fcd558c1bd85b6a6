-- Questions that came with courses ------------------------------------------------------------------

-- Nothing asks them yet. The quizzes and banks of a cartridge wait here as they came (IMS QTI 1.2,
-- and what Canvas says of a quiz beside it), until the same cartridge comes again.
create table course_questions (
    organization_id  uuid not null,
    course_id        uuid not null,
    path             text not null check (length(path) between 1 and 400),
    position         int not null check (position >= 0),
    kind             text not null check (kind in ('quiz', 'bank')),
    title            text not null check (length(title) <= 200),
    question_count   int not null check (question_count >= 0),
    questions        jsonb not null,
    xml              bytea not null check (length(xml) <= 4194304),
    settings         bytea not null check (length(settings) <= 4194304),
    kept_at          timestamptz not null,
    primary key (organization_id, course_id, path),
    foreign key (organization_id, course_id) references courses (organization_id, id)
);
alter table course_questions enable row level security;
alter table course_questions force row level security;
create policy staff_questions on course_questions to stoa_app
    using (organization_id = (select current_organization()) and (select is_staff()))
    with check (organization_id = (select current_organization()) and (select is_staff()));
grant select, insert, delete on course_questions to stoa_app;
grant select, insert, update, delete on course_questions to stoa_service;
