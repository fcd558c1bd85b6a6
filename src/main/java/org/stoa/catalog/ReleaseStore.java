package org.stoa.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Releases: written once, read for ever, unless they are withdrawn. */
@Repository
class ReleaseStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    ReleaseStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<UUID> currentId(String slug) {
        return jdbc.sql(
                        """
                        select current_release_id
                          from courses
                         where organization_id = (select current_organization())
                           and slug = :slug and current_release_id is not null
                        """)
                .param("slug", slug)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    Optional<Release> find(UUID id) {
        return jdbc.sql(
                        """
                        select r.id, r.course_id, r.number, r.published_at, c.slug, r.note, r.document
                          from course_releases r
                          join courses c on c.organization_id = r.organization_id and c.id = r.course_id
                         where r.organization_id = (select current_organization()) and r.id = :id
                        """)
                .param("id", id)
                .query(this::release)
                .optional();
    }

    Optional<LessonBody> body(UUID release, UUID lesson) {
        return jdbc.sql(
                        """
                        select html, words
                          from release_lessons
                         where organization_id = (select current_organization())
                           and release_id = :release and lesson_id = :lesson
                        """)
                .param("release", release)
                .param("lesson", lesson)
                .query((row, number) -> new LessonBody(row.getString(1), row.getString(2)))
                .optional();
    }

    /** Every lesson's content in a release, by lesson. */
    Map<UUID, LessonBody> bodies(UUID release) {
        var bodies = new HashMap<UUID, LessonBody>();
        jdbc.sql(
                        """
                        select lesson_id, html, words
                          from release_lessons
                         where organization_id = (select current_organization())
                           and release_id = :release
                        """)
                .param("release", release)
                .query(row -> {
                    bodies.put(
                            row.getObject(1, UUID.class),
                            new LessonBody(row.getString(2), row.getString(3)));
                });
        return bodies;
    }

    /**
     * In which of the draft's modules each lesson stood; those are left out of which it is not
     * known.
     */
    Map<UUID, UUID> stoodIn(UUID release) {
        var modules = new HashMap<UUID, UUID>();
        jdbc.sql(
                        """
                        select lesson_id, module_id
                          from release_lessons
                         where organization_id = (select current_organization())
                           and release_id = :release and module_id is not null
                        """)
                .param("release", release)
                .query(row -> {
                    modules.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                });
        return modules;
    }

    /** The number of the next release of a course that is locked. */
    int nextNumber(UUID course) {
        return jdbc.sql(
                        """
                        select coalesce(max(number), 0) + 1
                          from course_releases
                         where organization_id = (select current_organization()) and course_id = :course
                        """)
                .param("course", course)
                .query((row, number) -> row.getInt(1))
                .single();
    }

    void add(
            Release release,
            String note,
            @Nullable UUID by,
            List<Difference> changes,
            List<LessonBody> bodies) {
        jdbc.sql(
                        """
                        insert into course_releases
                               (organization_id, id, course_id, number, document, note, published_by,
                                published_at, changes)
                        values (current_organization(), :id, :course, :number, cast(:document as jsonb), :note,
                                cast(:by as uuid), :at, cast(:changes as jsonb))
                        """)
                .param("changes", json.writeValueAsString(changes))
                .param("id", release.id())
                .param("course", release.courseId())
                .param("number", release.number())
                .param("document", json.writeValueAsString(release.document()))
                .param("note", note)
                .param("by", by, Types.OTHER)
                .param("at", release.publishedAt())
                .update();
        addBodies(release, bodies);
        jdbc.sql(
                        """
                        update courses set current_release_id = :release, updated_at = :at
                         where id = :course
                        """)
                .param("release", release.id())
                .param("at", release.publishedAt())
                .param("course", release.courseId())
                .update();
    }

    /** False when the course has no such release, or it was withdrawn before. */
    boolean withdraw(UUID course, int number, Instant now) {
        return jdbc.sql(
                                """
                                update course_releases
                                   set withdrawn_at = :now, withdrawn_by = current_person()
                                 where organization_id = (select current_organization())
                                   and course_id = :course and number = :number and withdrawn_at is null
                                """)
                        .param("now", now)
                        .param("course", course)
                        .param("number", number)
                        .update()
                == 1;
    }

    /** Lets learners read the latest release that stands, or none; its id. */
    Optional<UUID> fallBack(UUID course, Instant now) {
        return jdbc
                .sql(
                        """
                        update courses c
                           set updated_at = :now,
                               current_release_id = (
                                   select r.id
                                     from course_releases r
                                    where r.organization_id = c.organization_id
                                      and r.course_id = c.id and r.withdrawn_at is null
                                    order by r.number desc
                                    limit 1)
                         where c.id = :course
                        returning c.current_release_id
                        """)
                .param("now", now)
                .param("course", course)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list()
                .stream()
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    private void addBodies(Release release, List<LessonBody> bodies) {
        jdbc.sql(
                        """
                        insert into release_lessons
                               (organization_id, release_id, lesson_id, html, words, lesson_version,
                                module_id)
                        select current_organization(), :release, l.id, body.html, body.words, l.version,
                               l.module_id
                          from unnest(cast(:lessons as uuid[]), cast(:htmls as text[]), cast(:words as text[]))
                               as body (lesson, html, words)
                          join lessons l on l.course_id = :course and l.id = body.lesson
                        """)
                .param("release", release.id())
                .param("course", release.courseId())
                .param(
                        "lessons",
                        release.lessons().stream()
                                .map(l -> l.id().toString())
                                .toArray(String[]::new))
                .param("htmls", bodies.stream().map(LessonBody::html).toArray(String[]::new))
                .param("words", bodies.stream().map(LessonBody::words).toArray(String[]::new))
                .update();
    }

    List<Releases.Published> all(UUID course) {
        return jdbc.sql(
                        """
                        select r.id, r.number, r.note, r.published_at, r.withdrawn_at, r.changes,
                               u.name
                          from course_releases r
                          left join users u on u.id = r.published_by
                         where r.organization_id = (select current_organization())
                           and r.course_id = :course
                         order by r.number desc
                         limit 100
                        """)
                .param("course", course)
                .query((row, number) ->
                        new Releases.Published(
                                row.getObject("id", UUID.class),
                                row.getInt("number"),
                                row.getString("note"),
                                row.getString("name"),
                                instant(row, "published_at"),
                                changes(row.getString("changes")),
                                row.getObject("withdrawn_at") != null,
                                false))
                .list();
    }

    private @Nullable List<Difference> changes(@Nullable String kept) {
        return kept == null ? null : List.of(json.readValue(kept, Difference[].class));
    }

    private Release release(ResultSet row, int number) throws SQLException {
        return new Release(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getInt("number"),
                instant(row, "published_at"),
                row.getString("slug"),
                row.getString("note"),
                json.readValue(row.getString("document"), ReleaseDocument.class));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
