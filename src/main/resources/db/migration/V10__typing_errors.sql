-- Typing errors in short words -----------------------------------------------------------------
-- Trigrams forgive little in a word of five letters: one wrong letter spoils three of them. So each
-- word is also kept in the shapes that one typing error leaves alone, and a word that was typed is
-- asked for in the shapes that lead back to it:
--   te_ch   one letter is another        (the same place is open on both sides)
--   -tech   one letter was left out      (kept; asked for as - and what was typed)
--   teach   one letter is too many, or two are swapped  (asked for in every way to undo it)

create function near_words(words text) returns tsvector
    language sql immutable parallel safe
    set search_path = pg_catalog, public
    return (select array_to_tsvector(coalesce(array_agg(distinct shape), '{}'))
              from (select distinct left(found, 60) as word
                      from regexp_split_to_table(left(words, 20000), '[^[:alnum:]]+') found
                     where length(found) >= 3) w,
                   lateral (select word as shape
                             union all
                            select case when open then overlay(word placing '_' from at for 1)
                                        else '-' || overlay(word placing '' from at for 1) end
                              from generate_series(1, length(word)) at, (values (true), (false)) ways (open)
                             where length(word) between 4 and 9) shapes);

create function near_query(words text) returns tsquery
    language sql immutable parallel safe
    set search_path = pg_catalog, public
    return (select cast(string_agg('(' || ways || ')', ' & ') as tsquery)
              from (select distinct left(found, 60) as word
                      from regexp_split_to_table(words, '[^[:alnum:]]+') found
                     where length(found) >= 3) w,
                   lateral (select string_agg(distinct way, ' | ') as ways
                              from (select '''' || word || ''':*' as way
                                     union all
                                    select '''-' || word || ''''
                                     where length(word) between 4 and 8
                                     union all
                                    select '''' || case kind
                                                   when 1 then overlay(word placing '_' from at for 1)
                                                   when 2 then overlay(word placing '' from at for 1)
                                                   else overlay(word placing reverse(substr(word, at, 2)) from at for 2)
                                                   end || ''''
                                      from generate_series(1, length(word)) at, generate_series(1, 3) kind
                                     where length(word) between 4 and 8) ways) alternatives);

create index catalog_entries_near on catalog_entries using gin (organization_id, near_words(words));

-- As in V5, and the shapes of words where none is found as it was typed.
create or replace function search_courses(organization uuid, query text, most int)
    returns table (course_id uuid, score real)
    language plpgsql stable security definer
    set search_path = pg_catalog, public
    set pg_trgm.word_similarity_threshold = 0.4
as $$
declare
    wanted text := folded(left(query, 200));
    terms tsquery := search_terms(folded(left(query, 200)));
    near tsquery := near_query(folded(left(query, 200)));
begin
    if organization is distinct from current_organization() then
        return;
    end if;
    return query
        with typed as materialized (
            select d.course_id
              from catalog_entries d
             where d.organization_id = organization and d.document @@ terms
        ), found as (
            select one.course_id, max(one.nearness) as nearness
              from (select t.course_id, 0 as nearness from typed t
                     union all
                    select w.course_id, 0
                      from catalog_entries w
                     where w.organization_id = organization and wanted <% w.words
                     union all
                    select n.course_id, 0.25
                      from catalog_entries n
                     where n.organization_id = organization and near_words(n.words) @@ near
                       and not exists (select from typed)) one
             group by one.course_id
        )
        select e.course_id,
               (case when folded(e.title) = wanted then 4
                     when starts_with(folded(e.title), wanted) then 3
                     when e.document @@ terms then 1 + ts_rank(e.document, terms)
                     when found.nearness > 0 and near_words(folded(e.title)) @@ near then 0.75
                     else found.nearness end
                + word_similarity(wanted, e.words))::real as points
          from found
          join catalog_entries e
            on e.organization_id = organization and e.course_id = found.course_id
         order by points desc, e.course_id
         limit most;
end $$;
