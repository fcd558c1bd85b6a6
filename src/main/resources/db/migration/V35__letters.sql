-- What a learner of a course and its teachers write to each other. A conversation is of one learner
-- and one course; those of its staff who may see learners read it, and nobody else.
create table conversations (
    organization_id  uuid not null,
    course_id        uuid not null,
    learner_id       uuid not null,
    last_letter_id   uuid not null,
    primary key (organization_id, course_id, learner_id),
    foreign key (organization_id, learner_id, course_id) references enrollments (organization_id, user_id, course_id)
);
create index conversations_learner on conversations (organization_id, learner_id, last_letter_id desc);

create table letters (
    organization_id  uuid not null,
    id               uuid not null,
    course_id        uuid not null,
    learner_id       uuid not null,
    author_id        uuid not null,
    author_name      text not null check (length(author_name) <= 120),
    as_staff         boolean not null,
    markdown         text not null check (length(markdown) <= 10000),
    written_at       timestamptz not null,
    primary key (organization_id, id),
    foreign key (organization_id, course_id, learner_id)
        references conversations (organization_id, course_id, learner_id),
    foreign key (organization_id, author_id) references organization_memberships (organization_id, user_id)
);
create index letters_conversation on letters (organization_id, course_id, learner_id, id desc);

-- How far each of them has read.
create table letter_reads (
    organization_id  uuid not null,
    course_id        uuid not null,
    learner_id       uuid not null,
    reader_id        uuid not null,
    read_until       uuid not null,
    read_at          timestamptz not null,
    primary key (organization_id, course_id, learner_id, reader_id),
    foreign key (organization_id, course_id, learner_id)
        references conversations (organization_id, course_id, learner_id),
    foreign key (organization_id, reader_id) references organization_memberships (organization_id, user_id)
);

do $$
declare
    between_us text := '(learner_id = (select current_person())
                         or course_standing(course_id) in (''admin'', ''lead'', ''assistant'', ''school''))';
    school text := 'organization_id = (select current_organization())';
    mine text;
    tab text;
begin
    foreach tab in array array['conversations', 'letters', 'letter_reads'] loop
        mine := case tab when 'letters' then ' and author_id = (select current_person())'
                         when 'letter_reads' then ' and reader_id = (select current_person())'
                         else '' end;
        execute format('alter table %I enable row level security', tab);
        execute format('alter table %I force row level security', tab);
        execute format('create policy read_between_%s on %I for select to stoa_app using (%s and %s)',
                       tab, tab, school, between_us);
        execute format('create policy write_between_%s on %I for insert to stoa_app with check (%s and %s%s)',
                       tab, tab, school, between_us, mine);
        execute format('grant select, insert, update, delete on %I to stoa_service', tab);
    end loop;
    foreach tab in array array['conversations', 'letter_reads'] loop
        mine := case tab when 'letter_reads' then ' and reader_id = (select current_person())' else '' end;
        execute format('create policy change_between_%s on %I for update to stoa_app
                            using (%s and %s%s) with check (%s and %s%s)',
                       tab, tab, school, between_us, mine, school, between_us, mine);
    end loop;
end $$;
grant select, insert, update (last_letter_id) on conversations to stoa_app;
grant select, insert on letters to stoa_app;
grant select, insert, update (read_until, read_at) on letter_reads to stoa_app;
