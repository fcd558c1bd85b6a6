package org.stoa.enrollment;

import org.springframework.stereotype.Component;

/**
 * Lets the module above, which sells, say where the caller pays for a place. This one may not ask
 * it: arrows in this house point downward.
 */
@Component
public class Sales {
    private Cashier cashier = (course, currency, root) -> page(course);

    /** Who knows where something is paid. It is asked outside of transactions. */
    @FunctionalInterface
    public interface Cashier {
        /**
         * @param course its address
         * @param currency one that it has a price in; empty for its first
         * @param root of the school's site, without a slash at the end
         * @return an address for the payer's browser
         */
        String checkout(String course, String currency, String root);
    }

    public void soldBy(Cashier who) {
        cashier = who;
    }

    String checkout(String course, String currency, String root) {
        return cashier.checkout(course, currency, root);
    }

    /** Where somebody learns what the course costs, and goes on to pay. */
    static String page(String course) {
        return "/courses/" + course + "/join";
    }
}
