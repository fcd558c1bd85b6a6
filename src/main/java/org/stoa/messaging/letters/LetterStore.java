package org.stoa.messaging.letters;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.markdown.Remarks;
import org.stoa.messaging.letters.Conversation.Letter;
import org.stoa.tenancy.Caller;

/** Conversations, their letters, and how far each has read. */
@Repository
class LetterStore {
    private static final int EXCERPT = 120;

    /** What somebody has not read of a conversation {@code k}: what the other side wrote since. */
    private static final String UNREAD =
            """
            (select count(*) from letters n
              where n.organization_id = k.organization_id and n.course_id = k.course_id
                and n.learner_id = k.learner_id and n.as_staff = (k.learner_id = :me)
                and not exists (select from letter_reads r
                                 where r.organization_id = n.organization_id
                                   and r.course_id = n.course_id and r.learner_id = n.learner_id
                                   and r.reader_id = :me and r.read_until >= n.id)) as unread
            """;

    private static final String READ =
            """
            select c.id as course, coalesce(t.title, c.title) as title, u.name as learner,
                   p.status = 'active' and exists (
                       select from access_grants g
                        where g.organization_id = p.organization_id
                          and g.user_id = p.user_id and g.course_id = p.course_id
                          and g.starts_at <= :now
                          and (g.ends_at is null or g.ends_at > :now)) as writes,
                   (select max(r.read_until::text)::uuid from letter_reads r
                     where r.organization_id = k.organization_id
                       and r.course_id = k.course_id and r.learner_id = k.learner_id
                       and (r.reader_id = k.learner_id) = not :own) as others,
                   l.id, l.author_id, l.author_name, l.as_staff, l.written_at, l.markdown,
            """
                    + UNREAD
                    + """
                      from courses c
                      left join catalog_entries t
                        on t.organization_id = c.organization_id and t.course_id = c.id
                      join enrollments p
                        on p.organization_id = c.organization_id and p.course_id = c.id
                       and p.user_id = :learner
                      join users u on u.id = p.user_id
                      left join conversations k
                        on k.organization_id = p.organization_id
                       and k.course_id = p.course_id and k.learner_id = p.user_id
                      left join lateral (
                            select * from letters o
                             where o.organization_id = k.organization_id
                               and o.course_id = k.course_id and o.learner_id = k.learner_id
                               and (cast(:before as uuid) is null
                                    or o.id < cast(:before as uuid))
                             order by o.id desc
                             limit :most) l on true
                     where c.slug = :course
                     order by l.id
                    """;

    private final JdbcClient jdbc;

    LetterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of the learner, and of staff who are named or have written; administrators see no more. */
    List<Letters.Line> list(UUID me, @Nullable UUID before, int most) {
        return jdbc.sql(
                        """
                        select c.slug, coalesce(e.title, c.title) as title, k.learner_id,
                               coalesce(u.name, '') as learner, k.last_letter_id, l.author_name, l.markdown,
                               l.written_at,
                        """
                                + UNREAD
                                + """
                                  from conversations k
                                  join courses c on c.organization_id = k.organization_id and c.id = k.course_id
                                  left join catalog_entries e
                                    on e.organization_id = k.organization_id and e.course_id = k.course_id
                                  left join users u on u.id = k.learner_id
                                  join letters l
                                    on l.organization_id = k.organization_id and l.id = k.last_letter_id
                                 where k.organization_id = (select current_organization())
                                   and (k.learner_id = :me
                                        or course_standing(k.course_id) = 'school'
                                        or exists (select from course_staff s
                                                    where s.organization_id = k.organization_id
                                                      and s.course_id = k.course_id and s.teacher_id = :me)
                                        or exists (select from letters w
                                                    where w.organization_id = k.organization_id
                                                      and w.course_id = k.course_id
                                                      and w.learner_id = k.learner_id and w.author_id = :me))
                                   and (cast(:before as uuid) is null or k.last_letter_id < cast(:before as uuid))
                                 order by k.last_letter_id desc
                                 limit :most
                                """)
                .param("me", me)
                .param("before", before, Types.OTHER)
                .param("most", most)
                .query((row, number) -> line(row, me))
                .list();
    }

