package org.stoa.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What courses call their files; the bytes stand in the media store. */
@Repository
class CourseFileStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    CourseFileStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Rows of files that were replaced or taken away stay, for the releases that show them. */
    void write(UUID course, List<Draft.File> files, Instant now) {
        jdbc.sql(
                        """
                        with given as (
                            select *
                              from jsonb_to_recordset(cast(:files as jsonb))
                                   as f (path text, media jsonb)
                                 , jsonb_to_record(media) as m (sha256 text, "mediaType" text, size bigint)
                        ), gone as (
                            update course_files
                               set deleted_at = :now
                             where course_id = :course and deleted_at is null
                               and (path, sha256) not in (select path, sha256 from given)
                        )
                        insert into course_files
                               (organization_id, course_id, path, sha256, media_type, size)
                        select current_organization(), :course, path, sha256, "mediaType", size
                          from given
                        on conflict (organization_id, course_id, path, sha256) do update
                           set media_type = excluded.media_type, deleted_at = null
                        """)
                .param("course", course)
                .param("files", json.writeValueAsString(files))
                .param("now", now)
                .update();
    }
}
