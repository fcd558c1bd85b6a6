package org.stoa.catalog.facts;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What drafts say of their courses. */
@Repository
class FactsStore {
    private static final int MOST_WORDS = 200;

    private final JdbcClient jdbc;

    FactsStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Facts> find(String slug) {
        return jdbc.sql(
                        """
                        select title, summary, outcomes, audience, level, language, category, tags
                          from courses
                         where slug = :slug and course_standing(id) is not null
                        """)
                .param("slug", slug)
                .query((row, number) ->
                        new Facts(
                                row.getString("title"),
                                row.getString("summary"),
                                texts(row.getArray("outcomes")),
                                row.getString("audience"),
                                row.getString("level"),
                                row.getString("language"),
                                row.getString("category"),
                                texts(row.getArray("tags"))))
                .optional();
    }

    /** A draft that says just this already has not changed. */
    void write(String slug, Facts facts, Instant now) {
        jdbc.sql(
                        """
                        update courses
                           set title = :title, summary = :summary, outcomes = cast(:outcomes as text[]),
                               audience = :audience, level = :level, language = :language,
                               category = :category, tags = cast(:tags as text[]), updated_at = :now
                         where slug = :slug
                           and (title, summary, outcomes, audience, level, language, category, tags)
                               is distinct from
                               (:title, :summary, cast(:outcomes as text[]), :audience, :level, :language,
                                :category, cast(:tags as text[]))
                        """)
                .param("slug", slug)
                .param("title", facts.title())
                .param("summary", facts.summary())
                .param("outcomes", facts.outcomes().toArray(String[]::new))
                .param("audience", facts.audience())
                .param("level", facts.level())
                .param("language", facts.language())
                .param("category", facts.category())
                .param("tags", facts.tags().toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    record Word(String kind, String name) {}

    List<Word> words() {
        return jdbc.sql(
                        """
                        (select distinct 'category' as kind, category as name from courses
                          where category <> '' order by 2 limit :most)
                        union all
                        (select distinct 'level', level from courses
                          where level <> '' order by 2 limit :most)
                        union all
                        (select distinct 'tag', tag from courses, unnest(tags) tag order by 2 limit :most)
                        """)
                .param("most", MOST_WORDS)
                .query((row, number) -> new Word(row.getString("kind"), row.getString("name")))
                .list();
    }

    List<CourseFacts.Used> categories() {
        return jdbc.sql(
                        """
                        select category, count(*) as courses
                          from courses
                         where category <> ''
                         group by category
                         order by lower(category), category
                        """)
                .query((row, number) ->
                        new CourseFacts.Used(row.getString("category"), row.getInt("courses")))
                .list();
    }

    int rename(String category, String name, Instant now) {
        return jdbc.sql(
                        """
                        with taken as (
                            select organization_id, id
                              from courses
                             where category = :category and category <> :name
                             order by id
                               for update)
                        update courses c
                           set category = :name, updated_at = :now
                          from taken t
                         where c.organization_id = t.organization_id and c.id = t.id
                        """)
                .param("category", category)
                .param("name", name)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
