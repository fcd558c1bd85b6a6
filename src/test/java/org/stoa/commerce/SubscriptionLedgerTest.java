package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.commerce.Subscription.Status;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;

/**
 * Whatever becomes of subscriptions, and in whatever order it becomes known: access lasts as long
 * as the ledger says. What the provider knows is made up here, and told late, again and in any
 * order; nobody can be reached there.
 */
@StoaTest
class SubscriptionLedgerTest extends KeptTwice {
    private static final int LONGEST = 16;
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration GRACE = Duration.ofDays(3);

    private @Autowired ServiceDatabase service;

    /** What the provider says at one moment. */
    private record News(Subscription.Told told, List<State.Paid> payments) {}

    /** The subscription at its provider. */
    private static final class Provided {
        final UUID order;
        final List<News> news = new ArrayList<>();
        private final List<State.Paid> payments = new ArrayList<>();
        private Status status = Status.ACTIVE;
        private Instant until;
        private @Nullable Instant cancels;
        private Instant last;

        Provided(UUID order, boolean trial, Instant now) {
            this.order = order;
            this.last = now;
            this.until = now;
            if (trial) {
                status = Status.TRIALING;
                until = now.plus(Duration.ofDays(7));
            } else {
                pay(now);
            }
            say(now);
        }

        private void pay(Instant now) {
            var from = until.isAfter(now) ? until : now;
            until = from.plus(MONTH);
            status = Status.ACTIVE;
            payments.add(
                    new State.Paid(
                            LedgerSchool.PRICE, "in_" + order + "_" + payments.size(), later(now)));
        }

        /** No two things happen at the same instant there. */
        private Instant later(Instant now) {
            last = now.isAfter(last.plusMillis(1)) ? now : last.plusMillis(1);
            return last;
        }

        private void say(Instant now) {
            var told =
                    new Subscription.Told("sub_" + order, "", status, until, cancels, later(now));
            news.add(new News(told, List.copyOf(payments)));
        }

        void happens(RandomGenerator random, Instant now) {
            if (status == Status.ENDED) {
                return;
            }
            int what = random.nextInt(8);
            boolean over = !until.isAfter(now);
            if (what == 0) {
                cancels = until;
            } else if (what == 1 || over && cancels != null) {
                status = Status.ENDED;
                until = over ? until : now;
            } else if (what < 4 && over) {
                status = Status.PAST_DUE;
            } else if (cancels == null) {
                pay(now);
            }
            say(now);
        }
    }

    /** One order, and what is known of it here. */
    private static final class Line {
        final UUID order;
        final UUID course;
        final Provided there;
        final Map<String, State.Paid> payments = new TreeMap<>();
        final Map<String, Long> back = new HashMap<>();
        final Map<String, String> disputes = new HashMap<>();
        Subscription.@Nullable Told told;
        boolean accepted;
        boolean over;

        Line(UUID order, UUID course, Provided there) {
            this.order = order;
            this.course = course;
            this.there = there;
        }

        String reference(RandomGenerator random) {
            return "in_" + order + "_" + random.nextInt(3);
        }

        long returned() {
            return payments.keySet().stream().mapToLong(it -> back.getOrDefault(it, 0L)).sum();
        }

        private boolean gone(State.Paid paid) {
            return back.getOrDefault(String.valueOf(paid.payment()), 0L) >= paid.amount().amount();
        }

        private boolean any(String dispute) {
            return payments.keySet().stream().anyMatch(it -> dispute.equals(disputes.get(it)));
        }

        boolean disputed() {
            return any("open");
        }

        /** What was lost, or given back to the last of it, is not given again. */
        void settle() {
            var latest = payments.values().stream().max(Comparator.comparing(State.Paid::at));
            boolean ended = latest.map(this::gone).orElse(false) || any("lost");
            over |= accepted && ended && (any("lost") || !disputed());
        }

        /** True for the first news; older ones than the latest are none. */
        boolean hears(Subscription.Told news) {
            var known = told;
            if (known == null || !known.at().isAfter(news.at())) {
                told = news;
            }
            return known == null;
        }

        boolean ended() {
            return told != null && told.status() == Status.ENDED;
        }

