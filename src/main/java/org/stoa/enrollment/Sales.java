package org.stoa.enrollment;

import java.util.function.BinaryOperator;
import org.springframework.stereotype.Component;

/**
 * Lets the module above, which sells, say where the caller pays for a place. This one may not ask
 * it: arrows in this house point downward.
 */
@Component
public class Sales {
    private BinaryOperator<String> till = (course, root) -> page(course);

    /**
     * Says who knows: by the course's address and the root of the school's site, an address for the
     * payer's browser. It is asked outside of transactions.
     */
    public void soldBy(BinaryOperator<String> who) {
        till = who;
    }

    String checkout(String course, String root) {
        return till.apply(course, root);
    }

    /** Where somebody learns what the course costs, and goes on to pay. */
    static String page(String course) {
        return "/courses/" + course + "/join";
    }
}
