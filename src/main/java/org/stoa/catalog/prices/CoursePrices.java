package org.stoa.catalog.prices;

import static org.stoa.shared.Words.say;

import java.util.Optional;
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

    public Optional<Money> of(UUID course) {
        return store.find(course);
    }

    /**
     * By the course's address.
     *
     * @throws Problem.NotFound when the school has no such course
     */
    public Optional<Money> of(String course) {
        return store.find(course)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
    }

    /** From now on. Orders that were begun keep the price they were begun with. */
    @Transactional
    public void set(UUID course, Money price) {
        store.set(course, price);
        pages.changed(Caller.current().school().id());
    }

    /** From now on, the course is free. */
    @Transactional
    public void remove(UUID course) {
        store.remove(course);
        pages.changed(Caller.current().school().id());
    }
}
