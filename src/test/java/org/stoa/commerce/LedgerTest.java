package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.commerce.others.Takers;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.enrollment.Grant;
import org.stoa.shared.Money;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;

/**
 * Whatever happens to orders, in whatever order it becomes known: access is what the ledger says.
 * The ledger is kept here a second time, from the same news, by simpler means.
 */
@StoaTest
class LedgerTest extends KeptTwice {
    private static final int LONGEST = 14;
    private static final Money PRICE = LedgerSchool.PRICE;

    private @Autowired Refunds refunds;

    /** One order, and what its provider knows. */
    private static final class Line {
        final UUID order;
        final UUID course;
        final Terms.Buys buys;

        /** Who has it: by their seats, or by the order itself. */
        final Map<UUID, UUID> holders = new HashMap<>();

        final List<String> payments = new ArrayList<>();
        final Map<String, Long> back = new HashMap<>();
        final Map<String, String> disputes = new HashMap<>();
        boolean accepted;

        Line(UUID order, UUID course, UUID buyer, Terms.Buys buys) {
            this.order = order;
            this.course = course;
            this.buys = buys;
            if (buys == Terms.Buys.OWN) {
                holders.put(order, buyer);
            }
        }

        String reference(RandomGenerator random) {
            return "pi_" + order + (random.nextInt(4) == 0 ? "_b" : "_a");
        }

        long paid() {
            return payments.stream().mapToLong(LedgerTest::amount).sum();
        }

        long returned() {
            return payments.stream().mapToLong(it -> back.getOrDefault(it, 0L)).sum();
        }

        boolean disputed() {
            return payments.stream()
                    .map(it -> disputes.getOrDefault(it, "won"))
                    .anyMatch(it -> !it.equals("won"));
        }

        boolean gives() {
            return accepted && !disputed() && returned() < paid();
        }
    }

    /** One payment in some is of another amount than was asked. */
    private static long amount(String reference) {
        return Math.floorMod(reference.hashCode(), 10) == 0 ? 100 : PRICE.amount();
    }

    /** Somebody, what they ordered, and what they were given by hand until when. */
    private static final class Account {
        final UUID person;
        final List<UUID> all;
        final List<Line> lines = new ArrayList<>();
        final Map<UUID, Instant> given = new HashMap<>();

        Account(UUID person, UUID... friends) {
            this.person = person;
            this.all = new ArrayList<>(List.of(friends));
            this.all.add(person);
        }

        UUID anybody(RandomGenerator random) {
            return all.get(random.nextInt(all.size()));
        }
    }

    @Test
    void accessIsWhatTheLedgerSays() {
        ledger.sequences(this::sequence);
    }

    private void sequence(RandomGenerator random) {
        var account = new Account(ledger.person(), ledger.person(), ledger.person());
        int steps = 3 + random.nextInt(LONGEST);
        for (int i = 0; i < steps; i++) {
            step(account, random);
            due.run(ledger.school.id());
            check(account);
        }
    }

    private void step(Account account, RandomGenerator random) {
        var course = ledger.anyCourse(random);
        var line =
                account.lines.isEmpty()
                        ? null
                        : account.lines.get(random.nextInt(account.lines.size()));
        int what = random.nextInt(16);
        if (what == 0 || line == null) {
            var kinds = Terms.Buys.values();
            order(account, course, kinds[random.nextInt(kinds.length)]);
        } else if (what > 11) {
            passOn(account, line, random);
        } else if (what < 5) {
            pay(account, line, line.reference(random));
        } else if (what == 5) {
            var states =
                    List.of(
                            new PaymentProvider.State.Awaiting(),
                            new PaymentProvider.State.Failed(),
                            new PaymentProvider.State.Expired());
            settlements.stands(line.order, states.get(random.nextInt(states.size())));
        } else if (what == 6) {
            toldBack(line, random);
        } else if (what == 7) {
            giveBack(account, line, random);
        } else if (what == 8) {
            dispute(line, random);
        } else if (what == 9) {
            var until = clock.instant().plus(Duration.ofDays(1 + random.nextInt(3)));
            grants.give(account.person, course, new Grant(Grant.Source.HAND, "a gift", until));
            account.given.put(course, until);
        } else if (what == 10) {
            grants.end(Grant.Source.PURCHASE, UUID.randomUUID().toString());
        } else {
            SetClock.of(clock).pass(Duration.ofDays(1));
            grants.sweep();
        }
    }