        boolean paid() {
            return accepted && !over && !disputed();
        }

        boolean gives(Instant now) {
            var known = told;
            if (known == null || !paid()) {
                return false;
            }
            var until = known.paidUntil();
            return now.isBefore(known.status() == Status.ENDED ? until : until.plus(GRACE));
        }
    }

    /** Somebody and what they ordered. */
    private record Account(UUID person, List<Line> lines) {}

    @Test
    void accessLastsAsLongAsTheLedgerSays() {
        new Renewing(service, ledger.school.id(), clock).monthly(7);
        ledger.sequences(random -> {
            var account = new Account(ledger.person(), new ArrayList<>());
            int steps = 4 + random.nextInt(LONGEST);
            for (int i = 0; i < steps; i++) {
                step(account, random);
                due.run(ledger.school.id());
                check(account);
            }
            SetClock.of(clock).putRight();
        });
    }

    private void step(Account account, RandomGenerator random) {
        var line =
                account.lines.isEmpty()
                        ? null
                        : account.lines.get(random.nextInt(account.lines.size()));
        int what = random.nextInt(14);
        if (line == null || what == 0) {
            order(account, random);
        } else if (what < 4) {
            line.there.happens(random, clock.instant());
            tell(account, line, line.there.news.getLast());
        } else if (what < 6) {
            line.there.happens(random, clock.instant());
        } else if (what < 10) {
            tell(account, line, line.there.news.get(random.nextInt(line.there.news.size())));
        } else if (what == 10) {
            back(line, random);
        } else if (what == 11) {
            dispute(line, random);
        } else {
            SetClock.of(clock).pass(Duration.ofDays(1 + random.nextInt(20)));
            grants.sweep();
        }
        account.lines.forEach(Line::settle);
    }

    private void order(Account account, RandomGenerator random) {
        var course = ledger.anyCourse(random);
        var order = ledger.order(account.person, course, Terms.Buys.OWN, PaymentSettings.STRIPE);
        if (account.lines.stream().noneMatch(it -> it.order.equals(order))) {
            var there = new Provided(order, random.nextInt(3) == 0, clock.instant());
            account.lines.add(new Line(order, course, there));
        }
    }

    private void tell(Account account, Line line, News news) {
        settlements.stands(line.order, new State.Recurring(news.told(), news.payments()));
        boolean first = line.hears(news.told());
        news.payments().forEach(it -> line.payments.put(String.valueOf(it.payment()), it));
        if (first) {
            line.accepted =
                    account.lines.stream()
                            .noneMatch(it ->
                                    it != line
                                            && it.course.equals(line.course)
                                            && it.paid()
                                            && !it.ended());
        }
    }

    private void back(Line line, RandomGenerator random) {
        var reference = line.reference(random);
        long amount = random.nextBoolean() ? 4900 : 1 + random.nextInt(4899);
        settlements.refunded(PaymentSettings.STRIPE, reference, amount);
        line.back.merge(reference, amount, Math::max);
    }

    private void dispute(Line line, RandomGenerator random) {
        if (line.over) {
            return;
        }
        var reference = line.reference(random);
        var how = List.of("open", "won", "lost").get(random.nextInt(3));
        settlements.disputed(PaymentSettings.STRIPE, reference, how);
        if (line.disputes.getOrDefault(reference, "open").equals("open")) {
            line.disputes.put(reference, how);
        }
    }

    private void check(Account account) {
        var now = clock.instant();
        for (var course : ledger.courses) {
            boolean bought =
                    account.lines.stream()
                            .anyMatch(it -> it.course.equals(course) && it.gives(now));
            assertThat(ledger.isIn(account.person, course))
                    .as(() -> "in: " + describe(account))
                    .isEqualTo(bought);
        }
        for (var line : account.lines) {
            var order = orders.find(line.order).orElseThrow();
            assertThat(order.paid())
                    .as(() -> describe(account))
                    .isEqualTo(line.payments.size() * LedgerSchool.PRICE.amount());
            assertThat(order.returned()).as(() -> describe(account)).isEqualTo(line.returned());
        }
    }

    private String describe(Account account) {
        return ledger.describe(account.lines.stream().map(it -> it.order).toList());
    }
}
