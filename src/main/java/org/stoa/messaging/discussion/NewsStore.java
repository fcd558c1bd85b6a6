package org.stoa.messaging.discussion;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whom to tell of a post, as the school's office sees its people. */
@Repository
class NewsStore {
    private final JdbcClient jdbc;

    NewsStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A post to be told of. */
    record Told(
            UUID id,
            UUID question,
            UUID courseId,
            String course,
            UUID lesson,
            UUID asker,
            UUID authorId,
            String author,
            String markdown) {}

    /** Empty when it is not there to be read any more. */
    Optional<Told> post(UUID id) {
        return jdbc.sql(
                        """
                        select p.id, q.id as question, q.course_id, c.slug, q.lesson_id, q.asker_id,
                               p.author_id, p.author_name, p.markdown
                          from discussion_posts p
                          join discussion_threads q
                            on q.organization_id = p.organization_id and q.id = p.thread_id
                          join courses c on c.organization_id = q.organization_id and c.id = q.course_id
                         where p.organization_id = (select current_organization()) and p.id = :id
                           and p.removed_at is null and p.hidden_at is null
                        """)
                .param("id", id)
                .query((row, number) ->
                        new Told(
                                row.getObject("id", UUID.class),
                                row.getObject("question", UUID.class),
                                row.getObject("course_id", UUID.class),
                                row.getString("slug"),
                                row.getObject("lesson_id", UUID.class),
                                row.getObject("asker_id", UUID.class),
                                row.getObject("author_id", UUID.class),
                                row.getString("author_name"),
                                row.getString("markdown")))
                .optional();
    }

    /** Somebody of a course. */
    record Named(UUID id, String name) {
        String first() {
            return name.strip().split(" ", 2)[0];
        }
    }

    /**
     * Those who learn or teach the course now and are called so, by the whole name or the first.
     */
    List<Named> named(UUID course, List<String> called) {
        return jdbc.sql(
                        """
                        select u.id, u.name
                          from users u
                          join organization_memberships m
                            on m.organization_id = (select current_organization()) and m.user_id = u.id
                         where m.status = 'active'
                           and (lower(u.name) = any (cast(:called as text[]))
                                or lower(split_part(u.name, ' ', 1)) = any (cast(:called as text[])))
                           and u.id in (
                               select e.user_id from enrollments e
                                where e.organization_id = (select current_organization())
                                  and e.course_id = :course and e.status = 'active'
                                  and exists (select from access_grants g
                                               where g.organization_id = e.organization_id
                                                 and g.user_id = e.user_id and g.course_id = e.course_id
                                                 and (g.ends_at is null or g.ends_at > now()))
                               union all
                               select s.teacher_id from course_staff s
                                where s.organization_id = (select current_organization())
                                  and s.course_id = :course)
                         order by u.name, u.id
                         limit 100
                        """)
                .param("course", course)
                .param("called", called.toArray(String[]::new))
                .query((row, number) ->
                        new Named(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    /** Keeps which names in a post stand for people. */
    void mention(UUID post, List<String> names) {
        jdbc.sql(
                        """
                        update discussion_posts set mentioned = :names
                         where organization_id = (select current_organization()) and id = :post
                        """)
                .param("names", names.toArray(String[]::new))
                .param("post", post)
                .update();
    }
}
