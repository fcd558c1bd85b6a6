package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.Visitor;

/** Somebody buys for others, through the test checkout. */
public class BoughtForOthers {
    private final Checkouts checkouts;
    private final Refunds refunds;
    private final Organizations organizations;
    private final ServiceDatabase service;

    BoughtForOthers(
            Checkouts checkouts,
            Refunds refunds,
            Organizations organizations,
            ServiceDatabase service) {
        this.checkouts = checkouts;
        this.refunds = refunds;
        this.organizations = organizations;
        this.service = service;
    }

    public static BoughtForOthers in(ApplicationContext context) {
        return new BoughtForOthers(
                context.getBean(Checkouts.class),
                context.getBean(Refunds.class),
                context.getBean(Organizations.class),
                context.getBean(ServiceDatabase.class));
    }

    /** An order of so many, begun and not paid. */
    public UUID order(Shop shop, Shop.Buyer buyer, String course, Terms.Buys buys, int many) {
        var school = school(shop);
        var offer =
                service.sql(
                                """
                                update offers o set teams = true, gifts = true
                                  from courses c
                                 where o.organization_id = :school and c.organization_id = :school
                                   and c.id = o.course_id and c.slug = :course and o.active
                                returning o.id
                                """)
                        .param("school", school.id())
                        .param("course", course)
                        .query(UUID.class)
                        .single();
        var wish = new Wish(offer, null, buys, many, null);
        var root = "http://" + shop.visitor.host(shop.host);
        var begun =
                Caller.member(school, buyer.id(), "Bea Buyer", Role.STUDENT)
                        .get(() -> checkouts.begin(wish, root, "/courses/" + course));
        assertThat(begun).isInstanceOf(Checkouts.Begun.Pay.class);
        return ((Checkouts.Begun.Pay) begun).order();
    }

    /** Pays it; where the buyer comes out is what is returned. */
    public Visitor.Answer pay(Shop shop, Shop.Buyer buyer, UUID order) {
        return shop.browser(buyer).submit(shop.host, "/checkout/" + order, Map.of("how", "card"));
    }

    public UUID bought(Shop shop, Shop.Buyer buyer, String course, Terms.Buys buys, int many) {
        var order = order(shop, buyer, course, buys, many);
        assertThat(pay(shop, buyer, order).status()).isEqualTo(200);
        return order;
    }

    /** All of the money goes back; the job that does it is still to be run. */
    public void refund(Shop shop, UUID order, Shop.Buyer by) {
        Caller.office(school(shop)).run(() -> refunds.ask(order, null, "", by.id()));
    }

    /** It is paid until then, as somebody says who looks after subscriptions. */
    void prolong(Shop shop, UUID order, Fulfilments all, OrderStore orders, Instant until) {
        Caller.office(school(shop))
                .run(() -> {
                    var known = orders.find(order).orElseThrow();
                    all.of(known).prolong(known, until);
                });
    }

    /** Somebody's access ends by no doing of anybody's. */
    void lose(Shop shop, Shop.Buyer who) {
        service.sql(
                        """
                        update access_grants set ends_at = now()
                         where organization_id = :school and user_id = :who
                        """)
                .param("school", school(shop).id())
                .param("who", who.id())
                .update();
    }

    /** How many there are of each kind. */
    Map<String, Integer> mismatches(Shop shop) {
        var found = new TreeMap<String, Integer>();
        shop.call("GET", "/api/v1/mismatches", shop.owner, null)
                .json()
                .path("items")
                .forEach(it -> found.merge(it.path("kind").asString(), 1, Integer::sum));
        return found;
    }

    /** Presses every button that there is; what one has mended, another need not. */
    void mend(Shop shop) {
        var all = shop.call("GET", "/api/v1/mismatches", shop.owner, null);
        for (var one : all.json().path("items")) {
            var path = "/api/v1/mismatches/" + one.path("id").asString() + "/mend";
            assertThat(shop.call("POST", path, shop.owner, null).status()).isIn(204, 404);
        }
    }

    public Organization school(Shop shop) {
        return organizations.bySubdomain(shop.host).orElseThrow();
    }
}
