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

/** Somebody buys seats for a team, and gives them to colleagues. */
@StoaTest
class TeamSeatsTest extends ForOthers {
    @Test
    void aColleagueFollowsTheLinkMakesAnAccountAndIsIn() {
        var order = others.order(shop, bea, course, Terms.Buys.SEATS, 3);
        var seats = others.pay(shop, bea, order);
        assertThat(seats.address()).endsWith("/orders/" + order + "/seats");
        assertThat(seats.body()).contains("3 seats of the 3 for “Knots” are free");
        assertThat(shop.isIn(bea, course)).isFalse();
        var email = "ida-" + UUID.randomUUID() + "@example.org";
        var browser = shop.browser(bea);
        var invited =
                browser.submit(shop.host, "/orders/" + order + "/seats", Map.of("email", email));
        assertThat(invited.body()).contains("The seat is offered", email, "/seats/");
        due.run(others.school(shop).id());
        assertThat(mails("seat")).isEqualTo(1);
        var link = seat(order, 0).link();

        var ida = new Visitor(port);
        var page = ida.open(shop.host, link);
        assertThat(page.body()).contains("Bea Buyer has a seat for you in “Knots”");
        assertThat(ida.open(shop.host, "/sign-up?next=" + link).body())
                .contains("take your seat in “Knots”");
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
        assertThat(browser.open(shop.host, "/orders/" + order + "/seats").body())
                .contains("2 seats of the 3", "Ida");
        // Followed once more by her, it leads where she learns; by anybody else, nowhere.
        assertThat(ida.open(shop.host, link).address()).contains("/learn/" + course);
        var used = new Visitor(port).open(shop.host, link);
        assertThat(used.status()).isEqualTo(404);
        assertThat(used.body()).contains("used by somebody already");
        assertThat(shop.browser(bea).open(shop.host, "/orders/" + order).body())
                .contains("Manage the seats");
        assertThat(shop.call("GET", "/api/v1/mismatches", shop.owner, null).body())
                .doesNotContain("payment-without-access");
    }

    @Test
    void aSeatIsSwappedAndTakenBackAndWhatWasLearnedIsKept() {
        var order = others.bought(shop, bea, course, Terms.Buys.SEATS, 2);
        var ida = shop.buyer();
        var seat = offer(order, ida.email());
        assertThat(take(ida, seat).address()).contains("/learn/" + course);
        assertThat(shop.learn(ida, course).status()).isEqualTo(200);
        var olaf = shop.buyer();
        var swapped =
                shop.call(
                        "PUT",
                        seats(order) + "/" + seat.id(),
                        bea.token(),
                        Map.of("email", olaf.email()));
        assertThat(swapped.status()).as(swapped.body()).isEqualTo(200);
        assertThat(shop.isIn(ida, course)).isFalse();
        assertThat(take(ida, seat).body()).contains("This link was replaced");
        take(olaf, Told.of(swapped, ""));
        assertThat(shop.isIn(olaf, course)).isTrue();
        var path = seats(order) + "/" + seat.id();
        assertThat(shop.call("DELETE", path, bea.token(), null).status()).isEqualTo(204);
        assertThat(shop.call("DELETE", path, bea.token(), null).status()).isEqualTo(204);
        assertThat(shop.isIn(olaf, course)).isFalse();
        take(ida, offer(order, ida.email()));
        assertThat(shop.isIn(ida, course)).isTrue();
        assertThat(shop.call("GET", "/api/v1/me/enrollments", ida.token(), null).body())
                .contains("\"completed\":1");
    }

