package org.stoa.catalog;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.source.SourceTerms;
import tools.jackson.databind.json.JsonMapper;

/** The rules that come in and go out with a course. */
@Repository
class DraftRuleStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    DraftRuleStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    record Row(
            UUID id,
            boolean hidden,
            boolean required,
            boolean taste,
            @Nullable String opensAt,
            @Nullable Integer days,
            List<UUID> after) {
        Row openAfterNone() {
            return new Row(id, hidden, required, taste, opensAt, days, List.of());
        }
    }

    /** The draft's lessons by their keys. */
    Map<String, UUID> lessons(UUID course) {
        var ids = new HashMap<String, UUID>();
        jdbc.sql(
                        """
                        select source_key, id from lessons
                         where course_id = :course and deleted_at is null
                        """)
                .param("course", course)
                .query(row -> {
                    ids.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return ids;
    }

    Map<UUID, Set<UUID>> waits(UUID course) {
        var waits = new HashMap<UUID, Set<UUID>>();
        jdbc.sql(
                        """
                        select lesson_id, after_lesson_id from lesson_prerequisites
                         where course_id = :course
                        """)
                .param("course", course)
                .query(row -> {
                    waits.computeIfAbsent(row.getObject(1, UUID.class), id -> new HashSet<>())
                            .add(row.getObject(2, UUID.class));
                });
        return waits;
    }

    void write(UUID course, List<Row> rows) {
        var given = json.writeValueAsString(rows);
        jdbc.sql(
                        """
                        update lessons l
                           set hidden = g.hidden, required = g.required, taste = g.taste,
                               opens_at = g."opensAt", opens_after_days = g.days,
                               rules_version = rules_version + 1
                          from jsonb_to_recordset(cast(:rows as jsonb))
                               as g (id uuid, hidden boolean, required boolean, taste boolean,
                                     "opensAt" timestamptz, days int)
                         where l.course_id = :course and l.id = g.id
                           and (l.hidden, l.required, l.taste, l.opens_at, l.opens_after_days)
                               is distinct from (g.hidden, g.required, g.taste, g."opensAt", g.days)
                        """)
                .param("course", course)
                .param("rows", given)
                .update();
        jdbc.sql(
                        """
                        delete from lesson_prerequisites
                         where course_id = :course and lesson_id = any(cast(:lessons as uuid[]))
                        """)
                .param("course", course)
                .param("lessons", rows.stream().map(Row::id).toArray(UUID[]::new))
                .update();
        jdbc.sql(
                        """
                        insert into lesson_prerequisites
                               (organization_id, course_id, lesson_id, after_lesson_id)
                        select distinct current_organization(), :course, g.id, a.id
                          from jsonb_to_recordset(cast(:rows as jsonb)) as g (id uuid, after jsonb),
                               jsonb_array_elements_text(g.after) as e (text),
                               lateral (select cast(e.text as uuid) as id) a
                        """)
                .param("course", course)
                .param("rows", given)
                .update();
    }

    /** The terms of a course as they go out; empty where none are set. */
    Optional<SourceTerms> terms(UUID course, ZoneId zone) {
        return jdbc.sql(
                        """
                        select t.opens_at, t.closes_at, s.capacity,
                               array(select coalesce(f.source_key, f.slug)
                                       from course_prerequisites p
                                       join courses f
                                         on f.organization_id = p.organization_id and f.id = p.after_course_id
                                      where p.organization_id = c.organization_id and p.course_id = c.id
                                      order by 1) as after
                          from courses c
                          left join course_terms t on t.organization_id = c.organization_id and t.course_id = c.id
                          left join course_seats s on s.organization_id = c.organization_id and s.course_id = c.id
                         where c.id = :course and (t.course_id is not null or s.course_id is not null)
                        """)
                .param("course", course)
                .query((row, number) ->
                        new SourceTerms(
                                said(row.getObject("opens_at", OffsetDateTime.class), zone),
                                said(row.getObject("closes_at", OffsetDateTime.class), zone),
                                (Integer) row.getObject("capacity"),
                                List.of((String[]) row.getArray("after").getArray())))
                .optional();
    }

    private static String said(@Nullable OffsetDateTime at, ZoneId zone) {
        return at == null ? "" : at.atZoneSameInstant(zone).toOffsetDateTime().toString();
    }
}
