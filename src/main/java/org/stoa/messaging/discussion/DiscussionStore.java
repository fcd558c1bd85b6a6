package org.stoa.messaging.discussion;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.tenancy.Caller;

/** Questions, their answers, and what was reported of them. */
@Repository
class DiscussionStore {
    private final JdbcClient jdbc;

    DiscussionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Some questions of a lesson, and what the reader is in the course.
     *
     * @param staff null for who does not teach it
     */
    record Read(@Nullable CourseStanding staff, List<Question> questions) {}

    /** Which questions are wanted: those before one, or one alone; null for no such bound. */
    record Wanted(@Nullable UUID before, @Nullable UUID only, int most) {}

    Read read(UUID course, UUID lesson, Wanted wanted) {
        var lines =
                jdbc.sql(
                                """
                                select course_standing(:course) as standing, q.id as question,
                                       q.resolved_at is not null as resolved, q.locked_at is not null as locked,
                                       p.id, p.author_id, p.author_name, p.as_staff, p.markdown, p.mentioned,
                                       p.written_at, p.edited_at is not null as edited,
                                       p.removed_at is not null as removed, p.hidden_at is not null as hidden,
                                       exists (select from discussion_reports r
                                                where r.organization_id = p.organization_id
                                                  and r.post_id = p.id
                                                  and r.reporter_id = (select current_person())) as reported
                                  from (values (1)) one
                                  left join (
                                        select * from discussion_threads
                                         where organization_id = (select current_organization())
                                           and course_id = :course and lesson_id = :lesson
                                           and (cast(:before as uuid) is null or id < cast(:before as uuid))
                                           and (cast(:only as uuid) is null or id = cast(:only as uuid))
                                         order by id desc
                                         limit :most) q on true
                                  left join discussion_posts p
                                    on p.organization_id = q.organization_id and p.thread_id = q.id
                                 order by q.id desc, p.id
                                """)
                        .param("course", course)
                        .param("lesson", lesson)
                        .param("before", wanted.before(), Types.OTHER)
                        .param("only", wanted.only(), Types.OTHER)
                        .param("most", wanted.most())
                        .query(DiscussionStore::line)
                        .list();
        return new Read(lines.getFirst().staff(), questions(lines));
    }

    private record Line(
            @Nullable CourseStanding staff,
            @Nullable UUID question,
            boolean resolved,
            boolean locked,
            @Nullable Post post) {}

    private static Line line(ResultSet row, int number) throws SQLException {
        var standing = row.getString("standing");
        var staff = standing == null ? null : CourseStanding.of(standing);
        return new Line(
                staff,
                row.getObject("question", UUID.class),
                row.getBoolean("resolved"),
                row.getBoolean("locked"),
                row.getObject("id", UUID.class) == null ? null : post(row, staff));
    }

    private static Post post(ResultSet row, @Nullable CourseStanding staff) throws SQLException {
        var author = row.getObject("author_id", UUID.class);
        boolean mine = author.equals(Caller.current().person());
        var state =
                row.getBoolean("removed")
                        ? Post.State.REMOVED
                        : row.getBoolean("hidden") ? Post.State.HIDDEN : Post.State.SHOWN;
        boolean readable =
                state == Post.State.SHOWN
                        || state == Post.State.HIDDEN && (mine || Discussions.looksAfter(staff));
        return new Post(
                row.getObject("id", UUID.class),
                author,
                row.getString("author_name"),
                mine,
                row.getBoolean("as_staff"),
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("edited"),
                state,
                readable ? row.getString("markdown") : "",
                List.of((String[]) row.getArray("mentioned").getArray()),
                row.getBoolean("reported"));
    }

    private static List<Question> questions(List<Line> lines) {
        var byQuestion = new LinkedHashMap<UUID, List<Line>>();
        for (var line : lines) {
            if (line.question() != null && line.post() != null) {
                byQuestion.computeIfAbsent(line.question(), id -> new ArrayList<>()).add(line);
            }
        }
        var questions = new ArrayList<Question>();
        byQuestion.forEach((id, its) -> {
            var posts =
                    its.stream().flatMap(it -> Optional.ofNullable(it.post()).stream()).toList();
            var first = its.getFirst();
            questions.add(
                    new Question(
                            id,
                            first.resolved(),
                            first.locked(),
                            posts.getFirst(),
                            posts.subList(1, posts.size())));
        });
        return questions;
    }

