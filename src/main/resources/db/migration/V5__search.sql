-- Full-text operators are not leakproof, so under row-level security their indexes go unused. These
-- functions run as the owner, who may read the two catalog tables and no others, and name the
-- organization themselves: it must be the one the transaction is bound to. See docs/adr/0008.
-- Each index is asked on its own: an "or" of the two conditions would read the school's every row.

create function search_terms(words text) returns tsquery
    language sql immutable parallel safe
    set search_path = pg_catalog, public
    return (select to_tsquery('simple', string_agg(word || ':*', ' & '))
              from unnest(regexp_split_to_array(words, '[^[:alnum:]]+')) word
             where word <> '');

create function search_courses(organization uuid, query text, most int)
    returns table (course_id uuid, score real)
    language plpgsql stable security definer
    set search_path = pg_catalog, public
    set pg_trgm.word_similarity_threshold = 0.4
as $$
declare
    wanted text := folded(left(query, 200));
    terms tsquery := search_terms(folded(left(query, 200)));
begin
    if organization is distinct from current_organization() then
        return;
    end if;
    return query
        select e.course_id,
               (case when folded(e.title) = wanted then 4
                     when starts_with(folded(e.title), wanted) then 3
                     when e.document @@ terms then 1 + ts_rank(e.document, terms)
                     else 0 end
                + word_similarity(wanted, e.words))::real as points
          from (select d.course_id
                  from catalog_entries d
                 where d.organization_id = organization and d.document @@ terms
                 union
                select w.course_id
                  from catalog_entries w
                 where w.organization_id = organization and wanted <% w.words) found
          join catalog_entries e
            on e.organization_id = organization and e.course_id = found.course_id
         order by points desc, e.course_id
         limit most;
end $$;

create function search_lessons(organization uuid, query text, most int)
    returns table (course_slug text, course_title text, number text, slug text, title text,
                   minutes int, passage text)
    language plpgsql stable security definer
    set search_path = pg_catalog, public
    set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
    wanted text := folded(left(query, 200));
    terms tsquery := search_terms(folded(left(query, 200)));
begin
    if organization is distinct from current_organization() then
        return;
    end if;
    return query
        select l.course_slug, l.course_title, l.number, l.slug, l.title, l.minutes,
               case when to_tsvector('simple', folded(l.body)) @@ terms
                    then ts_headline('simple', l.body, terms,
                                     'StartSel=' || chr(2) || ', StopSel=' || chr(3)
                                     || ', MaxFragments=1, MaxWords=14, MinWords=6')
                    else '' end
          from (select found.*,
                       case when found.document @@ terms then 1 + ts_rank(found.document, terms) else 0 end
                       + word_similarity(wanted, found.words) as points
                  from (select d.lesson_id, d.course_id
                          from catalog_lessons d
                         where d.organization_id = organization and d.document @@ terms
                         union
                        select w.lesson_id, w.course_id
                          from catalog_lessons w
                         where w.organization_id = organization and wanted <% w.words) hit
                  join catalog_lessons found
                    on found.organization_id = organization
                   and found.course_id = hit.course_id and found.lesson_id = hit.lesson_id
                 order by points desc, found.lesson_id
                 limit most) l
         order by l.points desc, l.lesson_id;
end $$;

revoke all on function search_courses(uuid, text, int) from public;
revoke all on function search_lessons(uuid, text, int) from public;
grant execute on function search_courses(uuid, text, int) to stoa_app, stoa_service;
grant execute on function search_lessons(uuid, text, int) to stoa_app, stoa_service;
