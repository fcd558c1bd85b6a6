package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.commerce.Shop.Buyer;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.shared.Money;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.AtOnce;
import org.stoa.testing.StoaTest;

/** Of a payment and of what became of it two events tell, and both may come in the same moment. */
@StoaTest
class SettlementsTest {
    private static final int ROUNDS = 25;
    private static final Money PRICE = new Money(4900, "EUR");

    private final ServiceDatabase service;
    private final Settlements settlements;
    private final Organizations organizations;
    private final Clock clock;
    private final Shop shop;
    private String course = "";

    @Autowired
    SettlementsTest(
            ServiceDatabase service,
            Settlements settlements,
            Organizations organizations,
            Clock clock,
            @LocalServerPort int port) {
        this.service = service;
        this.settlements = settlements;
        this.organizations = organizations;
        this.clock = clock;
        this.shop = new Shop(port);
    }

    @BeforeEach
    void open() {
        course = shop.course("Knots", PRICE.amount());
    }

    @Test
    void aDisputeThatComesWithThePaymentIsNotOverlooked() throws Exception {
        assertThat(atOnce(it -> settlements.disputed(PaymentSettings.TEST, it, "open")))
                .containsOnly("disputed");
    }

    @Test
    void moneyThatWentBackWithThePaymentIsNotOverlooked() throws Exception {
        assertThat(atOnce(it -> settlements.refunded(PaymentSettings.TEST, it, PRICE.amount())))
                .containsOnly("refunded");
    }

    /** Told of a payment, by its reference. */
    private interface News {
        void of(String payment);
    }

    /** How the orders stand, each of which was settled in the moment that other news came. */
    private List<String> atOnce(News news) throws Exception {
        var stand = new ArrayList<String>();
        for (int i = 0; i < ROUNDS; i++) {
            var buyer = shop.buyer();
            assertThat(shop.enroll(buyer, course).status()).isEqualTo(402);
            var order = order(buyer);
            var payment = "payment-" + order;
            var paid = new State.Paid(PRICE, payment, clock.instant());
            AtOnce.all(
                    List.of(
                            inTheOffice(() -> settlements.stands(order, paid)),
                            later(i, inTheOffice(() -> news.of(payment)))));
            stand.add(status(order));
            assertThat(shop.isIn(buyer, course)).isFalse();
        }
        return stand;
    }

    /** A little later each round, so that it comes once in every part of the settlement. */
    private static Callable<Boolean> later(int round, Callable<Boolean> act) {
        return () -> {
            TimeUnit.MICROSECONDS.sleep(round * 300L);
            return act.call();
        };
    }

    private Callable<Boolean> inTheOffice(Runnable act) {
        return () -> {
            Caller.office(organizations.bySubdomain(shop.host).orElseThrow()).run(act);
            return true;
        };
    }

    private UUID order(Buyer buyer) {
        return service.sql("select id from orders where user_id = :buyer")
                .param("buyer", buyer.id())
                .query(UUID.class)
                .single();
    }

    private String status(UUID order) {
        return service.sql("select status from orders where id = :order")
                .param("order", order)
                .query(String.class)
                .single();
    }
}
