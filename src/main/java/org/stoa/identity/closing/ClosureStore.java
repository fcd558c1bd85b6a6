package org.stoa.identity.closing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.ServiceDatabase;

/** Ends schools, as the service role: nobody of the school does. */
@Repository
class ClosureStore {
    private final ServiceDatabase service;

    ClosureStore(ServiceDatabase service) {
        this.service = service;
    }

    /** Its subdomain; empty where it is closed already, or gone. */
    Optional<String> close(UUID school, Instant now, Instant erasedAfter) {
        return service.sql(
                        """
                        update organizations set closed_at = :now, erased_after = :after
                         where id = :school and closed_at is null
                        returning subdomain
                        """)
                .param("school", school)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("after", erasedAfter.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getString(1))
                .optional();
    }

    /** A school whose time is over. */
    record Due(UUID id, String subdomain) {}

    List<Due> due(Instant now) {
        return service.sql(
                        """
                        select id, subdomain from organizations
                         where closed_at is not null and erased_after <= :now
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Due(row.getObject("id", UUID.class), row.getString("subdomain")))
                .list();
    }

    /** Every row of it, in one transaction. */
    void erase(UUID school) {
        service.sql("select erase_school(:school)")
                .param("school", school)
                .query((row, number) -> true)
                .single();
    }
}
