package org.stoa.commerce;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What follows from a paid order, by what it buys. */
@Component
public class Fulfilments {
    private final Map<Terms.Buys, Fulfilment> all = new EnumMap<>(Terms.Buys.class);

    Fulfilments(List<Fulfilment> all) {
        all.forEach(it -> this.all.put(it.buys(), it));
    }

    /** Whether this can be bought: somebody sees to what follows from it. */
    public boolean knows(Terms.Buys buys) {
        return all.containsKey(buys);
    }

    Fulfilment of(Order order) {
        var fulfilment = all.get(order.terms().buys());
        if (fulfilment == null) {
            throw new IllegalStateException("Nobody fulfils " + order.terms().buys());
        }
        return fulfilment;
    }
}
