package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.stoa.testing.AtOnce;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** Somebody buys a course for somebody else. */
@StoaTest
class GiftsTest extends ForOthers {
    @Test
    void aGiftIsSentAndTakenByWhoMakesAnAccount() {
        var order = others.order(shop, bea, course, Terms.Buys.GIFT, 1);
        var page = others.pay(shop, bea, order);
        assertThat(page.address()).endsWith("/orders/" + order + "/gift");
        assertThat(page.body()).contains("Say whom it is for");
        assertThat(shop.isIn(bea, course)).isFalse();
        var email = "ida-" + UUID.randomUUID() + "@example.org";
        var sent =
                shop.browser(bea)
                        .submit(
                                shop.host,
                                "/orders/" + order + "/gift",
                                Map.of("email", email, "words", "For <b>your</b> birthday"));
        assertThat(sent.body()).contains("The gift is on its way to");
        due.run(others.school(shop).id());
        var mail =
                service.sql(
                                "select recipient || subject || body_text from mails"
                                        + " where organization_id = :school and kind = 'gift'")
                        .param("school", others.school(shop).id())
                        .query(String.class)
                        .single();
        assertThat(mail).contains(email, "Bea Buyer gives you", "birthday", "/gifts/");

        var link = link(order, "", "");
        var ida = new Visitor(port);
        assertThat(ida.open(shop.host, link).body()).contains("Bea Buyer gives you “Knots”");
        var form =
                Map.of(
                        "name",
                        "Ida",
                        "email",
                        email,
                        "password",
                        Visitor.PASSWORD,
                        "next",
                        link,
                        "errand",
                        link);
        assertThat(ida.submit(shop.host, "/sign-up", form).address()).contains("/learn/" + course);
        assertThat(shop.browser(bea).open(shop.host, "/orders/" + order + "/gift").body())
                .contains("Ida has taken your gift");
        var again = offer(order, "", "");
        assertThat(again.status()).isEqualTo(409);
        assertThat(count("access_grants")).isEqualTo(1);
    }

    @Test
    void aLinkIsTakenOnceAndSentElsewhereHoldsNoMore() throws Exception {
        var order = others.bought(shop, bea, course, Terms.Buys.GIFT, 1);
        var first = link(order, "ida@example.org", "");
        var second = link(order, "olaf@example.org", "");
        var old = shop.browser(shop.buyer()).submit(shop.host, first, Map.of());
        assertThat(old.status()).isEqualTo(404);
        assertThat(old.body()).contains("This link was replaced");
        var takes = new ArrayList<Callable<Visitor.Answer>>();
        for (int i = 0; i < 5; i++) {
            var browser = shop.browser(shop.buyer());
            takes.add(() -> browser.submit(shop.host, second, Map.of()));
        }
        var answers = AtOnce.all(takes);
        assertThat(answers.stream().filter(it -> it.address().contains("/learn/"))).hasSize(1);
        assertThat(count("access_grants")).isEqualTo(1);
        assertThat(count("enrollments")).isEqualTo(1);
    }

    @Test
    void whereTheAccessOfAGiftAndItsMoneyDoNotAgreeItIsMended() {
        var order = others.bought(shop, bea, course, Terms.Buys.GIFT, 1);
        var ida = shop.buyer();
        shop.call("POST", "/api/v1" + link(order, "", ""), ida.token(), null);
        assertThat(others.mismatches(shop)).isEmpty();
        others.lose(shop, ida);
        assertThat(shop.isIn(ida, course)).isFalse();
        assertThat(others.mismatches(shop)).containsOnlyKeys("payment-without-access");
        others.mend(shop);
        assertThat(shop.isIn(ida, course)).isTrue();
        service.sql("update orders set status = 'refunded' where id = :order")
                .param("order", order)
                .update();
        assertThat(others.mismatches(shop)).containsOnlyKeys("access-without-payment");
        others.mend(shop);
        assertThat(shop.isIn(ida, course)).isFalse();
        assertThat(others.mismatches(shop)).isEmpty();
    }

    @Test
    void aGiftIsTakenOverTheApi() {
        var order = others.bought(shop, bea, course, Terms.Buys.GIFT, 1);
        var path = "/api/v1" + link(order, "", "");
        var ida = shop.buyer();
        for (int i = 0; i < 2; i++) {
            var taken = shop.call("POST", path, ida.token(), null);
            assertThat(taken.status()).as(taken.body()).isEqualTo(200);
            assertThat(taken.text("course")).isEqualTo(course);
        }
        assertThat(shop.isIn(ida, course)).isTrue();
        assertThat(shop.call("POST", path, shop.buyer().token(), null).status()).isEqualTo(404);
        assertThat(shop.call("POST", path, null, null).status()).isEqualTo(401);
        assertThat(count("access_grants")).isEqualTo(1);
    }

