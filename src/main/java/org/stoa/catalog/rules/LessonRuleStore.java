package org.stoa.catalog.rules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.LessonRules;
import tools.jackson.databind.json.JsonMapper;

/** The rules of lessons, in drafts. */
@Repository
class LessonRuleStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    LessonRuleStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Every lesson of the course with what it waits for, in order, those in the bin last. */
    List<Ruling> all(String slug) {
        var rows =
                jdbc.sql(
                                """
                                select l.id, l.title, l.hidden, l.required, l.taste, l.opens_at,
                                       l.opens_after_days, l.rules_version, l.deleted_at is not null as binned,
                                       dense_rank() over (order by l.deleted_at is not null, m.position, m.id) as module,
                                       row_number() over (partition by m.id, l.deleted_at is not null
                                                          order by l.position, l.id) as place,
                                       (select coalesce(json_agg(p.after_lesson_id order by p.after_lesson_id), '[]')
                                          from lesson_prerequisites p
                                         where p.organization_id = l.organization_id
                                           and p.lesson_id = l.id) as after
                                  from courses c
                                  join lessons l on l.organization_id = c.organization_id and l.course_id = c.id
                                  join modules m on m.organization_id = l.organization_id and m.id = l.module_id
                                 where c.slug = :slug
                                 order by l.deleted_at is not null, m.position, m.id, l.position, l.id
                                """)
                        .param("slug", slug)
                        .query(this::row)
                        .list();
        var others = rows.stream().map(Row::other).toList();
        return rows.stream()
                .map(it ->
                        new Ruling(
                                it.other().id(),
                                it.other().title(),
                                it.other().hidden(),
                                it.rules(),
                                it.version(),
                                others))
                .toList();
    }

    private record Row(Ruling.Other other, LessonRules rules, int version) {}

    private Row row(ResultSet row, int number) throws SQLException {
        boolean binned = row.getBoolean("binned");
        var after = List.of(json.readValue(row.getString("after"), UUID[].class));
        var opensAt = row.getObject("opens_at", java.time.OffsetDateTime.class);
        var rules =
                new LessonRules(
                        row.getBoolean("required"),
                        row.getBoolean("taste"),
                        opensAt == null ? null : opensAt.toInstant(),
                        (Integer) row.getObject("opens_after_days"),
                        after);
        return new Row(
                new Ruling.Other(
                        row.getObject("id", UUID.class),
                        binned ? "" : row.getInt("module") + "." + row.getInt("place"),
                        row.getString("title"),
                        row.getBoolean("hidden"),
                        binned,
                        after),
                rules,
                row.getInt("rules_version"));
    }

    void write(UUID lesson, boolean hidden, LessonRules rules) {
        jdbc.sql(
                        """
                        update lessons
                           set hidden = :hidden, required = :required, taste = :taste,
                               opens_at = cast(:opensAt as timestamptz),
                               opens_after_days = cast(:days as int),
                               rules_version = rules_version + 1
                         where id = :lesson
                        """)
                .param("hidden", hidden)
                .param("required", rules.counts())
                .param("taste", rules.taste())
                .param("opensAt", text(rules.opensAt()))
                .param("days", text(rules.opensAfterDays()))
                .param("lesson", lesson)
                .update();
    }

    void writeAfter(UUID course, UUID lesson, List<UUID> after) {
        jdbc.sql("delete from lesson_prerequisites where lesson_id = :lesson")
                .param("lesson", lesson)
                .update();
        jdbc.sql(
                        """
                        insert into lesson_prerequisites
                               (organization_id, course_id, lesson_id, after_lesson_id)
                        select distinct current_organization(), :course, :lesson, before
                          from unnest(cast(:after as uuid[])) before
                        """)
                .param("course", course)
                .param("lesson", lesson)
                .param("after", after.toArray(UUID[]::new))
                .update();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