    /**
     * Where a post stands.
     *
     * @param staff what the caller is in the course; null for nothing
     */
    record Place(
            UUID course,
            String slug,
            UUID lesson,
            UUID question,
            UUID asker,
            UUID author,
            boolean removed,
            boolean locked,
            int posts,
            @Nullable CourseStanding staff) {}

    Optional<Place> place(UUID post) {
        return jdbc.sql(
                        """
                        select q.course_id, c.slug, q.lesson_id, q.id, q.asker_id, p.author_id,
                               p.removed_at is not null as removed, q.locked_at is not null as locked,
                               course_standing(q.course_id) as standing,
                               (select count(*) from discussion_posts o
                                 where o.organization_id = q.organization_id
                                   and o.thread_id = q.id) as posts
                          from discussion_posts p
                          join discussion_threads q
                            on q.organization_id = p.organization_id and q.id = p.thread_id
                          join courses c on c.organization_id = q.organization_id and c.id = q.course_id
                         where p.organization_id = (select current_organization()) and p.id = :post
                        """)
                .param("post", post)
                .query((row, number) -> {
                    var standing = row.getString("standing");
                    return new Place(
                            row.getObject("course_id", UUID.class),
                            row.getString("slug"),
                            row.getObject("lesson_id", UUID.class),
                            row.getObject("id", UUID.class),
                            row.getObject("asker_id", UUID.class),
                            row.getObject("author_id", UUID.class),
                            row.getBoolean("removed"),
                            row.getBoolean("locked"),
                            row.getInt("posts"),
                            standing == null ? null : CourseStanding.of(standing));
                })
                .optional();
    }

    void ask(UUID question, UUID course, UUID lesson, Instant now) {
        jdbc.sql(
                        """
                        insert into discussion_threads
                               (organization_id, id, course_id, lesson_id, asker_id, asked_at)
                        values (current_organization(), :id, :course, :lesson, current_person(), :now)
                        """)
                .param("id", question)
                .param("course", course)
                .param("lesson", lesson)
                .param("now", at(now))
                .update();
    }

    /** A post as it is written. */
    record Written(UUID id, UUID course, UUID question, String markdown) {}

    void write(Written post, Instant now) {
        jdbc.sql(
                        """
                        insert into discussion_posts
                               (organization_id, id, course_id, thread_id, author_id, author_name, as_staff,
                                markdown, written_at)
                        values (current_organization(), :id, :course, :question, current_person(), :name,
                                course_standing(:course) is not null, :markdown, :now)
                        """)
                .param("id", post.id())
                .param("course", post.course())
                .param("question", post.question())
                .param("name", Caller.current().name())
                .param("markdown", post.markdown())
                .param("now", at(now))
                .update();
    }

    void edit(UUID post, String markdown, Instant now) {
        jdbc.sql(
                        """
                        update discussion_posts
                           set markdown = :markdown, edited_at = :now
                         where organization_id = (select current_organization())
                           and id = :post and removed_at is null
                        """)
                .param("post", post)
                .param("markdown", markdown)
                .param("now", at(now))
                .update();
    }

    /** Its words are gone with it. */
    void remove(UUID post, Instant now) {
        jdbc.sql(
                        """
                        update discussion_posts
                           set markdown = '', mentioned = '{}', removed_at = coalesce(removed_at, :now)
                         where organization_id = (select current_organization()) and id = :post
                        """)
                .param("post", post)
                .param("now", at(now))
                .update();
    }

    void resolve(UUID question, boolean resolved, Instant now) {
        jdbc.sql(
                        """
                        update discussion_threads
                           set resolved_at = case when :resolved then coalesce(resolved_at, :now) end
                         where organization_id = (select current_organization()) and id = :question
                        """)
                .param("question", question)
                .param("resolved", resolved)
                .param("now", at(now))
                .update();
    }

    void lock(UUID question, boolean locked, Instant now) {
        jdbc.sql(
                        """
                        update discussion_threads
                           set locked_at = case when :locked then coalesce(locked_at, :now) end
                         where organization_id = (select current_organization()) and id = :question
                        """)
                .param("question", question)
                .param("locked", locked)
                .param("now", at(now))
                .update();
    }

    void hide(UUID post, boolean hidden, Instant now) {
        jdbc.sql(
                        """
                        update discussion_posts
                           set hidden_at = case when :hidden then coalesce(hidden_at, :now) end,
                               hidden_by = case when :hidden then current_person() end
                         where organization_id = (select current_organization()) and id = :post
                        """)
                .param("post", post)
                .param("hidden", hidden)
                .param("now", at(now))
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