    @Test
    void whoHasTheCourseIsToldSoAndTheGiftStaysUntaken() {
        var ida = shop.buyer();
        others.bought(shop, ida, course, Terms.Buys.OWN, 1);
        var order = others.bought(shop, bea, course, Terms.Buys.GIFT, 1);
        var link = link(order, "", "");
        assertThat(shop.browser(ida).open(shop.host, link).body())
                .contains("You have “Knots” already");
        assertThat(shop.browser(ida).submit(shop.host, link, Map.of()).status()).isEqualTo(409);
        var olaf = shop.buyer();
        assertThat(shop.browser(olaf).submit(shop.host, link, Map.of()).address())
                .contains("/learn/" + course);
    }

    @Test
    void aRefundEndsAGiftBeforeAndAfterItIsTaken() {
        var before = others.bought(shop, bea, course, Terms.Buys.GIFT, 1);
        var untaken = link(before, "", "");
        others.refund(shop, before, bea);
        due.run(others.school(shop).id());
        var ida = shop.buyer();
        var late = shop.browser(ida).submit(shop.host, untaken, Map.of());
        assertThat(late.status()).isEqualTo(404);
        assertThat(late.body()).contains("has ended");
        assertThat(offer(before, "a@b.example", "").status()).isEqualTo(409);

        var after = others.bought(shop, bea, course, Terms.Buys.GIFT, 1);
        shop.browser(ida).submit(shop.host, link(after, "", ""), Map.of());
        assertThat(shop.isIn(ida, course)).isTrue();
        assertThat(shop.learn(ida, course).status()).isEqualTo(200);
        others.refund(shop, after, bea);
        due.run(others.school(shop).id());
        assertThat(shop.isIn(ida, course)).isFalse();
    }

    @Test
    void whatIsNoAddressOrTooLongOrNotPaidIsRefusedAndAGiftIsItsBuyersAlone() {
        var order = others.bought(shop, bea, course, Terms.Buys.GIFT, 1);
        assertThat(offer(order, "nobody", "").status()).isEqualTo(422);
        assertThat(offer(order, "", "x".repeat(2001)).status()).isEqualTo(422);
        var path = "/api/v1/me/orders/" + order + "/gift";
        var stranger = shop.buyer();
        assertThat(shop.call("PUT", path, stranger.token(), Map.of()).status()).isEqualTo(404);
        assertThat(shop.browser(stranger).open(shop.host, "/orders/" + order + "/gift").status())
                .isEqualTo(404);
        var other = shop.course("Sails", 900);
        var unpaid = others.order(shop, bea, other, Terms.Buys.GIFT, 1);
        assertThat(offer(unpaid, "", "").status()).isEqualTo(409);
        assertThat(shop.browser(bea).open(shop.host, "/orders/" + unpaid + "/gift").body())
                .contains("not paid any more, or not yet");
        shop.limit(course, 0);
        var full = shop.browser(stranger).submit(shop.host, link(order, "", ""), Map.of());
        assertThat(full.status()).isEqualTo(409);
        assertThat(full.body()).contains("Every place in “Knots” is taken just now");
        shop.limit(course, 1);
        assertThat(
                        shop.browser(stranger)
                                .submit(shop.host, link(order, "", ""), Map.of())
                                .address())
                .contains("/learn/" + course);
    }

    @Test
    void aGiftEndsWithWhatIsPaidAlsoWhereItIsTakenLater() {
        var order = others.bought(shop, bea, course, Terms.Buys.GIFT, 1);
        var soon = clock.instant().plus(Duration.ofDays(1));
        others.prolong(shop, order, fulfilments, orders, soon);
        var ida = shop.buyer();
        shop.browser(ida).submit(shop.host, link(order, "", ""), Map.of());
        assertThat(shop.isIn(ida, course)).isTrue();
        SetClock.of(clock).pass(Duration.ofDays(2));
        assertThat(shop.isIn(ida, course)).isFalse();
        others.prolong(shop, order, fulfilments, orders, soon.plus(Duration.ofDays(30)));
        assertThat(shop.isIn(ida, course)).isTrue();
    }

    private Visitor.Answer offer(UUID order, String email, String words) {
        return shop.call(
                "PUT",
                "/api/v1/me/orders/" + order + "/gift",
                bea.token(),
                Map.of("email", email, "words", words));
    }

    private String link(UUID order, String email, String words) {
        var link = offer(order, email, words).text("link");
        assertThat(link).contains("/gifts/");
        return link.substring(link.indexOf("/gifts/"));
    }
}
