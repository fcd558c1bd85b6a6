package org.stoa.catalog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Makes those who change a course take turns. */
@Repository
public class CourseLockStore {
    private final JdbcClient jdbc;

    CourseLockStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The course's id; until the transaction ends, nobody else changes or publishes it. */
    public Optional<UUID> lock(String slug) {
        return jdbc.sql(
                        """
                        select id
                          from courses
                         where organization_id = (select current_organization()) and slug = :slug
                           for update
                        """)
                .param("slug", slug)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** Says that the course was changed now. */
    public void touch(UUID course, Instant now) {
        jdbc.sql("update courses set updated_at = :now where id = :course")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("course", course)
                .update();
    }
}
