package org.stoa.commerce;

import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.stoa.enrollment.waiting.WaitingList;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Caller;

/** Writes how an order stands by now, with a line in its history, and tells who listens. */
@Component
class OrderMoves {
    private final OrderStore orders;
    private final WaitingList waiting;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    OrderMoves(
            OrderStore orders,
            WaitingList waiting,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.orders = orders;
        this.waiting = waiting;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param what a word for the history
     */
    void change(
            Order order, OrderStatus status, long paid, long returned, String what, String detail) {
        orders.change(order, status, paid, returned, clock.instant());
        happened(order, status, what, detail);
        if (status != order.status()) {
            events.publishEvent(
                    new OrderChanged(
                            Caller.current().school().id(), order.id(), order.person(), status));
        }
    }

    void happened(Order order, OrderStatus status, String what, String detail) {
        orders.happened(
                new OrderStore.Happened(
                        ids.next(), order.id(), clock.instant(), what, status, null, detail));
    }

    void renewalFailed(Order order) {
        happened(order, order.status(), "renewal-failed", "");
        events.publishEvent(
                new RenewalFailed(Caller.current().school().id(), order.id(), order.person()));
    }

    /** Whoever bought has paid, and found no place: they are next. */
    void queue(Order order) {
        orders.courses(order.id()).forEach(it -> waiting.await(order.person(), it));
    }
}
