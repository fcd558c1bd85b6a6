package org.stoa.catalog.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;

/**
 * Who teaches which course. Who comes in by an invitation is written as the service role: they are
 * nobody in the school before that transaction ends.
 */
@Repository
class CourseStaffStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    CourseStaffStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    Optional<CourseStanding> standing(String slug) {
        return jdbc.sql(
                        """
                        select standing
                          from courses c, course_standing(c.id) standing
                         where c.slug = :slug and standing is not null
                        """)
                .param("slug", slug)
                .query((row, number) -> CourseStanding.of(row.getString(1)))
                .optional();
    }

    /** A course, and what the caller is in it. */
    record Course(UUID id, String title, CourseStanding standing) {}

    /** Until the transaction ends, nobody else changes who teaches it. */
    Optional<Course> lock(String slug) {
        return jdbc.sql(
                        """
                        select c.id, c.title, course_standing(c.id) as standing
                          from courses c
                         where c.slug = :slug and course_standing(c.id) is not null
                           for update
                        """)
                .param("slug", slug)
                .query((row, number) ->
                        new Course(
                                row.getObject("id", UUID.class),
                                row.getString("title"),
                                CourseStanding.of(row.getString("standing"))))
                .optional();
    }

    /** A line for the course, with nobody on it where nobody teaches it by name. */
    record Line(Course course, Optional<CoursePeople.Teacher> teacher) {}

    List<Line> people(String slug) {
        return jdbc.sql(
                        """
                        select c.id, c.title, standing, s.teacher_id, s.role, s.added_at, u.name, u.email,
                               m.status = 'active' and m.role <> 'student' as active
                          from courses c
                         cross join course_standing(c.id) standing
                          left join course_staff s
                            on s.organization_id = c.organization_id and s.course_id = c.id
                          left join users u on u.id = s.teacher_id
                          left join organization_memberships m
                            on m.organization_id = c.organization_id and m.user_id = s.teacher_id
                         where c.slug = :slug and standing is not null
                         order by array_position(array['lead', 'assistant', 'reviewer'], s.role),
                                  lower(u.name), s.teacher_id
                        """)
                .param("slug", slug)
                .query(CourseStaffStore::line)
                .list();
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        var course =
                new Course(
                        row.getObject("id", UUID.class),
                        row.getString("title"),
                        CourseStanding.of(row.getString("standing")));
        var teacher = row.getObject("teacher_id", UUID.class);
        return new Line(
                course,
                teacher == null
                        ? Optional.empty()
                        : Optional.of(
                                new CoursePeople.Teacher(
                                        teacher,
                                        row.getString("name"),
                                        row.getString("email"),
                                        CourseRole.of(row.getString("role")),
                                        row.getBoolean("active"),
                                        row.getObject("added_at", OffsetDateTime.class)
                                                .toInstant())));
    }

    /** Somebody of the school. */
    record Member(UUID id, Role role, boolean suspended) {}

    Optional<Member> member(String emailKey) {
        return jdbc.sql(
                        """
                        select u.id, m.role, m.status
                          from organization_memberships m
                          join users u on u.id = m.user_id
                         where m.organization_id = (select current_organization())
                           and lower(u.email) = :email
                        """)
                .param("email", emailKey)
                .query(CourseStaffStore::member)
                .optional();
    }

    Optional<Member> member(UUID person) {
        return jdbc.sql(
                        """
                        select user_id as id, role, status
                          from organization_memberships
                         where organization_id = (select current_organization())
                           and user_id = :person
                        """)
                .param("person", person)
                .query(CourseStaffStore::member)
                .optional();
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        return new Member(
                row.getObject("id", UUID.class),
                Role.of(row.getString("role")),
                row.getString("status").equals("suspended"));
    }

    void put(UUID course, UUID teacher, CourseRole role, Instant now) {
        jdbc.sql(
                        """
                        insert into course_staff
                               (organization_id, course_id, teacher_id, role, added_by, added_at)
                        values (current_organization(), :course, :teacher, :role, current_person(), :now)
                        on conflict (organization_id, course_id, teacher_id)
                           do update set role = excluded.role
                        """)
                .param("course", course)
                .param("teacher", teacher)
                .param("role", role.word())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void remove(UUID course, UUID teacher) {
        jdbc.sql(
                        """
                        delete from course_staff
                         where organization_id = (select current_organization())
                           and course_id = :course and teacher_id = :teacher
                        """)
                .param("course", course)
                .param("teacher", teacher)
                .update();
    }

    void addInvitation(UUID invitation, UUID course, CourseRole role) {
        jdbc.sql(
                        """
                        insert into course_invitations (organization_id, invitation_id, course_id, role)
                        values (current_organization(), :invitation, :course, :role)
                        """)
                .param("invitation", invitation)
                .param("course", course)
                .param("role", role.word())
                .update();
    }

    /** The course's invitations that still hold, the latest first. */
    List<CoursePeople.Invited> invitations(UUID course, Instant now) {
        return jdbc.sql(
                        """
                        select i.id, c.role, i.email, i.expires_at
                          from course_invitations c
                          join invitations i
                            on i.organization_id = c.organization_id and i.id = c.invitation_id
                         where c.organization_id = (select current_organization())
                           and c.course_id = :course
                           and i.revoked_at is null and i.expires_at > :now and i.uses < i.most_uses
                         order by i.id desc
                         limit 100
                        """)
                .param("course", course)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new CoursePeople.Invited(
                                row.getObject("id", UUID.class),
                                CourseRole.of(row.getString("role")),
                                row.getString("email"),
                                row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** What an invitation gives in a course; nobody's role becomes less by it. */
    void entered(UUID organization, UUID invitation, UUID person, Instant now) {
        service.sql(
                        """
                        insert into course_staff
                               (organization_id, course_id, teacher_id, role, added_by, added_at)
                        select c.organization_id, c.course_id, :person, c.role, i.created_by, :now
                          from course_invitations c
                          join invitations i
                            on i.organization_id = c.organization_id and i.id = c.invitation_id
                         where c.organization_id = :organization and c.invitation_id = :invitation
                        on conflict (organization_id, course_id, teacher_id) do update
                           set role = excluded.role
                         where array_position(array['lead', 'assistant', 'reviewer'], excluded.role)
                               < array_position(array['lead', 'assistant', 'reviewer'], course_staff.role)
                        """)
                .param("organization", organization)
                .param("invitation", invitation)
                .param("person", person)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
