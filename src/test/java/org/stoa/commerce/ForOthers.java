package org.stoa.commerce;

import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.jobs.DueJobs;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.SetClock;

/** A shop with one course, where somebody buys it for others. */
abstract class ForOthers {
    @LocalServerPort int port;
    @Autowired Checkouts checkouts;
    @Autowired Refunds refunds;
    @Autowired Organizations organizations;
    @Autowired ServiceDatabase service;
    @Autowired DueJobs due;
    @Autowired Fulfilments fulfilments;
    @Autowired OrderStore orders;
    @Autowired Clock clock;

    @SuppressWarnings("NullAway.Init")
    BoughtForOthers others;

    @SuppressWarnings("NullAway.Init")
    Shop shop;

    @SuppressWarnings("NullAway.Init")
    Shop.Buyer bea;

    String course = "";

    @BeforeEach
    void open() {
        others = new BoughtForOthers(checkouts, refunds, organizations, service);
        shop = new Shop(port);
        course = shop.course("Knots", 4900);
        bea = shop.buyer();
    }

    @AfterEach
    void putRight() {
        SetClock.of(clock).putRight();
    }

    /** Rows of the school. */
    int count(String table) {
        return service.sql("select count(*) from " + table + " where organization_id = :school")
                .param("school", others.school(shop).id())
                .query(Integer.class)
                .single();
    }
}
