package org.stoa.commerce.testcheckout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.commerce.Order;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.commerce.PaymentProvider.Stop;
import org.stoa.commerce.Settlements;
import org.stoa.commerce.Subscription;
import org.stoa.commerce.Subscription.Status;
import org.stoa.commerce.Subscriptions;
import org.stoa.commerce.Terms;
import org.stoa.commerce.settings.PaymentSettings;

/**
 * Subscriptions for which no money moves. They renew when their time has come, or earlier, when
 * somebody wants to see it. For the school's office.
 */
@Component
class TestRenewals {
    private static final int MOST_AT_ONCE = 100;

    private final Subscriptions subscriptions;
    private final Settlements settlements;
    private final PaymentSettings settings;
    private final Clock clock;

    TestRenewals(
            Subscriptions subscriptions,
            Settlements settlements,
            PaymentSettings settings,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.settlements = settlements;
        this.settings = settings;
        this.clock = clock;
    }

    /** How it stands by now, and what was paid since it was last asked. */
    State look(Order order, Instant begun) {
        var known = subscriptions.of(order.id()).orElse(null);
        return known == null ? begins(order, begun) : goesOn(order, known);
    }

    private State begins(Order order, Instant at) {
        int days = order.terms().trialDays();
        boolean trial = days > 0;
        var until = trial ? at.plus(Duration.ofDays(days)) : period(order, at);
        var status = trial ? Status.TRIALING : Status.ACTIVE;
        var told = told(order.id(), status, until, null, at);
        return new State.Recurring(
                told, trial ? List.of() : List.of(paid(order, "test_" + order.id(), at)));
    }

    private State goesOn(Order order, Subscription known) {
        var now = clock.instant();
        var until = known.paidUntil();
        // Where the school is paid in earnest by now, nothing of this is renewed.
        var ends = settings.testing() ? known.cancelsAt() : known.paidUntil();
        var left = known.partsLeft();
        boolean well = known.status() == Status.ACTIVE || known.status() == Status.TRIALING;
        var payments = new ArrayList<State.Paid>();
        while (well
                && !until.isAfter(now)
                && (ends == null || until.isBefore(ends))
                && (left == null || payments.size() < left)
                && payments.size() < MOST_AT_ONCE) {
            payments.add(renewal(order, until));
            until = period(order, until);
        }
        var status = payments.isEmpty() ? known.status() : Status.ACTIVE;
        boolean paidUp = left != null && payments.size() >= left;
        if (paidUp || ends != null && !ends.isAfter(now)) {
            status = Status.ENDED;
        }
        return new State.Recurring(told(order.id(), status, until, ends, now), payments);
    }

    /** The next period is paid before its time. */
    void renew(Order order, Subscription known) {
        var now = clock.instant();
        var from = known.paidUntil().isAfter(now) ? known.paidUntil() : now;
        var until = period(order, from);
        var told = told(order.id(), Status.ACTIVE, until, known.cancelsAt(), now);
        var payment = paid(order, "test_" + order.id() + "_" + from.getEpochSecond(), now);
        say(order, new State.Recurring(told, List.of(payment)));
    }

    /** What is paid is over, and the card is refused. */
    void fail(Order order, Subscription known) {
        var now = clock.instant();
        var until = known.paidUntil().isBefore(now) ? known.paidUntil() : now;
        var told = told(order.id(), Status.PAST_DUE, until, known.cancelsAt(), now);
        say(order, new State.Recurring(told, List.of()));
    }

    void stop(Order order, Subscription known, Stop when) {
        var now = clock.instant();
        if (when == Stop.AFTER_ITS_PARTS) {
            // They are counted here.
            return;
        }
        var status = when == Stop.NOW ? Status.ENDED : known.status();
        var ends = when == Stop.NOW ? now : known.paidUntil();
        say(
                order,
                new State.Recurring(
                        told(order.id(), status, known.paidUntil(), ends, now), List.of()));
    }

    private void say(Order order, State.Recurring said) {
        settlements.stands(order.id(), said);
    }

    private State.Paid renewal(Order order, Instant at) {
        return paid(order, "test_" + order.id() + "_" + at.getEpochSecond(), at);
    }

    private static State.Paid paid(Order order, String name, Instant at) {
        return new State.Paid(order.price(), name, at);
    }

    private static Subscription.Told told(
            UUID order, Status status, Instant until, @Nullable Instant ends, Instant at) {
        return new Subscription.Told("test_" + order, "", status, until, ends, at);
    }

    private static Instant period(Order order, Instant from) {
        var day = from.atOffset(ZoneOffset.UTC);
        boolean year = order.terms().every() == Terms.Every.YEAR;
        return (year ? day.plusYears(1) : day.plusMonths(1)).toInstant();
    }
}
