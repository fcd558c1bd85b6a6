package org.stoa.commerce;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.enrollment.Enrolled;
import org.stoa.enrollment.Grant;
import org.stoa.enrollment.Grants;

/** What was bought for oneself: access to the courses of the order, as long as it is paid. */
@Component
class OwnAccess implements Fulfilment {
    private final OrderStore orders;
    private final Grants grants;

    OwnAccess(OrderStore orders, Grants grants) {
        this.orders = orders;
        this.grants = grants;
    }

    @Override
    public Terms.Buys buys() {
        return Terms.Buys.OWN;
    }

    @Override
    public boolean give(Order order, @Nullable Instant until) {
        var grant = new Grant(source(order), order.id().toString(), until);
        for (var course : orders.courses(order.id())) {
            if (grants.give(order.person(), course, grant) instanceof Enrolled.Full) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void prolong(Order order, @Nullable Instant until) {
        grants.prolong(source(order), order.id().toString(), until);
    }

    @Override
    public void end(Order order) {
        grants.end(source(order), order.id().toString());
    }

    private static Grant.Source source(Order order) {
        return order.terms().recurs() ? Grant.Source.SUBSCRIPTION : Grant.Source.PURCHASE;
    }
}
