package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.tenancy.ServiceDatabase;

/** Makes a course's offer one that is paid again and again, and reads what came of it. */
public final class Renewing {
    private final ServiceDatabase service;
    private final UUID school;
    private final Clock clock;

    public Renewing(ServiceDatabase service, UUID school, Clock clock) {
        this.service = service;
        this.school = school;
        this.clock = clock;
    }

    public void monthly(int trialDays) {
        become("subscription", trialDays, null);
    }

    public void parts(int parts) {
        become("parts", 0, parts);
    }

    private void become(String kind, int trialDays, @Nullable Integer parts) {
        service.sql(
                        """
                        update offers set kind = :kind, every = 'month', trial_days = :days, parts = :parts
                         where organization_id = :school
                        """)
                .param("kind", kind)
                .param("days", trialDays)
                .param("parts", parts, java.sql.Types.INTEGER)
                .param("school", school)
                .update();
    }

    /** Whether a grant of theirs holds by the test's clock. */
    public boolean open(UUID person) {
        return service.sql(
                        """
                        select exists (select from access_grants
                                        where organization_id = :school and user_id = :person
                                          and starts_at <= :now and (ends_at is null or ends_at > :now))
                        """)
                .param("school", school)
                .param("person", person)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** They have a place. */
    public boolean seated(UUID person) {
        return service.sql(
                        """
                        select exists (select from enrollments
                                        where organization_id = :school and user_id = :person
                                          and status = 'active')
                        """)
                .param("school", school)
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    public UUID order(UUID person) {
        return service.sql(
                        """
                        select id from orders where organization_id = :school and user_id = :person
                         order by id desc limit 1
                        """)
                .param("school", school)
                .param("person", person)
                .query(UUID.class)
                .single();
    }

    /** The status of the person's latest order, its payments, and its subscription's status. */
    public Map<String, @Nullable Object> stands(UUID person) {
        return service.sql(
                        """
                        select r.status as "order", s.status, r.paid,
                               (select count(*) from payments p
                                 where p.organization_id = r.organization_id and p.order_id = r.id) as payments
                          from orders r
                          left join subscriptions s on s.organization_id = r.organization_id and s.order_id = r.id
                         where r.organization_id = :school and r.user_id = :person
                         order by r.id desc limit 1
                        """)
                .param("school", school)
                .param("person", person)
                .query()
                .singleRow();
    }

    public static Map<String, Object> of(String order, String status, long paid, long payments) {
        return Map.of("order", order, "status", status, "paid", paid, "payments", payments);
    }

    public String reference(UUID person) {
        return service.sql(
                        """
                        select s.reference from subscriptions s
                          join orders r on r.organization_id = s.organization_id and r.id = s.order_id
                         where r.organization_id = :school and r.user_id = :person
                         order by r.id desc limit 1
                        """)
                .param("school", school)
                .param("person", person)
                .query(String.class)
                .single();
    }

    /** How often it happened to the orders of the school. */
    public long happened(String what) {
        return service.sql(
                        "select count(*) from order_events where organization_id = :school and what = :what")
                .param("school", school)
                .param("what", what)
                .query(Long.class)
                .single();
    }

    /** That so many notices of a kind are there, once the work is done that brings them. */
    public void told(String kind, long many) {
        await().untilAsserted(() -> assertThat(notices(kind)).isEqualTo(many));
    }

    private long notices(String kind) {
        return service.sql(
                        "select count(*) from notifications where organization_id = :school and kind = :kind")
                .param("school", school)
                .param("kind", kind)
                .query(Long.class)
                .single();
    }
}
