package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.enrollment.Enrolled;
import org.stoa.enrollment.Grant;
import org.stoa.enrollment.Grants;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;

/** Access brought to what the money says, by hand: where it went wrong, and somebody saw it. */
@Service
public class Access {
    private static final List<Grant.Source> SOLD =
            List.of(
                    Grant.Source.PURCHASE,
                    Grant.Source.SUBSCRIPTION,
                    Grant.Source.SEAT,
                    Grant.Source.GIFT);

    private final OrderStore orders;
    private final Grants grants;
    private final Subscriptions subscriptions;
    private final Fulfilments fulfilments;
    private final Office office;
    private final Ids ids;
    private final Clock clock;

    Access(
            OrderStore orders,
            Grants grants,
            Subscriptions subscriptions,
            Fulfilments fulfilments,
            Office office,
            Ids ids,
            Clock clock) {
        this.orders = orders;
        this.grants = grants;
        this.subscriptions = subscriptions;
        this.fulfilments = fulfilments;
        this.office = office;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Gives the buyer of a paid order access to a course of it; where it was bought for others,
     * whoever took it.
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
            boolean given =
                    known.terms().buys() == Terms.Buys.OWN
                            ? !(grants.give(
                                            known.person(),
                                            course,
                                            Grant.of(Grant.Source.PURCHASE, order))
                                    instanceof Enrolled.Full)
                            : fulfilments.of(known).give(known, null);
            if (!given) {
                throw new Problem.Conflict(say("commerce.access.full"));
            }
            happened(known, "access-given", by);
        });
    }

    /**
     * Ends the access that comes from this, unless it is paid.
     *
     * @param reference what the access names as its reason
     * @param of the order that it comes from; null where there is none
     * @param by who does it
     * @throws Problem.Conflict when it is paid by now, or whoever else has a right to it finds no
     *     place any more; nothing has changed
     */
    public void end(String reference, @Nullable UUID of, UUID by) {
        office.together(() -> {
            var order = of == null ? null : orders.lock(of).orElse(null);
            boolean own = order == null || order.terms().buys() == Terms.Buys.OWN;
            if (order != null && own && order.terms().recurs()) {
                subscriptions.takes(order);
                happened(order, "access-ended", by);
                return;
            }
            if (order != null && own && order.status() == OrderStatus.PAID) {
                throw new Problem.Conflict(say("commerce.access.changed"));
            }
            SOLD.forEach(it -> grants.end(it, reference));
            if (order != null) {
                // Somebody else may have the seat that this access named.
                if (!own && !stays(order)) {
                    throw new Problem.Conflict(say("commerce.access.full"));
                }
                happened(order, "access-ended", by);
            }
        });
    }

    /** Whoever took what an order bought for others has it, as far as it is paid. */
    private boolean stays(Order order) {
        if (order.status() != OrderStatus.PAID) {
            return true;
        }
        return order.terms().recurs()
                ? !subscriptions.holds(order) || subscriptions.gives(order)
                : fulfilments.of(order).give(order, null);
    }

    private void happened(Order order, String what, UUID by) {
        orders.happened(
                new OrderStore.Happened(
                        ids.next(), order.id(), clock.instant(), what, order.status(), by, ""));
    }
}
