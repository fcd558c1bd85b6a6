package org.stoa.enrollment;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The ledger of access, by what each line comes from. */
@Repository
class GrantStore {
    private static final int AT_A_TIME = 500;
    private final JdbcClient jdbc;

    GrantStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whose, and of which course. */
    record Holder(UUID person, UUID course) {}

    List<Holder> end(Grant.Source source, String reference, Instant now) {
        return jdbc.sql(
                        """
                        update access_grants
                           set ends_at = greatest(starts_at, :now)
                         where organization_id = (select current_organization())
                           and source = :source and source_reference = :reference
                           and (ends_at is null or ends_at > :now)
                        returning user_id, course_id
                        """)
                .param("source", source.word())
                .param("reference", reference)
                .param("now", now)
                .query((row, number) ->
                        new Holder(
                                row.getObject("user_id", UUID.class),
                                row.getObject("course_id", UUID.class)))
                .list();
    }

    void prolong(Grant.Source source, String reference, @Nullable Instant until) {
        jdbc.sql(
                        """
                        update access_grants
                           set ends_at = case when cast(:until as timestamptz) is not null then greatest(starts_at, cast(:until as timestamptz)) end
                         where organization_id = (select current_organization())
                           and source = :source and source_reference = :reference
                        """)
                .param("source", source.word())
                .param("reference", reference)
                .param(
                        "until",
                        until == null ? null : until.atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** Some who have a place, and no access any more. */
    List<Holder> over(Instant now) {
        return jdbc.sql(
                        """
                        select e.user_id, e.course_id
                          from enrollments e
                         where e.organization_id = (select current_organization())
                           and e.status = 'active'
                           and exists (select from access_grants g
                                        where g.organization_id = e.organization_id
                                          and g.user_id = e.user_id and g.course_id = e.course_id
                                          and g.source not in ('free', 'cohort') and g.ends_at <= :now)
                           and not exists (select from access_grants g
                                            where g.organization_id = e.organization_id
                                              and g.user_id = e.user_id and g.course_id = e.course_id
                                              and (g.ends_at is null or g.ends_at > :now))
                         limit :many
                        """)
                .param("now", now)
                .param("many", AT_A_TIME)
                .query((row, number) ->
                        new Holder(
                                row.getObject("user_id", UUID.class),
                                row.getObject("course_id", UUID.class)))
                .list();
    }
}
