package org.stoa.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.source.SourceQuestions;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the questions that came with courses, until there is somebody to ask them. */
@Repository
class QuestionStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    QuestionStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** These take the place of all that the course has. */
    void write(UUID course, List<SourceQuestions> questions, Instant now) {
        jdbc.sql("delete from course_questions where course_id = :course")
                .param("course", course)
                .update();
        for (int i = 0; i < questions.size(); i++) {
            var it = questions.get(i);
            jdbc.sql(
                            """
                            insert into course_questions
                                   (organization_id, course_id, path, position, kind, title,
                                    question_count, questions, xml, settings, kept_at)
                            values (current_organization(), :course, :path, :position, :kind, :title,
                                    :count, cast(:questions as jsonb), decode(:xml, 'base64'),
                                    decode(:settings, 'base64'), :now)
                            """)
                    .param("course", course)
                    .param("path", it.path())
                    .param("position", i)
                    .param("kind", it.kind())
                    .param("title", it.title())
                    .param("count", it.questions().size())
                    .param("questions", json.writeValueAsString(it.questions()))
                    .param("xml", it.xml())
                    .param("settings", it.settings())
                    .param("now", now)
                    .update();
        }
    }
}
