package org.stoa.messaging.letters;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is told of letters, as the school's office sees them. */
@Repository
class LetterNewsStore {
    private final JdbcClient jdbc;

    LetterNewsStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A letter to be told of. */
    record Told(
            UUID courseId,
            String course,
            String title,
            UUID learner,
            UUID authorId,
            String author,
            boolean staff,
            String markdown) {}

    Optional<Told> letter(UUID id) {
        return jdbc.sql(
                        """
                        select l.course_id, c.slug, coalesce(e.title, c.title) as title, l.learner_id,
                               l.author_id, l.author_name, l.as_staff, l.markdown
                          from letters l
                          join courses c on c.organization_id = l.organization_id and c.id = l.course_id
                          left join catalog_entries e
                            on e.organization_id = c.organization_id and e.course_id = c.id
                         where l.organization_id = (select current_organization()) and l.id = :id
                        """)
                .param("id", id)
                .query((row, number) ->
                        new Told(
                                row.getObject("course_id", UUID.class),
                                row.getString("slug"),
                                row.getString("title"),
                                row.getObject("learner_id", UUID.class),
                                row.getObject("author_id", UUID.class),
                                row.getString("author_name"),
                                row.getBoolean("as_staff"),
                                row.getString("markdown")))
                .optional();
    }

    /** How far somebody has read a conversation; null for nothing. */
    @Nullable UUID readUntil(Told letter, UUID reader) {
        return jdbc.sql(
                        """
                        select read_until from letter_reads
                         where organization_id = (select current_organization())
                           and course_id = :course and learner_id = :learner and reader_id = :reader
                        """)
                .param("course", letter.courseId())
                .param("learner", letter.learner())
                .param("reader", reader)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional()
                .orElse(null);
    }
}