    /** Somebody takes a gift or a seat, or a seat is given to somebody else, or taken back. */
    private void passOn(Account account, Line line, RandomGenerator random) {
        var takers = Takers.in(context);
        var taker = account.anybody(random);
        if (line.buys == Terms.Buys.GIFT) {
            if (takers.gift(ledger.school, line.order, account.person, taker)) {
                line.holders.put(line.order, taker);
            }
        } else if (line.buys == Terms.Buys.SEATS
                && (line.holders.isEmpty() || random.nextBoolean())) {
            var taken =
                    taker.equals(account.person)
                            ? takers.own(ledger.school, line.order, taker)
                            : takers.seat(ledger.school, line.order, account.person, taker);
            taken.ifPresent(it -> line.holders.put(it, taker));
        } else if (line.buys == Terms.Buys.SEATS) {
            var seat = line.holders.keySet().stream().sorted().findFirst().orElseThrow();
            boolean back = random.nextBoolean();
            var moved =
                    back
                            ? takers.takenBack(ledger.school, line.order, seat, account.person)
                            : takers.moved(ledger.school, line.order, seat, account.person, taker);
            if (moved.freed()) {
                line.holders.remove(seat);
            }
            if (moved.taken()) {
                line.holders.put(seat, taker);
            }
        }
    }

    private void order(Account account, UUID course, Terms.Buys buys) {
        var order = ledger.order(account.person, course, buys, PaymentSettings.TEST);
        if (account.lines.stream().noneMatch(it -> it.order.equals(order))) {
            account.lines.add(new Line(order, course, account.person, buys));
        }
    }

    private void pay(Account account, Line line, String reference) {
        var amount = new Money(amount(reference), "EUR");
        settlements.stands(
                line.order, new PaymentProvider.State.Paid(amount, reference, clock.instant()));
        if (line.payments.contains(reference)) {
            return;
        }
        boolean welcome =
                line.payments.isEmpty()
                        && amount.equals(PRICE)
                        && (line.buys != Terms.Buys.OWN || !owns(account, line.course));
        line.payments.add(reference);
        if (welcome) {
            line.accepted = true;
        } else {
            back(line, reference, amount.amount());
        }
    }

    private static boolean owns(Account account, UUID course) {
        return account.lines.stream()
                .anyMatch(
                        it -> it.buys == Terms.Buys.OWN && it.course.equals(course) && it.gives());
    }

    /** Goes back at the provider, who tells of it. */
    private void back(Line line, String reference, long most) {
        due.run(ledger.school.id());
        long gone = line.back.getOrDefault(reference, 0L);
        line.back.put(reference, Math.min(amount(reference), gone + most));
        settlements.refunded("test", reference, line.back.get(reference));
    }

    private void toldBack(Line line, RandomGenerator random) {
        back(line, line.reference(random), 1 + random.nextInt(4900));
    }

    private void giveBack(Account account, Line line, RandomGenerator random) {
        long left = line.paid() - line.returned();
        if (left <= 0) {
            return;
        }
        var wish = random.nextBoolean() ? null : Long.valueOf(1 + random.nextLong(left));
        long rest = refunds.ask(line.order, wish, "", account.person).amount();
        for (var reference : line.payments.reversed()) {
            long gone = line.back.getOrDefault(reference, 0L);
            long some = Math.min(rest, amount(reference) - gone);
            if (some > 0) {
                back(line, reference, some);
                rest -= some;
            }
        }
    }

    private void dispute(Line line, RandomGenerator random) {
        var reference = line.reference(random);
        var how = List.of("open", "won", "lost").get(random.nextInt(3));
        settlements.disputed("test", reference, how);
        // Settled for good: what is told late of it changes nothing.
        if (line.disputes.getOrDefault(reference, "open").equals("open")) {
            line.disputes.put(reference, how);
        }
    }

    private void check(Account account) {
        for (var course : ledger.courses) {
            var until = account.given.get(course);
            boolean given = until != null && until.isAfter(clock.instant());
            for (var person : account.all) {
                boolean bought =
                        account.lines.stream()
                                .anyMatch(it ->
                                        it.course.equals(course)
                                                && it.gives()
                                                && it.holders.containsValue(person));
                assertThat(ledger.isIn(person, course))
                        .as(() -> "in: " + describe(account))
                        .isEqualTo(given && person.equals(account.person) || bought);
            }
        }
        for (var line : account.lines) {
            var order = orders.find(line.order).orElseThrow();
            assertThat(order.paid()).as(() -> describe(account)).isEqualTo(line.paid());
            assertThat(order.returned()).as(() -> describe(account)).isEqualTo(line.returned());
        }
    }

    private String describe(Account account) {
        return ledger.describe(account.lines.stream().map(it -> it.order).toList());
    }
}