    private static Letters.Line line(ResultSet row, UUID me) throws SQLException {
        var learner = row.getObject("learner_id", UUID.class);
        return new Letters.Line(
                row.getString("slug"),
                row.getString("title"),
                learner,
                row.getString("learner"),
                learner.equals(me),
                row.getObject("last_letter_id", UUID.class),
                row.getString("author_name"),
                Remarks.excerpt(row.getString("markdown"), EXCERPT),
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                row.getInt("unread"));
    }

    /**
     * Which conversation is wanted, and when.
     *
     * @param own the caller is the learner
     */
    record Wanted(String course, UUID learner, boolean own, Instant now) {}

    /** Empty where the caller knows of no such learner in the course. */
    Optional<Conversation> read(Wanted wanted, @Nullable UUID before, int most) {
        var rows =
                jdbc.sql(READ)
                        .param("now", wanted.now())
                        .param("own", wanted.own())
                        .param("me", Caller.current().personId())
                        .param("learner", wanted.learner())
                        .param("course", wanted.course())
                        .param("before", before, Types.OTHER)
                        .param("most", most)
                        .query((row, number) -> row(row, wanted))
                        .list();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        var letters = new ArrayList<Letter>();
        rows.forEach(it -> letters.addAll(it.letters()));
        return Optional.of(with(rows.getFirst(), letters));
    }

    private static Conversation row(ResultSet row, Wanted wanted) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new Conversation(
                row.getObject("course", UUID.class),
                wanted.course(),
                row.getString("title"),
                wanted.learner(),
                row.getString("learner"),
                wanted.own(),
                row.getBoolean("writes"),
                id == null ? List.of() : List.of(letter(row, id)),
                false,
                row.getInt("unread"),
                row.getObject("others", UUID.class));
    }

    private static Letter letter(ResultSet row, UUID id) throws SQLException {
        var author = row.getObject("author_id", UUID.class);
        return new Letter(
                id,
                author,
                row.getString("author_name"),
                author.equals(Caller.current().person()),
                row.getBoolean("as_staff"),
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                row.getString("markdown"));
    }

    private static Conversation with(Conversation it, List<Letter> letters) {
        return new Conversation(
                it.courseId(),
                it.course(),
                it.title(),
                it.learner(),
                it.learnerName(),
                it.mine(),
                it.writes(),
                letters,
                false,
                it.unread(),
                it.readByOthers());
    }

    void write(Conversation at, UUID letter, String markdown, Instant now) {
        jdbc.sql(
                        """
                        insert into conversations (organization_id, course_id, learner_id, last_letter_id)
                        values (current_organization(), :course, :learner, :id)
                        on conflict (organization_id, course_id, learner_id) do update
                           set last_letter_id = greatest(conversations.last_letter_id,
                                                         excluded.last_letter_id)
                        """)
                .param("course", at.courseId())
                .param("learner", at.learner())
                .param("id", letter)
                .update();
        jdbc.sql(
                        """
                        insert into letters
                               (organization_id, id, course_id, learner_id, author_id, author_name, as_staff,
                                markdown, written_at)
                        values (current_organization(), :id, :course, :learner, current_person(), :name,
                                :staff, :markdown, :now)
                        """)
                .param("id", letter)
                .param("course", at.courseId())
                .param("learner", at.learner())
                .param("name", Caller.current().name())
                .param("staff", !at.mine())
                .param("markdown", markdown)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The caller has read until here, or further already. */
    void read(Conversation at, UUID until, Instant now) {
        jdbc.sql(
                        """
                        insert into letter_reads
                               (organization_id, course_id, learner_id, reader_id, read_until, read_at)
                        values (current_organization(), :course, :learner, current_person(), :until, :now)
                        on conflict (organization_id, course_id, learner_id, reader_id) do update
                           set read_until = greatest(letter_reads.read_until, excluded.read_until),
                               read_at = excluded.read_at
                        """)
                .param("course", at.courseId())
                .param("learner", at.learner())
                .param("until", until)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
