package org.stoa.inbox.sources;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.ServiceDatabase;

/**
 * Keeps a school's sources; their secrets are read as the service role, before a caller is known.
 */
@Repository
class SourceStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    SourceStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    List<byte[]> sealed(UUID school, String name) {
        return service.sql(
                        """
                        select secret, previous from webhook_sources
                         where organization_id = :school and name = :name
                        """)
                .param("school", school)
                .param("name", name)
                .query((row, number) -> {
                    var both = new ArrayList<byte[]>();
                    both.add(row.getBytes("secret"));
                    if (row.getBytes("previous") != null) {
                        both.add(row.getBytes("previous"));
                    }
                    return both;
                })
                .optional()
                .map(both -> (List<byte[]>) both)
                .orElse(List.of());
    }

    List<Sources.Own> list() {
        return jdbc.sql(
                        """
                        select name, created_at, rotated_at, previous is not null as two
                          from webhook_sources
                         where organization_id = (select current_organization())
                         order by name
                        """)
                .query((row, number) -> {
                    var rotated = row.getObject("rotated_at", OffsetDateTime.class);
                    return new Sources.Own(
                            row.getString("name"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            rotated == null ? null : rotated.toInstant(),
                            row.getBoolean("two"));
                })
                .list();
    }

    /** False when the name is taken. */
    boolean add(String name, byte[] secret, @Nullable UUID by, Instant now) {
        return jdbc.sql(
                                """
                                insert into webhook_sources
                                       (organization_id, name, secret, created_by, created_at)
                                values ((select current_organization()), :name, :secret,
                                        cast(:by as uuid), :now)
                                on conflict do nothing
                                """)
                        .param("name", name)
                        .param("secret", secret)
                        .param("by", by, java.sql.Types.OTHER)
                        .param("now", now)
                        .update()
                == 1;
    }

    boolean rotate(String name, byte[] secret, Instant now) {
        return jdbc.sql(
                                """
                                update webhook_sources
                                   set previous = secret, secret = :secret, rotated_at = :now
                                 where organization_id = (select current_organization()) and name = :name
                                """)
                        .param("name", name)
                        .param("secret", secret)
                        .param("now", now)
                        .update()
                == 1;
    }

    boolean retire(String name) {
        return jdbc.sql(
                                """
                                update webhook_sources set previous = null
                                 where organization_id = (select current_organization()) and name = :name
                                """)
                        .param("name", name)
                        .update()
                == 1;
    }

    boolean remove(String name) {
        return jdbc.sql(
                                """
                                delete from webhook_sources
                                 where organization_id = (select current_organization()) and name = :name
                                """)
                        .param("name", name)
                        .update()
                == 1;
    }
}
