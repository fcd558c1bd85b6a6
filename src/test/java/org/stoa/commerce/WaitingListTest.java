package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.jobs.DueJobs;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.AtOnce;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** People wait for places in courses that are full, free ones and others. */
@StoaTest
class WaitingListTest {
    private @LocalServerPort int port;
    private @Autowired Checkouts checkouts;
    private @Autowired Refunds refunds;
    private @Autowired Organizations organizations;
    private @Autowired ServiceDatabase service;
    private @Autowired DueJobs due;
    private @Autowired Clock clock;

    @SuppressWarnings("NullAway.Init")
    private BoughtForOthers others;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    private String course = "";

    @BeforeEach
    void aCourseOfOnePlace() {
        others = new BoughtForOthers(checkouts, refunds, organizations, service);
        shop = new Shop(port);
        course = shop.course("Knots", 0);
        shop.limit(course, 1);
    }

    @AfterEach
    void putRight() {
        SetClock.of(clock).putRight();
    }

    @Test
    void aPlaceThatIsFreeIsKeptForTheFirstInLineAndThenForTheNext() {
        var ida = in(shop.buyer());
        var bea = shop.buyer();
        var olaf = shop.buyer();
        assertThat(shop.browser(bea).open(shop.host, "/fragments/standing/" + course).body())
                .contains("/courses/" + course + "/wait");
        assertThat(wait(bea)).contains("You are the next for “Knots”");
        assertThat(wait(olaf)).contains("You are number 2 in line");
        assertThat(wait(bea)).contains("You are the next");
        leave(ida);
        assertThat(shop.isIn(ida, course)).isFalse();
        run();
        // Nobody else can take it, not even who is the next.
        assertThat(shop.enroll(olaf, course).status()).isEqualTo(409);
        assertThat(shop.enroll(shop.buyer(), course).status()).isEqualTo(409);
        assertThat(look(bea)).contains("A place is kept for you");
        assertThat(shop.call("GET", "/api/v1/me/notifications", bea.token(), null).body())
                .contains("place-free", "/courses/" + course + "/wait");
        assertThat(count("mails where kind = 'place-free' and")).isEqualTo(1);

        SetClock.of(clock).pass(Duration.ofHours(49));
        run();
        assertThat(shop.enroll(bea, course).status()).isEqualTo(409);
        assertThat(look(olaf)).contains("A place is kept for you");
        var joined = shop.browser(olaf).submit(shop.host, "/courses/" + course + "/join", Map.of());
        assertThat(joined.address()).contains("/learn/" + course);
        assertThat(count("waiting_list where")).isZero();
        assertThat(seats()).isEqualTo("1 1 0");
    }

    private Visitor.Answer line(String method, Shop.Buyer buyer) {
        return shop.call(method, "/api/v1/me/waiting-list/" + course, buyer.token(), null);
    }

