package org.stoa.catalog.prices;

import static org.stoa.shared.Words.say;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.cache.CachedPages;

/** What courses cost, as the catalog shows it. A course without a price is free. */
@Service
public class CoursePrices {
    private final CoursePriceStore store;
    private final CachedPages pages;

    CoursePrices(CoursePriceStore store, CachedPages pages) {
        this.store = store;
        this.pages = pages;
    }

    /** The first one in front; none where it is free. */
    public List<Money> of(UUID course) {
        return store.find(course);
    }

    /**
     * The same by the course's address.
     *
     * @throws Problem.NotFound when the school has no such course
     */
    public List<Money> of(String course) {
        return store.find(course)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
    }

    /**
     * From now on, the first one in front. Orders that were begun keep the price they were begun
     * with.
     */
    @Transactional
    public void set(UUID course, List<Money> prices) {
        store.set(course, prices);
        pages.changed(Caller.current().school().id());
    }

    /** From now on, the course is free. */
    @Transactional
    public void remove(UUID course) {
        store.remove(course);
        pages.changed(Caller.current().school().id());
    }
}
