package org.stoa.commerce;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.commerce.billing.Tax;
import org.stoa.shared.Money;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;

/** A school that sells two courses, for ledgers that are kept a second time beside its own. */
final class LedgerSchool {
    static final Money PRICE = new Money(4900, "EUR");
    private static final String SEED = "stoa.ledger.seed";
    private static final int SEQUENCES = Integer.getInteger("stoa.ledger.sequences", 60);

    final Shop shop;
    final Organization school;
    final List<UUID> courses;
    private final ServiceDatabase service;
    private final OfferStore offers;
    private final OrderStore orders;
    private final Clock clock;
    private final TransactionTemplate transactions;

    LedgerSchool(int port, ApplicationContext context) {
        service = context.getBean(ServiceDatabase.class);
        offers = context.getBean(OfferStore.class);
        orders = context.getBean(OrderStore.class);
        clock = context.getBean(Clock.class);
        transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        shop = new Shop(port);
        school = context.getBean(Organizations.class).bySubdomain(shop.host).orElseThrow();
        courses = List.of(course("Knots"), course("Sails"));
    }

    private UUID course(String title) {
        return service.sql(
                        "select id from courses where organization_id = :school and slug = :slug")
                .param("school", school.id())
                .param("slug", shop.course(title, PRICE.amount()))
                .query(UUID.class)
                .single();
    }

    /** Generated sequences, each from a seed that is said when it fails. */
    void sequences(Consumer<RandomGenerator> sequence) {
        long first = Long.getLong(SEED, new java.util.Random().nextLong());
        for (int i = 0; i < SEQUENCES; i++) {
            long seed = first + i;
            try {
                Caller.office(school).run(() -> sequence.accept(new java.util.Random(seed)));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-D" + SEED + "=" + seed, e);
            }
        }
    }

    UUID anyCourse(RandomGenerator random) {
        return courses.get(random.nextInt(courses.size()));
    }

    UUID person() {
        var id = UUID.randomUUID();
        service.sql(
                        "insert into users (id, name, email, created_at) values (:id, 'Bea', :email, now())")
                .param("id", id)
                .param("email", id + "@example.org")
                .update();
        service.sql(
                        """
                        insert into organization_memberships (organization_id, user_id, role, created_at)
                        values (:school, :id, 'student', now())
                        """)
                .param("school", school.id())
                .param("id", id)
                .update();
        return id;
    }

    /** The open order of somebody for a course, which may have been there before. */
    UUID order(UUID person, UUID course, Terms.Buys buys, String provider) {
        return transactions.execute(status -> {
            var offer = offers.ofCourse(course).orElseThrow();
            int quantity = buys == Terms.Buys.SEATS ? 2 : 1;
            orders.open(
                    new OrderStore.Fresh(
                            UUID.randomUUID(),
                            UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT),
                            person,
                            new Wish(offer, null, buys, quantity, null),
                            PRICE,
                            0,
                            Tax.NONE,
                            provider,
                            clock.instant()));
            return orders.openOf(person, offer, buys).orElseThrow().id();
        });
    }

    boolean isIn(UUID person, UUID course) {
        return service.sql(
                        """
                        select exists (
                            select from enrollments e
                              join access_grants g
                                on g.organization_id = e.organization_id and g.user_id = e.user_id
                               and g.course_id = e.course_id
                             where e.user_id = :person and e.course_id = :course and e.status = 'active'
                               and g.starts_at <= :now and (g.ends_at is null or g.ends_at > :now))
                        """)
                .param("person", person)
                .param("course", course)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** The histories of orders, for whoever reads why a sequence failed. */
    String describe(List<UUID> some) {
        var text = new StringBuilder();
        for (var order : some) {
            service.sql(
                            """
                            select string_agg(what || ' ' || status || ' ' || detail, '; ' order by id)
                              from order_events where order_id = :order
                            """)
                    .param("order", order)
                    .query(String.class)
                    .list()
                    .forEach(it -> text.append('\n').append(order).append(": ").append(it));
        }
        return text.toString();
    }
}
