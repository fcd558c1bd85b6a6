-- A text that stands in several courses ------------------------------------------------------------

-- Lessons of the same shared_text have the same title, text and minutes; everything else is each
-- one's own. See docs/adr/0023.
alter table lessons add column shared_text uuid;
-- A text stands in a course once, be it in the bin.
create unique index lessons_shared_text on lessons (organization_id, shared_text, course_id)
    where shared_text is not null;

-- Every writer passes here, so no text is written in one course alone. What the others said is kept
-- as theirs by the trigger keep_lesson_version.
create function keep_texts_one() returns trigger
    language plpgsql
    set search_path = public, pg_catalog
as $$
begin
    with written as (
        update lessons l
           set title = new.title, markdown = new.markdown, minutes = new.minutes,
               written_at = new.written_at, written_by = new.written_by
         where l.organization_id = new.organization_id and l.shared_text = new.shared_text
           and l.id <> new.id
           and (l.title, l.markdown, l.minutes)
               is distinct from (new.title, new.markdown, new.minutes)
        returning l.course_id)
    update courses c
       set updated_at = greatest(c.updated_at, new.written_at)
      from written w
     where c.organization_id = new.organization_id and c.id = w.course_id;
    return null;
end $$;
create trigger keep_texts_one after insert or update of title, markdown, minutes, shared_text
    on lessons for each row when (new.shared_text is not null) execute function keep_texts_one();

-- These courses, and those that share a text with one of them.
create function courses_of_one_text(given uuid[]) returns uuid[]
    language sql stable
    set search_path = public, pg_catalog
    return (select array_agg(c.id)
              from courses c
             where c.organization_id = current_organization()
               and (c.id = any (given)
                    or c.id in (select o.course_id
                                  from lessons l
                                  join lessons o on o.organization_id = l.organization_id
                                                and o.shared_text = l.shared_text
                                 where l.organization_id = current_organization()
                                   and l.course_id = any (given)
                                   and l.shared_text is not null)));

-- Whoever writes a draft holds the row of its course. Who may write a text that stands in several
-- holds the rows of them all, taken in one order, so that two never wait for each other. A course
-- that came to them while this waited would be taken out of order: then all are let go, and taken
-- anew.
create function lock_drafts(given uuid[]) returns uuid[]
    language plpgsql
    set search_path = public, pg_catalog
as $$
declare
    wanted uuid[];
begin
    loop
        wanted := courses_of_one_text(given);
        begin
            perform 1
               from courses c
              where c.organization_id = current_organization() and c.id = any (wanted)
              order by c.id
                for update;
            if courses_of_one_text(given) <@ wanted then
                return wanted;
            end if;
            raise exception using errcode = 'ST001';
        exception when sqlstate 'ST001' then
            null;
        end;
    end loop;
end $$;
