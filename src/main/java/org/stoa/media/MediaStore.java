package org.stoa.media;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What is known of the files that a school keeps. */
@Repository
class MediaStore {
    private static final String FIND =
            """
            select sha256, media_type, size, width, height, moving, released
              from media_files
             where organization_id = (select current_organization())
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    MediaStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<MediaFile> find(String sha256) {
        return jdbc.sql(FIND + " and sha256 = :sha256")
                .param("sha256", sha256)
                .query(MediaStore::file)
                .optional();
    }

    List<MediaFile> find(Collection<String> sha256s) {
        return jdbc.sql(FIND + " and sha256 = any (cast(:sha256s as text[]))")
                .param("sha256s", sha256s.toArray(String[]::new))
                .query(MediaStore::file)
                .list();
    }

    /** Those that were not there before. */
    List<String> add(List<MediaFile> files, Instant now) {
        return jdbc.sql(
                        """
                        insert into media_files
                               (organization_id, sha256, media_type, size, width, height, moving, kept_at)
                        select distinct on (sha256)
                               current_organization(), sha256, "mediaType", size, width, height, moving, :now
                          from jsonb_to_recordset(cast(:files as jsonb))
                               as f (sha256 text, "mediaType" text, size bigint, width int, height int,
                                     moving boolean)
                         order by sha256
                        on conflict do nothing
                        returning sha256
                        """)
                .param("files", json.writeValueAsString(files))
                .param("now", now)
                .query((row, number) -> row.getString(1))
                .list();
    }

    void release(Collection<String> sha256s) {
        jdbc.sql(
                        """
                        update media_files
                           set released = true
                         where organization_id = (select current_organization())
                           and sha256 = any (cast(:sha256s as text[])) and not released
                        """)
                .param("sha256s", sha256s.toArray(String[]::new))
                .update();
    }

    /** Of all that the school keeps. */
    long bytes() {
        return jdbc.sql(
                        """
                        select coalesce(sum(size), 0)
                          from media_files
                         where organization_id = (select current_organization())
                        """)
                .query((row, number) -> row.getLong(1))
                .single();
    }

    private static MediaFile file(ResultSet row, int number) throws SQLException {
        return new MediaFile(
                row.getString("sha256"),
                row.getString("media_type"),
                row.getLong("size"),
                row.getInt("width"),
                row.getInt("height"),
                row.getBoolean("moving"),
                row.getBoolean("released"));
    }
}
