package org.stoa.messaging.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people are told inside Stoa: written by the school's office, read by each for themselves.
 */
@Repository
class NotificationStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    NotificationStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Who was written to: whoever was told of the same thing already is not. */
    List<UUID> tell(
            List<UUID> ids,
            List<UUID> people,
            String kind,
            Map<String, String> values,
            String path,
            String about,
            Instant now) {
        return jdbc.sql(
                        """
                        with fresh as (
                            select one.id, one.person
                              from unnest(cast(:ids as uuid[]), cast(:people as uuid[])) as one (id, person)
                             where not exists (select from notifications n
                                                where n.organization_id = (select current_organization())
                                                  and n.user_id = one.person and n.about = :about)),
                        told as (
                            insert into notifications (organization_id, id, user_id, kind, said, path,
                                                       about, told_at)
                            select current_organization(), id, person, :kind, cast(:said as jsonb),
                                   :path, :about, :now
                              from fresh
                            on conflict do nothing)
                        select person from fresh
                        """)
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .param("people", people.stream().map(UUID::toString).toArray(String[]::new))
                .param("kind", kind)
                .param("said", json.writeValueAsString(values))
                .param("path", path)
                .param("about", about)
                .param("now", at(now))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /**
     * The latest of a person, and how many they have not read.
     *
     * @param before only older ones; null for the latest
     */
    Notifications.Told latest(UUID person, @Nullable UUID before, int most) {
        var unread = new int[1];
        var found =
                jdbc.sql(
                                """
                                select c.unread, n.id, n.kind, n.said, n.path, n.told_at, n.read_at
                                  from (select count(*) as unread from notifications
                                         where organization_id = (select current_organization())
                                           and user_id = :person and read_at is null) c
                                  left join lateral (
                                        select id, kind, said, path, told_at, read_at
                                          from notifications
                                         where organization_id = (select current_organization())
                                           and user_id = :person
                                           and (cast(:before as uuid) is null
                                                or id < cast(:before as uuid))
                                         order by id desc
                                         limit :most) n on true
                                 order by n.id desc
                                """)
                        .param("person", person)
                        .param("before", before, java.sql.Types.OTHER)
                        .param("most", most)
                        .query((row, number) -> {
                            unread[0] = row.getInt("unread");
                            return Optional.ofNullable(row.getObject("id", UUID.class))
                                    .map(id -> notification(id, row));
                        })
                        .list();
        return new Notifications.Told(found.stream().flatMap(Optional::stream).toList(), unread[0]);
    }

    List<Notification> between(UUID person, Instant from, Instant to, int most) {
        return jdbc.sql(
                        """
                        select id, kind, said, path, told_at, read_at
                          from notifications
                         where organization_id = (select current_organization())
                           and user_id = :person and told_at >= :from and told_at < :to
                         order by id desc
                         limit :most
                        """)
                .param("person", person)
                .param("from", at(from))
                .param("to", at(to))
                .param("most", most)
                .query((row, number) -> notification(row.getObject("id", UUID.class), row))
                .list();
    }

    private Notification notification(UUID id, ResultSet row) {
        try {
            var read = row.getObject("read_at", OffsetDateTime.class);
            return new Notification(
                    id,
                    row.getString("kind"),
                    values(row.getString("said")),
                    row.getString("path"),
                    row.getObject("told_at", OffsetDateTime.class).toInstant(),
                    read == null ? null : read.toInstant());
        } catch (SQLException e) {
            throw new IllegalStateException("A notification could not be read", e);
        }
    }

    private Map<String, String> values(String said) {
        var values = new HashMap<String, String>();
        json.readTree(said)
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asString("")));
        return values;
    }

    /** The path it leads to; empty when it is not the person's. */
    Optional<String> read(UUID person, UUID id, boolean read, Instant now) {
        return jdbc.sql(
                        """
                        update notifications
                           set read_at = case when :read then coalesce(read_at, :now) end
                         where organization_id = (select current_organization())
                           and user_id = :person and id = :id
                        returning path
                        """)
                .param("read", read)
                .param("now", at(now))
                .param("person", person)
                .param("id", id)
                .query((row, number) -> row.getString(1))
                .optional();
    }

    void readAll(UUID person, Instant now) {
        jdbc.sql(
                        """
                        update notifications set read_at = :now
                         where organization_id = (select current_organization())
                           and user_id = :person and read_at is null
                        """)
                .param("now", at(now))
                .param("person", person)
                .update();
    }

    /** How many were not read before. */
    int readOf(UUID person, String path, Instant now) {
        return jdbc.sql(
                        """
                        update notifications set read_at = :now
                         where organization_id = (select current_organization())
                           and user_id = :person and path = :path and read_at is null
                        """)
                .param("now", at(now))
                .param("person", person)
                .param("path", path)
                .update();
    }

    int unread(UUID person) {
        return jdbc.sql(
                        """
                        select count(*) from notifications
                         where organization_id = (select current_organization())
                           and user_id = :person and read_at is null
                        """)
                .param("person", person)
                .query((row, number) -> row.getInt(1))
                .single();
    }

    /** A place in a course that somebody has, with the course as learners read it. */
    record Place(UUID learner, String slug, String title) {}

    /** Empty when they gave it up meanwhile, or the course is not to be read. */
    Optional<Place> place(UUID enrollment) {
        return jdbc.sql(
                        """
                        select e.user_id, c.slug, coalesce(r.document ->> 'title', c.title) as title
                          from enrollments e
                          join courses c on c.organization_id = e.organization_id and c.id = e.course_id
                          join course_releases r
                            on r.organization_id = c.organization_id and r.id = c.current_release_id
                         where e.organization_id = (select current_organization())
                           and e.id = :enrollment and e.status = 'active'
                        """)
                .param("enrollment", enrollment)
                .query((row, number) ->
                        new Place(
                                row.getObject("user_id", UUID.class),
                                row.getString("slug"),
                                row.getString("title")))
                .optional();
    }

    List<UUID> administrators() {
        return jdbc.sql(
                        """
                        select user_id from organization_memberships
                         where organization_id = (select current_organization())
                           and status = 'active' and role in ('admin', 'owner')
                         order by user_id
                        """)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Who learns in a course, from one person on, in the order of their ids. */
    List<UUID> learners(UUID course, UUID after, int most) {
        return jdbc.sql(
                        """
                        select user_id from enrollments
                         where organization_id = (select current_organization())
                           and course_id = :course and status = 'active' and user_id > :after
                         order by user_id
                         limit :most
                        """)
                .param("course", course)
                .param("after", after)
                .param("most", most)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
