package org.stoa.catalog.reuse;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.reuse.SharedLessons.Offered;

/** Finds lessons to put into another course, and puts them there. */
@Repository
class SharedLessonStore {
    private static final String OFFERED =
            """
            with mine as materialized (
                select c.organization_id, c.id, c.slug, c.title, c.updated_at
                  from courses c, course_standing(c.id) standing
                 where c.organization_id = (select current_organization())
                   and c.slug <> :course
                   and standing = any(cast(:standings as text[]))
            ), here as (
                select l.shared_text
                  from courses c
                  join lessons l on l.organization_id = c.organization_id and l.course_id = c.id
                 where c.organization_id = (select current_organization())
                   and c.slug = :course and l.shared_text is not null
            )
            select l.id, l.title, l.minutes, m.title as module, c.slug,
                   c.title as course_title
              from mine c
              join modules m on m.organization_id = c.organization_id and m.course_id = c.id
                            and m.deleted_at is null
              join lessons l on l.organization_id = m.organization_id and l.module_id = m.id
                            and l.course_id = c.id and l.deleted_at is null
             where not exists (select from here where here.shared_text = l.shared_text)
               and not exists (
                   select from unnest(cast(:words as text[])) as w (word)
                    where strpos(folded(concat_ws(' ', l.title, m.title, c.title)),
                                 folded(w.word)) = 0)
             order by c.updated_at desc, c.id, m.position, m.id, l.position, l.id
             limit :most
            """;

    private final JdbcClient jdbc;

    SharedLessonStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<UUID> course(String slug) {
        return jdbc.sql(
                        """
                        select id
                          from courses
                         where organization_id = (select current_organization()) and slug = :slug
                        """)
                .param("slug", slug)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    /**
     * @param standings those of the caller in courses that they may write
     */
    List<Offered> offered(String course, List<String> words, List<String> standings, int most) {
        return jdbc.sql(OFFERED)
                .param("course", course)
                .param("words", words.toArray(String[]::new))
                .param("standings", standings.toArray(String[]::new))
                .param("most", most)
                .query((row, number) ->
                        new Offered(
                                row.getObject("id", UUID.class),
                                row.getString("title"),
                                row.getInt("minutes"),
                                row.getString("module"),
                                row.getString("slug"),
                                row.getString("course_title")))
                .list();
    }

    /** A lesson that is to stand in another course too. */
    record Original(
            UUID course,
            String courseTitle,
            String title,
            String markdown,
            String key,
            @Nullable UUID sharedText) {}

    /** One of a course that the caller may write, and not in its bin. */
    Optional<Original> original(UUID lesson, List<String> standings) {
        return jdbc.sql(
                        """
                        select l.course_id, c.title as course_title, l.title, l.markdown, l.source_key,
                               l.shared_text
                          from lessons l
                          join courses c on c.organization_id = l.organization_id and c.id = l.course_id
                         where l.organization_id = (select current_organization()) and l.id = :lesson
                           and l.deleted_at is null
                           and course_standing(c.id) = any(cast(:standings as text[]))
                        """)
                .param("lesson", lesson)
                .param("standings", standings.toArray(String[]::new))
                .query((row, number) ->
                        new Original(
                                row.getObject("course_id", UUID.class),
                                row.getString("course_title"),
                                row.getString("title"),
                                row.getString("markdown"),
                                row.getString("source_key"),
                                row.getObject("shared_text", UUID.class)))
                .optional();
    }

    /** Whether the text lies in the course's bin; empty where it is not in the course at all. */
    Optional<Boolean> binned(UUID course, UUID text) {
        return jdbc.sql(
                        """
                        select deleted_at is not null
                          from lessons
                         where organization_id = (select current_organization())
                           and course_id = :course and shared_text = :text
                        """)
                .param("course", course)
                .param("text", text)
                .query((row, number) -> row.getBoolean(1))
                .optional();
    }

    /** The lesson's text is one that can be shared, under this name, which is given back. */
    UUID begin(UUID lesson, UUID text) {
        jdbc.sql(
                        """
                        update lessons
                           set shared_text = :text
                         where organization_id = (select current_organization()) and id = :lesson
                        """)
                .param("text", text)
                .param("lesson", lesson)
                .update();
        return text;
    }

    /** What the lessons of a course are called in addresses and in links, also those in the bin. */
    record Names(Set<String> slugs, Set<String> keys) {}

    Names names(UUID course) {
        var names = new Names(new HashSet<>(), new HashSet<>());
        jdbc.sql(
                        """
                        select slug, source_key
                          from lessons
                         where organization_id = (select current_organization())
                           and course_id = :course
                        """)
                .param("course", course)
                .query(row -> {
                    names.slugs().add(row.getString("slug"));
                    names.keys().add(row.getString("source_key"));
                });
        return names;
    }

    /** At the end of a module, open to whom the course's other lessons are. */
    void add(UUID id, UUID course, UUID module, UUID text, String slug, String key) {
        jdbc.sql(
                        """
                        insert into lessons
                               (organization_id, id, course_id, module_id, position, slug, title,
                                markdown, minutes, source_key, written_at, written_by, shared_text)
                        select o.organization_id, :id, :course, :module,
                               (select coalesce(max(position), 0) + 1
                                  from lessons
                                 where organization_id = o.organization_id and course_id = :course),
                               :slug, o.title, o.markdown, o.minutes, :key, o.written_at, o.written_by,
                               o.shared_text
                          from lessons o
                         where o.organization_id = (select current_organization())
                           and o.shared_text = :text
                         order by o.id
                         limit 1
                        """)
                .param("id", id)
                .param("course", course)
                .param("module", module)
                .param("text", text)
                .param("slug", slug)
                .param("key", key)
                .update();
    }

    /** The last one that is left of a text shares it with nobody. */
    void own(UUID lesson) {
        jdbc.sql(
                        """
                        update lessons l
                           set shared_text = null
                          from lessons mine
                         where mine.organization_id = (select current_organization())
                           and mine.id = :lesson and l.organization_id = mine.organization_id
                           and l.shared_text = mine.shared_text
                           and (l.id = mine.id
                                or (select count(*)
                                      from lessons o
                                     where o.organization_id = mine.organization_id
                                       and o.shared_text = mine.shared_text) = 2)
                        """)
                .param("lesson", lesson)
                .update();
    }
}
