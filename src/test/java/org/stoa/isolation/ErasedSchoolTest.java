package org.stoa.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** An erased school leaves no row anywhere; the catalog says where there could be one. */
@StoaTest
class ErasedSchoolTest {
    private @Autowired ServiceDatabase service;

    @Test
    void nothingOfItIsLeftAndNothingOfAnotherIsTouched() {
        var ours = new SampleRows(service);
        var theirs = new SampleRows(service);
        var before = counts(theirs);
        assertThat(counts(ours))
                .allSatisfy((place, rows) -> {
                    // These hold a short-lived thing, or none at all in most schools.
                    if (!List.of(
                                    "one_time_codes.for_organization",
                                    "clerk_organizations.school_id",
                                    "scheduled_tasks.at_organization",
                                    "job_turns.at_organization")
                            .contains(place)) {
                        assertThat(rows).as(place).isPositive();
                    }
                });
        service.sql("select erase_school(:school)")
                .param("school", ours.id("organization"))
                .query((row, number) -> true)
                .single();
        assertThat(counts(ours)).allSatisfy((place, rows) -> assertThat(rows).as(place).isZero());
        assertThat(counts(theirs)).isEqualTo(before);
    }

    private TreeMap<String, Long> counts(SampleRows school) {
        var counts = new TreeMap<String, Long>();
        var places =
                service.sql(
                                """
                                select c.relname || '.' || a.attname
                                  from pg_class c
                                  join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
                                 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                                   and (a.attname = 'organization_id' or a.attname like '%\\_organization'
                                        or c.relname = 'organizations' and a.attname = 'id'
                                        or exists (select from pg_constraint k
                                                    where k.conrelid = c.oid and k.contype = 'f'
                                                      and k.confrelid = 'organizations'::regclass
                                                      and k.conkey = array[a.attnum]))
                                   and a.atttypid = 'uuid'::regtype
                                """)
                        .query((row, number) -> row.getString(1))
                        .list();
        for (var place : places) {
            var parts = place.split("\\.", -1);
            counts.put(
                    place,
                    service.sql(
                                    "select count(*) from %s where %s = :school"
                                            .formatted(parts[0], parts[1]))
                            .param("school", school.id("organization"))
                            .query(Long.class)
                            .single());
        }
        return counts;
    }
}
