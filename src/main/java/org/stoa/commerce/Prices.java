package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.CourseLockStore;
import org.stoa.catalog.prices.CoursePrices;
import org.stoa.shared.Ids;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;

/** Sets what courses cost: the simple case of an offer. */
@Service
public class Prices {
    private final CourseLockStore courses;
    private final CoursePrices shown;
    private final OfferStore offers;
    private final Ids ids;
    private final Clock clock;

    Prices(CourseLockStore courses, CoursePrices shown, OfferStore offers, Ids ids, Clock clock) {
        this.courses = courses;
        this.shown = shown;
        this.offers = offers;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The first one in front; empty where it is free.
     *
     * @throws Problem.NotFound when the school has no such course
     */
    public List<Money> of(String course) {
        return shown.of(course);
    }

    /**
     * From now on, these and no others; who is in stays in, and an order that was begun keeps its
     * price until somebody asks for it anew.
     *
     * @param prices at least one, no two in one currency; the first is what it costs where nobody
     *     chose a currency
     * @throws Problem.NotFound when the school has no such course
     */
    @Transactional
    public void set(String course, List<Money> prices) {
        var id = lock(course);
        offers.sell(ids.next(), id, prices, clock.instant());
        shown.set(id, prices);
    }

    /**
     * From now on the course is free.
     *
     * @throws Problem.NotFound when the school has no such course
     */
    @Transactional
    public void remove(String course) {
        var id = lock(course);
        offers.withdraw(id);
        shown.remove(id);
    }

    private UUID lock(String course) {
        return courses.lock(course)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
    }
}
