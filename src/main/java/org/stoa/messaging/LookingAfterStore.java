package org.stoa.messaging;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who looks after the learners of a course, as the school's office sees its people. */
@Repository
public class LookingAfterStore {
    private static final int MOST = 200;

    private final JdbcClient jdbc;

    LookingAfterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Leads and assistants who may teach now; where nobody leads, the course is the school's own,
     * and they are its teachers.
     */
    public List<UUID> of(UUID course) {
        return jdbc.sql(
                        """
                        select m.user_id
                          from organization_memberships m
                          left join course_staff s
                            on s.organization_id = m.organization_id and s.teacher_id = m.user_id
                           and s.course_id = :course
                         where m.organization_id = (select current_organization())
                           and m.status = 'active' and m.role <> 'student'
                           and (s.role in ('lead', 'assistant')
                                or not exists (select from course_staff l
                                                where l.organization_id = m.organization_id
                                                  and l.course_id = :course and l.role = 'lead'))
                         order by s.role, m.user_id
                         limit :most
                        """)
                .param("course", course)
                .param("most", MOST)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }
}
