package org.stoa.catalog;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.source.CourseSource.SourceLesson;

/** Knows which texts came in and which were written here. */
@Repository
class ImportedTextStore {
    private final JdbcClient jdbc;

    ImportedTextStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A lesson by its key, as it is called before the import. */
    record Overwritten(String key, String title) {}

    /** Lessons whose text somebody wrote since they last came in, and which these would replace. */
    List<Overwritten> overwritten(UUID course, List<SourceLesson> lessons) {
        return jdbc.sql(
                        """
                        select l.source_key, l.title
                          from lessons l
                          join unnest(cast(:keys as text[]), cast(:titles as text[]),
                                      cast(:texts as text[])) as g (source_key, title, markdown)
                            on g.source_key = l.source_key
                         where l.course_id = :course
                           and l.written_by is not null and l.markdown <> ''
                           and (l.imported_version is null or l.version > l.imported_version)
                           and (l.title, l.markdown) is distinct from (g.title, g.markdown)
                         order by l.position, l.source_key
                        """)
                .param("course", course)
                .param("keys", lessons.stream().map(SourceLesson::key).toArray(String[]::new))
                .param("titles", lessons.stream().map(SourceLesson::title).toArray(String[]::new))
                .param("texts", lessons.stream().map(SourceLesson::markdown).toArray(String[]::new))
                .query((row, number) ->
                        new Overwritten(row.getString("source_key"), row.getString("title")))
                .list();
    }
}
