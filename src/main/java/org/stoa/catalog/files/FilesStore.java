package org.stoa.catalog.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.media.MediaFile;

/** The files of drafts. */
@Repository
class FilesStore {
    private final JdbcClient jdbc;

    FilesStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> title(String slug) {
        return jdbc.sql("select title from courses where slug = :slug")
                .param("slug", slug)
                .query((row, number) -> row.getString(1))
                .optional();
    }

    /** In the order of their paths; whether a text uses one is asked for apart. */
    List<CourseFile> all(String slug) {
        return jdbc.sql(
                        """
                        select f.path, f.sha256, f.size, coalesce(i.media_type, f.media_type) as media_type,
                               coalesce(i.width, 0) as width, coalesce(i.height, 0) as height,
                               coalesce(i.moving, false) as moving, coalesce(i.released, false) as released,
                               c.cover = f.path as is_cover
                          from courses c
                          join course_files f
                            on f.organization_id = c.organization_id and f.course_id = c.id
                          left join media_files i
                            on i.organization_id = f.organization_id and i.sha256 = f.sha256
                         where c.slug = :slug and f.deleted_at is null
                         order by f.path
                        """)
                .param("slug", slug)
                .query(FilesStore::file)
                .list();
    }

    /** Those of the references that a text of the course, also one in the bin, has in it. */
    List<String> used(String slug, List<String> references) {
        return jdbc.sql(
                        """
                        select r.reference
                          from unnest(cast(:references as text[])) as r (reference)
                         where exists (
                               select from courses c
                                 join lessons l
                                   on l.organization_id = c.organization_id and l.course_id = c.id
                                where c.slug = :slug and strpos(l.markdown, r.reference) > 0)
                        """)
                .param("slug", slug)
                .param("references", references.toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .list();
    }

    void add(UUID course, String path, MediaFile file) {
        jdbc.sql(
                        """
                        insert into course_files
                               (organization_id, course_id, path, sha256, media_type, size)
                        values (current_organization(), :course, :path, :sha256, :type, :size)
                        on conflict (organization_id, course_id, path, sha256) do update
                           set media_type = excluded.media_type, deleted_at = null
                        """)
                .param("course", course)
                .param("path", path)
                .param("sha256", file.sha256())
                .param("type", file.mediaType())
                .param("size", file.size())
                .update();
    }

    /** The row stays, for the releases that show the file. */
    void remove(UUID course, String path, Instant now) {
        jdbc.sql(
                        """
                        update course_files
                           set deleted_at = :now
                         where organization_id = (select current_organization())
                           and course_id = :course and path = :path and deleted_at is null
                        """)
                .param("course", course)
                .param("path", path)
                .param("now", now)
                .update();
    }

    /**
     * @param path empty for none
     */
    void cover(UUID course, String path, Instant now) {
        jdbc.sql("update courses set cover = :path, updated_at = :now where id = :course")
                .param("path", path)
                .param("now", now)
                .param("course", course)
                .update();
    }

    private static CourseFile file(ResultSet row, int number) throws SQLException {
        return new CourseFile(
                row.getString("path"),
                new MediaFile(
                        row.getString("sha256"),
                        row.getString("media_type"),
                        row.getLong("size"),
                        row.getInt("width"),
                        row.getInt("height"),
                        row.getBoolean("moving"),
                        row.getBoolean("released")),
                row.getBoolean("is_cover"));
    }
}
