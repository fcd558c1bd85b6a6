package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.stoa.enrollment.Enrolled;
import org.stoa.enrollment.Grant;
import org.stoa.enrollment.Grants;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;

/** Access brought to what the money says, by hand: where it went wrong, and somebody saw it. */
@Service
public class Access {
    private final OrderStore orders;
    private final Grants grants;
    private final Subscriptions subscriptions;
    private final Office office;
    private final Ids ids;
    private final Clock clock;

    Access(
            OrderStore orders,
            Grants grants,
            Subscriptions subscriptions,
            Office office,
            Ids ids,
            Clock clock) {
        this.orders = orders;
        this.grants = grants;
        this.subscriptions = subscriptions;
        this.office = office;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Gives the buyer of a paid order access to a course of it.
     *
     * @param by who does it
     * @throws Problem.NotFound when there is no such order, or its buyer is no member any more
     * @throws Problem.Conflict when it is not paid now, or the course is full; nothing has changed
     */
    public void give(UUID order, UUID course, UUID by) {
        office.together(() -> {
            var known = orders.lock(order).orElseThrow(Refunds::noOrder);
            if (known.status() != OrderStatus.PAID || !orders.courses(order).contains(course)) {
                throw new Problem.Conflict(say("commerce.access.changed"));
            }
            if (known.terms().recurs()) {
                if (!subscriptions.gives(known)) {
                    throw new Problem.Conflict(say("commerce.access.full"));
                }
                happened(known, "access-given", by);
                return;
            }
            var given = grants.give(known.person(), course, Grant.of(Grant.Source.PURCHASE, order));
            if (given instanceof Enrolled.Full) {
                throw new Problem.Conflict(say("commerce.access.full"));
            }
            happened(known, "access-given", by);
        });
    }

    /**
     * Ends the access that comes from an order, unless that is paid.
     *
     * @param reference the order's id, or what stands in its place
     * @param by who does it
     * @throws Problem.Conflict when it is paid by now
     */
    public void end(String reference, UUID by) {
        office.together(() -> {
            var order = order(reference);
            if (order != null && order.terms().recurs()) {
                subscriptions.takes(order);
                happened(order, "access-ended", by);
                return;
            }
            if (order != null && order.status() == OrderStatus.PAID) {
                throw new Problem.Conflict(say("commerce.access.changed"));
            }
            grants.end(Grant.Source.PURCHASE, reference);
            grants.end(Grant.Source.SUBSCRIPTION, reference);
            if (order != null) {
                happened(order, "access-ended", by);
            }
        });
    }

    private @org.jspecify.annotations.Nullable Order order(String reference) {
        try {
            return orders.lock(UUID.fromString(reference)).orElse(null);
        } catch (IllegalArgumentException noOrder) {
            return null;
        }
    }

    private void happened(Order order, String what, UUID by) {
        orders.happened(
                new OrderStore.Happened(
                        ids.next(), order.id(), clock.instant(), what, order.status(), by, ""));
    }
}
