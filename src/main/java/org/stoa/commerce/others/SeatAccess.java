package org.stoa.commerce.others;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.commerce.Fulfilment;
import org.stoa.commerce.Order;
import org.stoa.commerce.Terms;
import org.stoa.enrollment.Enrolled;
import org.stoa.enrollment.Grant;
import org.stoa.enrollment.Grants;
import org.stoa.shared.Ids;

/** What was bought for a team: as many seats as were paid for, and access for who takes them. */
@Component
class SeatAccess implements Fulfilment {
    private final SeatStore seats;
    private final BoughtStore bought;
    private final Grants grants;
    private final Ids ids;
    private final Clock clock;

    SeatAccess(SeatStore seats, BoughtStore bought, Grants grants, Ids ids, Clock clock) {
        this.seats = seats;
        this.bought = bought;
        this.grants = grants;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Terms.Buys buys() {
        return Terms.Buys.SEATS;
    }

    @Override
    public boolean give(Order order, @Nullable Instant until) {
        if (seats.of(order.id()).isEmpty()) {
            seats.add(
                    order.id(),
                    Stream.generate(ids::next).limit(order.terms().quantity()).toList());
        }
        seats.open(order.id(), until);
        for (var seat : seats.taken(order.id())) {
            if (!give(seat, java.util.Objects.requireNonNull(seat.person()), until)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Access to all courses of the seat's order.
     *
     * @return false where one of them is full; the caller takes all of it back
     */
    boolean give(Seat seat, UUID person, @Nullable Instant until) {
        var grant = new Grant(Grant.Source.SEAT, seat.id().toString(), until);
        for (var course : bought.courses(seat.order())) {
            if (grants.give(person, course, grant) instanceof Enrolled.Full) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void prolong(Order order, @Nullable Instant until) {
        seats.open(order.id(), until);
        seats.of(order.id()).stream()
                .filter(Seat::taken)
                .forEach(it -> grants.prolong(Grant.Source.SEAT, it.id().toString(), until));
    }

    @Override
    public void end(Order order) {
        seats.end(order.id(), clock.instant());
        seats.of(order.id()).stream().filter(Seat::taken).forEach(this::end);
    }

    void end(Seat seat) {
        grants.end(Grant.Source.SEAT, seat.id().toString());
    }
}