    @Test
    void overTheApiOneStandsInLineAndLeavesIt() {
        var bea = shop.buyer();
        var free = line("PUT", bea);
        assertThat(free.status()).isEqualTo(409);
        assertThat(free.body()).contains("There are places in this course");
        var ida = in(shop.buyer());
        assertThat(line("GET", bea).status()).isEqualTo(404);
        var first = line("PUT", bea);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.text("number")).isEqualTo("1");
        var olaf = shop.buyer();
        assertThat(line("PUT", olaf).text("number")).isEqualTo("2");
        assertThat(line("PUT", bea).text("number")).isEqualTo("1");
        leave(ida);
        run();
        assertThat(line("GET", bea).text("heldUntil")).isNotEmpty();
        var page = new Visitor(port);
        page.submit(
                shop.host,
                "/sign-in",
                Map.of("email", shop.host + "@example.org", "password", Visitor.PASSWORD));
        var seen = page.open(shop.host, "/studio/" + course + "/learners").body();
        assertThat(seen).contains("Waiting for a place", "place kept until");
        assertThat(seen.indexOf(bea.email())).isPositive().isLessThan(seen.indexOf(olaf.email()));
        for (int i = 0; i < 2; i++) {
            assertThat(line("DELETE", bea).status()).isEqualTo(204);
        }
        run();
        assertThat(line("GET", bea).status()).isEqualTo(404);
        assertThat(line("GET", olaf).text("heldUntil")).isNotEmpty();
        assertThat(line("DELETE", olaf).status()).isEqualTo(204);
        assertThat(seats()).isEqualTo("1 0 0");
        var nowhere = "/api/v1/me/waiting-list/nowhere";
        assertThat(shop.call("PUT", nowhere, bea.token(), null).status()).isEqualTo(404);
    }

    @Test
    void whoDoesNotWantItLetsTheNextHaveIt() {
        var ida = in(shop.buyer());
        var bea = shop.buyer();
        var olaf = shop.buyer();
        wait(bea);
        wait(olaf);
        leave(ida);
        run();
        shop.browser(bea).submit(shop.host, "/courses/" + course + "/wait/leave", Map.of());
        run();
        assertThat(look(olaf)).contains("A place is kept for you");
        shop.browser(olaf).submit(shop.host, "/courses/" + course + "/wait/leave", Map.of());
        assertThat(seats()).isEqualTo("1 0 0");
        in(shop.buyer());
    }

    @Test
    void moreCapacityIsOfferedInLineAndNeverToMore() {
        in(shop.buyer());
        var line = new ArrayList<Shop.Buyer>();
        for (int i = 0; i < 5; i++) {
            line.add(shop.buyer());
            wait(line.getLast());
        }
        shop.limit(course, 3);
        run();
        run();
        assertThat(seats()).isEqualTo("3 3 2");
        var list =
                shop.call(
                        "GET",
                        "/api/v1/courses/" + course + "/waiting-list?limit=3",
                        shop.owner,
                        null);
        assertThat(list.status()).as(list.body()).isEqualTo(200);
        assertThat(list.text("items.0.email")).isEqualTo(line.get(0).email());
        assertThat(list.text("items.1.heldUntil")).isNotEmpty();
        assertThat(list.text("items.2.heldUntil")).isEmpty();
        var rest =
                shop.call(
                        "GET",
                        "/api/v1/courses/"
                                + course
                                + "/waiting-list?cursor="
                                + list.text("nextCursor"),
                        shop.owner,
                        null);
        assertThat(rest.json().path("items")).hasSize(2);
        var path = "/api/v1/courses/" + course + "/waiting-list";
        assertThat(shop.call("GET", path, line.getFirst().token(), null).status()).isEqualTo(403);
        in(line.get(1));
        assertThat(seats()).isEqualTo("3 3 1");
        // Those for whom a place is kept count, when the limit is set.
        var terms = shop.call("GET", "/api/v1/courses/" + course + "/terms", shop.owner, null);
        var less =
                Map.of(
                        "capacity",
                        2,
                        "first",
                        List.of(),
                        "version",
                        terms.json().path("version").asInt());
        var set = shop.call("PUT", "/api/v1/courses/" + course + "/terms", shop.owner, less);
        assertThat(set.status()).isEqualTo(422);
    }

    @Test
    void whoWaitsForACourseWithAPriceBuysThePlaceThatIsKept() {
        shop.price(course, 4900);
        var ida = shop.buyer();
        var first = others.bought(shop, ida, course, Terms.Buys.OWN, 1);
        var bea = shop.buyer();
        wait(bea);
        others.refund(shop, first, ida);
        run();
        run();
        assertThat(shop.isIn(ida, course)).isFalse();
        assertThat(look(bea)).contains("Buy it for");
        assertThat(shop.enroll(shop.buyer(), course).status()).isEqualTo(409);
        others.bought(shop, bea, course, Terms.Buys.OWN, 1);
        assertThat(shop.isIn(bea, course)).isTrue();
        assertThat(count("waiting_list where")).isZero();
        assertThat(seats()).isEqualTo("1 1 0");
    }

    @Test
    void whoPaidForAFullCourseAndGotItBackWaits() {
        shop.price(course, 4900);
        var bea = shop.buyer();
        var late = others.order(shop, bea, course, Terms.Buys.OWN, 1);
        var ida = shop.buyer();
        var first = others.bought(shop, ida, course, Terms.Buys.OWN, 1);
        others.pay(shop, bea, late);
        run();
        assertThat(look(bea)).contains("You are the next");
        others.refund(shop, first, ida);
        run();
        run();
        assertThat(look(bea)).contains("A place is kept for you");
    }

    @Test
    void manyAtOnceForKeptAndFreePlacesAreNeverMoreThanThereAre() throws Exception {
        var ida = in(shop.buyer());
        var line = new ArrayList<Shop.Buyer>();
        for (int i = 0; i < 6; i++) {
            line.add(shop.buyer());
            wait(line.getLast());
        }
        shop.limit(course, 4);
        leave(ida);
        run();
        assertThat(seats()).isEqualTo("4 4 4");
        var all = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 6; i++) {
            var waiting = line.get(i);
            var other = shop.buyer();
            all.add(() -> shop.enroll(waiting, course).status());
            all.add(() -> shop.enroll(other, course).status());
            all.add(() -> shop.enroll(waiting, course).status());
        }
        for (int i = 0; i < 2; i++) {
            all.add(() -> {
                due.run(others.school(shop).id());
                return 0;
            });
        }
        var answers = AtOnce.all(all);
        assertThat(answers).doesNotContain(500);
        assertThat(line.stream().filter(it -> shop.isIn(it, course))).hasSize(4);
        assertThat(count("enrollments where status = 'active' and")).isEqualTo(4);
        assertThat(seats()).isEqualTo("4 4 0");
    }

    @Test
    void aCourseThatIsNotFullHasNoLine() {
        var bea = shop.buyer();
        shop.browser(bea).submit(shop.host, "/courses/" + course + "/wait", Map.of());
        assertThat(count("waiting_list where")).isZero();
        assertThat(shop.browser(bea).open(shop.host, "/courses/" + course + "/wait").address())
                .endsWith("/join");
        assertThat(shop.browser(bea).open(shop.host, "/courses/none/wait").status()).isEqualTo(404);
    }

    private Shop.Buyer in(Shop.Buyer who) {
        assertThat(shop.enroll(who, course).status()).isEqualTo(201);
        return who;
    }

    private void leave(Shop.Buyer who) {
        var left = shop.call("DELETE", "/api/v1/me/enrollments/" + course, who.token(), null);
        assertThat(left.status()).isEqualTo(204);
    }

    private String wait(Shop.Buyer who) {
        return shop.browser(who).submit(shop.host, "/courses/" + course + "/wait", Map.of()).body();
    }

    private String look(Shop.Buyer who) {
        return shop.browser(who).open(shop.host, "/courses/" + course + "/wait").body();
    }

    private void run() {
        due.run(others.school(shop).id());
    }

    /** Capacity, taken, and kept for somebody. */
    private String seats() {
        return service.sql(
                        "select capacity || ' ' || taken || ' ' || held from course_seats"
                                + " where organization_id = :school")
                .param("school", others.school(shop).id())
                .query(String.class)
                .single();
    }

    private int count(String from) {
        return service.sql("select count(*) from " + from + " organization_id = :school")
                .param("school", others.school(shop).id())
                .query(Integer.class)
                .single();
    }
}
