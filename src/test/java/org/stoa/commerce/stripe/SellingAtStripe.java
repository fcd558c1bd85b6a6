package org.stoa.commerce.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StripeAtHand;

/** A school that is paid through the double of Stripe, with one course. */
abstract class SellingAtStripe {
    @LocalServerPort int port;
    @Autowired ServiceDatabase service;
    @Autowired Clock clock;

    @SuppressWarnings("NullAway.Init")
    StripeSchool school;

    String course = "";

    @BeforeEach
    void open() {
        school = new StripeSchool(port, service);
        course = school.shop.course("Knots", 4900);
    }

    @AfterEach
    void putRight() {
        StripeAtHand.putRight(clock);
        assertThat(StripeAtHand.stripe().broken()).isEmpty();
    }
}
