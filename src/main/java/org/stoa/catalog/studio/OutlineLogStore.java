package org.stoa.catalog.studio;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.studio.OutlineChange.Kind;
import org.stoa.catalog.studio.OutlineChange.Undo;
import tools.jackson.databind.json.JsonMapper;

/** What was done to outlines. */
@Repository
class OutlineLogStore {
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    OutlineLogStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(UUID id, UUID course, Kind kind, String title, String detail, Undo undo, Instant now) {
        jdbc.sql(
                        """
                        insert into outline_changes
                               (organization_id, course_id, id, kind, title, detail, undo, made_by, made_at)
                        values (current_organization(), :course, :id, :kind, :title, :detail,
                                cast(:undo as jsonb), current_person(), :now)
                        """)
                .param("id", id)
                .param("course", course)
                .param("kind", kind.name())
                .param("title", title)
                .param("detail", detail)
                .param("undo", undo.equals(Undo.NONE) ? null : json.writeValueAsString(undo))
                .param("now", now)
                .update();
    }

    /** The latest first. */
    List<OutlineChange> of(UUID course) {
        return jdbc.sql(
                        """
                        select o.id, o.kind, o.title, o.detail, u.name, o.made_at,
                               o.undo is not null and o.undone_at is null as undoable,
                               o.undone_at is not null as undone
                          from outline_changes o
                          left join users u on u.id = o.made_by
                         where o.organization_id = (select current_organization())
                           and o.course_id = :course
                         order by o.id desc
                         limit :most
                        """)
                .param("course", course)
                .param("most", MOST)
                .query((row, number) ->
                        new OutlineChange(
                                row.getObject("id", UUID.class),
                                Kind.valueOf(row.getString("kind")),
                                row.getString("title"),
                                row.getString("detail"),
                                row.getString("name"),
                                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                                row.getBoolean("undoable"),
                                row.getBoolean("undone")))
                .list();
    }

    /** How a change is undone, and that it now is; empty where it cannot be, or was. */
    Optional<Undo> undone(UUID course, UUID change, Instant now) {
        return jdbc.sql(
                        """
                        update outline_changes
                           set undone_at = :now
                         where organization_id = (select current_organization())
                           and course_id = :course and id = :change
                           and undo is not null and undone_at is null
                        returning undo
                        """)
                .param("course", course)
                .param("change", change)
                .param("now", now)
                .query((row, number) -> json.readValue(row.getString(1), Undo.class))
                .optional();
    }
}
