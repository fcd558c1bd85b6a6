package org.stoa.messaging.discussion;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What readers reported of a course's discussions, for those who look after them. */
@Repository
class ReportStore {
    private final JdbcClient jdbc;

    ReportStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the caller had reported it before. */
    boolean report(UUID post, UUID course, String why, Instant now) {
        return jdbc.sql(
                                """
                                insert into discussion_reports
                                       (organization_id, post_id, reporter_id, course_id, why, reported_at)
                                values (current_organization(), :post, current_person(), :course, :why, :now)
                                on conflict do nothing
                                """)
                        .param("post", post)
                        .param("course", course)
                        .param("why", why)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void dismiss(UUID post, Instant now) {
        jdbc.sql(
                        """
                        update discussion_reports
                           set dismissed_at = :now
                         where organization_id = (select current_organization())
                           and post_id = :post and dismissed_at is null
                        """)
                .param("post", post)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** What stands open in a course, the latest post first. */
    List<Moderation.Reported> open(String course, @Nullable UUID before, int most) {
        return jdbc.sql(
                        """
                        select p.id, q.id as question, q.lesson_id, p.author_name, p.markdown,
                               p.hidden_at is not null as hidden, max(r.reported_at) as at,
                               array_agg(r.why order by r.reported_at) as whys
                          from courses c
                          join discussion_reports r
                            on r.organization_id = c.organization_id and r.course_id = c.id
                           and r.dismissed_at is null
                          join discussion_posts p
                            on p.organization_id = r.organization_id and p.id = r.post_id
                          join discussion_threads q
                            on q.organization_id = p.organization_id and q.id = p.thread_id
                         where c.organization_id = (select current_organization()) and c.slug = :course
                           and p.removed_at is null
                           and (cast(:before as uuid) is null or p.id < cast(:before as uuid))
                         group by p.organization_id, p.id, q.id, q.lesson_id, p.author_name, p.markdown,
                                  p.hidden_at
                         order by p.id desc
                         limit :most
                        """)
                .param("course", course)
                .param("before", before, Types.OTHER)
                .param("most", most)
                .query((row, number) ->
                        new Moderation.Reported(
                                row.getObject("id", UUID.class),
                                row.getObject("question", UUID.class),
                                row.getObject("lesson_id", UUID.class),
                                row.getString("author_name"),
                                row.getString("markdown"),
                                row.getBoolean("hidden"),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                List.of((String[]) row.getArray("whys").getArray())))
                .list();
    }
}