    @Test
    void neverAreMoreTakenThanWereBought() throws Exception {
        var order = others.bought(shop, bea, course, Terms.Buys.SEATS, 3);
        var asks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            var email = "colleague-" + i + "-" + UUID.randomUUID() + "@example.org";
            asks.add(() ->
                    shop.call("POST", seats(order), bea.token(), Map.of("email", email)).status());
        }
        var answers = AtOnce.all(asks);
        assertThat(answers).containsOnly(201, 409);
        assertThat(answers.stream().filter(it -> it == 201)).hasSize(3);
        assertThat(count("team_seats")).isEqualTo(3);
        var link = seat(order, 0).link();
        var takes = new ArrayList<Callable<Visitor.Answer>>();
        for (int i = 0; i < 5; i++) {
            var browser = shop.browser(shop.buyer());
            takes.add(() -> browser.submit(shop.host, link, Map.of()));
        }
        var taken = AtOnce.all(takes);
        assertThat(taken.stream().filter(it -> it.address().contains("/learn/"))).hasSize(1);
        assertThat(count("access_grants")).isEqualTo(1);
        assertThat(count("enrollments")).isEqualTo(1);
    }

    @Test
    void theSamePersonTwiceOnesOwnAddressAndWrongLinksAreSaidSo() {
        var order = others.bought(shop, bea, course, Terms.Buys.SEATS, 3);
        var ida = shop.buyer();
        var seat = offer(order, ida.email());
        refused(order, ida.email(), 422, "already");
        refused(order, bea.email(), 422, "your own address");
        refused(order, "nobody", 422, "");
        refused(order, "", 422, "");
        var mine =
                shop.browser(bea).submit(shop.host, "/orders/" + order + "/seats/mine", Map.of());
        assertThat(mine.body()).contains("One of the seats is yours.");
        assertThat(shop.isIn(bea, course)).isTrue();
        assertThat(
                        shop.browser(bea)
                                .submit(shop.host, "/orders/" + order + "/seats/mine", Map.of())
                                .status())
                .isEqualTo(409);
        take(ida, seat);
        var other = offer(order, "somebody-" + UUID.randomUUID() + "@example.org");
        var twice = take(ida, other);
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.body()).contains("another seat of this team already");
        refused(order, shop.buyer().email(), 409, "Every seat is given");

        var stranger = shop.buyer();
        assertThat(shop.call("GET", seats(order), stranger.token(), null).status()).isEqualTo(404);
        assertThat(
                        shop.call(
                                        "POST",
                                        seats(order),
                                        stranger.token(),
                                        Map.of("email", "a@b.example"))
                                .status())
                .isEqualTo(404);
        for (var wrong : new String[] {"none", "A".repeat(104), "x".repeat(2000)}) {
            assertThat(new Visitor(port).open(shop.host, "/seats/" + wrong).status())
                    .isEqualTo(404);
        }
        var elsewhere = new Shop(port);
        assertThat(new Visitor(port).open(elsewhere.host, other.link()).status()).isEqualTo(404);
    }

    @Test
    void aFullCourseRefusesTheInvitationAndTheTakingAndNothingIsHalfDone() {
        var order = others.bought(shop, bea, course, Terms.Buys.SEATS, 2);
        var ida = shop.buyer();
        var seat = offer(order, ida.email());
        shop.limit(course, 1);
        others.bought(shop, shop.buyer(), course, Terms.Buys.OWN, 1);
        var late = take(ida, seat);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body()).contains("Every place in “Knots” is taken just now");
        assertThat(shop.isIn(ida, course)).isFalse();
        assertThat(seat(order, 0).status()).isEqualTo("invited");
        refused(order, shop.buyer().email(), 409, "Every place");
        shop.limit(course, 2);
        assertThat(take(ida, seat).address()).contains("/learn/" + course);
    }

    @Test
    void aRefundEndsEverySeatAndWhatIsPaidElsewhereStays() {
        var order = others.bought(shop, bea, course, Terms.Buys.SEATS, 3);
        var ida = shop.buyer();
        var olaf = shop.buyer();
        take(ida, offer(order, ida.email()));
        take(olaf, offer(order, olaf.email()));
        var open = offer(order, shop.buyer().email());
        others.bought(shop, olaf, course, Terms.Buys.OWN, 1);
        others.refund(shop, order, bea);
        due.run(others.school(shop).id());
        assertThat(shop.isIn(ida, course)).isFalse();
        assertThat(shop.isIn(olaf, course)).isTrue();
        assertThat(take(shop.buyer(), open).body()).contains("has ended");
        refused(order, shop.buyer().email(), 409, "not paid any more");
        assertThat(shop.browser(bea).open(shop.host, "/orders/" + order + "/seats").body())
                .contains("not paid any more");
    }

    @Test
    void seatsEndWithWhatIsPaidAndGoOnWithTheNextPayment() {
        var order = others.bought(shop, bea, course, Terms.Buys.SEATS, 2);
        var ida = shop.buyer();
        var olaf = shop.buyer();
        take(ida, offer(order, ida.email()));
        var soon = clock.instant().plus(Duration.ofDays(1));
        others.prolong(shop, order, fulfilments, orders, soon);
        take(olaf, offer(order, olaf.email()));
        assertThat(shop.isIn(ida, course)).isTrue();
        assertThat(shop.isIn(olaf, course)).isTrue();
        SetClock.of(clock).pass(Duration.ofDays(2));
        assertThat(shop.isIn(ida, course)).isFalse();
        assertThat(shop.isIn(olaf, course)).isFalse();
        others.prolong(shop, order, fulfilments, orders, soon.plus(Duration.ofDays(30)));
        assertThat(shop.isIn(ida, course)).isTrue();
        assertThat(shop.isIn(olaf, course)).isTrue();
    }

    @Test
    void whereTheAccessOfASeatAndItsMoneyDoNotAgreeItIsMended() {
        var order = others.bought(shop, bea, course, Terms.Buys.SEATS, 2);
        var ida = shop.buyer();
        var olaf = shop.buyer();
        take(ida, offer(order, ida.email()));
        take(olaf, offer(order, olaf.email()));
        assertThat(others.mismatches(shop)).isEmpty();
        others.lose(shop, ida);
        assertThat(others.mismatches(shop)).containsOnlyKeys("payment-without-access");
        others.mend(shop);
        assertThat(shop.isIn(ida, course)).isTrue();
        assertThat(shop.isIn(olaf, course)).isTrue();

        // Somebody has the access of a seat that is another's.
        var eve = shop.buyer();
        service.sql("update team_seats set user_id = :eve where user_id = :ida")
                .param("eve", eve.id())
                .param("ida", ida.id())
                .update();
        assertThat(others.mismatches(shop))
                .containsOnlyKeys("payment-without-access", "access-without-payment");
        others.mend(shop);
        assertThat(others.mismatches(shop)).isEmpty();
        assertThat(shop.isIn(ida, course)).isFalse();
        assertThat(shop.isIn(eve, course)).isTrue();
        assertThat(shop.isIn(olaf, course)).isTrue();

        service.sql("update orders set status = 'lost' where id = :order")
                .param("order", order)
                .update();
        assertThat(others.mismatches(shop)).containsEntry("access-without-payment", 2);
        others.mend(shop);
        assertThat(shop.isIn(eve, course)).isFalse();
        assertThat(shop.isIn(olaf, course)).isFalse();
        assertThat(others.mismatches(shop)).isEmpty();
    }

    @Test
    void aSeatIsTakenOverTheApi() {
        var order = others.bought(shop, bea, course, Terms.Buys.SEATS, 2);
        var path = "/api/v1" + offer(order, "ida@example.org").link();
        var ida = shop.buyer();
        for (int i = 0; i < 2; i++) {
            var taken = shop.call("POST", path, ida.token(), null);
            assertThat(taken.status()).as(taken.body()).isEqualTo(200);
            assertThat(taken.text("title")).isEqualTo("Knots");
        }
        assertThat(shop.isIn(ida, course)).isTrue();
        var other = "/api/v1" + offer(order, "olaf@example.org").link();
        assertThat(shop.call("POST", other, ida.token(), null).status()).isEqualTo(409);
        assertThat(shop.call("POST", path, shop.buyer().token(), null).status()).isEqualTo(404);
    }

    private void refused(UUID order, String email, int status, String words) {
        var answer = shop.call("POST", seats(order), bea.token(), Map.of("email", email));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    /** A seat, as JSON says it. */
    private record Told(String id, String status, String link) {
        static Told of(Visitor.Answer answer, String at) {
            var link = answer.text(at + "link");
            return new Told(
                    answer.text(at + "id"),
                    answer.text(at + "status"),
                    link.isEmpty() ? "" : link.substring(link.indexOf("/seats/")));
        }
    }

    private Told offer(UUID order, String email) {
        var made = shop.call("POST", seats(order), bea.token(), Map.of("email", email));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return Told.of(made, "");
    }

    private Visitor.Answer take(Shop.Buyer who, Told seat) {
        return shop.browser(who).submit(shop.host, seat.link(), Map.of());
    }

    private Told seat(UUID order, int number) {
        return Told.of(shop.call("GET", seats(order), bea.token(), null), "items." + number + ".");
    }

    private static String seats(UUID order) {
        return "/api/v1/me/orders/" + order + "/seats";
    }

    private int mails(String kind) {
        return service.sql(
                        "select count(*) from mails where organization_id = :school and kind = :kind")
                .param("school", others.school(shop).id())
                .param("kind", kind)
                .query(Integer.class)
                .single();
    }
}
