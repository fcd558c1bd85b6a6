package org.stoa.interop;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which archives came into a school, so that one that was broken off is taken up again. */
@Repository
class ArrivalStore {
    private final JdbcClient jdbc;

    ArrivalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An archive that came into the school.
     *
     * @param finishedAt null while something of it is still to come
     */
    record Arrived(@Nullable Instant finishedAt) {}

    Optional<Arrived> find(String archive) {
        return jdbc.sql(
                        """
                        select finished_at
                          from school_imports
                         where organization_id = (select current_organization())
                           and archive = :archive
                        """)
                .param("archive", archive)
                .query((row, number) -> {
                    var at = row.getObject("finished_at", OffsetDateTime.class);
                    return new Arrived(at == null ? null : at.toInstant());
                })
                .optional();
    }

    void begin(String archive, Instant now) {
        jdbc.sql(
                        """
                        insert into school_imports (organization_id, archive, begun_at)
                        values (current_organization(), :archive, :now)
                        on conflict do nothing
                        """)
                .param("archive", archive)
                .param("now", now)
                .update();
    }

    void finish(String archive, Instant now) {
        jdbc.sql(
                        """
                        update school_imports
                           set finished_at = :now
                         where organization_id = (select current_organization())
                           and archive = :archive
                        """)
                .param("archive", archive)
                .param("now", now)
                .update();
    }
}
