package org.stoa.commerce.others;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.commerce.Fulfilment;
import org.stoa.commerce.Order;
import org.stoa.commerce.Terms;
import org.stoa.enrollment.Enrolled;
import org.stoa.enrollment.Grant;
import org.stoa.enrollment.Grants;

/** What was bought as a gift: access for whoever takes it. */
@Component
class GiftAccess implements Fulfilment {
    private final GiftStore gifts;
    private final BoughtStore bought;
    private final Grants grants;
    private final Clock clock;

    GiftAccess(GiftStore gifts, BoughtStore bought, Grants grants, Clock clock) {
        this.gifts = gifts;
        this.bought = bought;
        this.grants = grants;
        this.clock = clock;
    }

    @Override
    public Terms.Buys buys() {
        return Terms.Buys.GIFT;
    }

    @Override
    public boolean give(Order order, @Nullable Instant until) {
        gifts.add(order.id(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        gifts.open(order.id(), until);
        var taken = gifts.find(order.id()).orElseThrow().person();
        return taken == null || !gifts.takenByMember(order.id()) || give(order.id(), taken, until);
    }

    /**
     * Access to all courses of the order.
     *
     * @return false where one of them is full; the caller takes all of it back
     */
    boolean give(UUID order, UUID person, @Nullable Instant until) {
        var grant = new Grant(Grant.Source.GIFT, order.toString(), until);
        for (var course : bought.courses(order)) {
            if (grants.give(person, course, grant) instanceof Enrolled.Full) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void prolong(Order order, @Nullable Instant until) {
        gifts.open(order.id(), until);
        grants.prolong(Grant.Source.GIFT, order.id().toString(), until);
    }

    @Override
    public void end(Order order) {
        gifts.end(order.id(), clock.instant());
        grants.end(Grant.Source.GIFT, order.id().toString());
    }
}
