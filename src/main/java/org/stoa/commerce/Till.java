package org.stoa.commerce;

import org.springframework.stereotype.Component;
import org.stoa.enrollment.Sales;
import org.stoa.shared.Problem;

/** Tells the module below where a place is paid for. */
@Component
class Till {
    private final Checkouts checkouts;

    Till(Sales sales, Checkouts checkouts) {
        this.checkouts = checkouts;
        sales.soldBy(this::address);
    }

    private String address(String course, String currency, String root) {
        return switch (checkouts.begin(course, currency, root)) {
            case Checkouts.Begun.Pay(var order, var url) -> url;
            case Checkouts.Begun.Awaiting(var order) -> root + "/orders/" + order + "/done";
            case Checkouts.Begun.Paid(var order) -> root + "/orders/" + order + "/done";
            // They came in, or the course became free, between two looks at it.
            case Checkouts.Begun.NothingToPay n -> root + "/courses/" + course;
            case Checkouts.Begun.Refused(var why) -> throw new Problem.Conflict(why);
        };
    }
}
