package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.CourseLockStore;
import org.stoa.catalog.prices.CoursePrices;
import org.stoa.shared.Ids;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;

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
     * @throws Problem.NotFound when the school has no such course
     */
    public Optional<Money> of(String course) {
        return shown.of(course);
    }

    /**
     * From now on; who is in stays in, and an order that was begun keeps its price until somebody
     * asks for it anew.
     *
     * @param amount in minor units
     * @param currency by ISO 4217, in whatever case
     * @throws Problem.NotFound when the school has no such course
     * @throws Problem.Invalid naming {@code amount} or {@code currency}
     */
    @Transactional
    public Money set(String course, @Nullable Long amount, @Nullable String currency) {
        var id = lock(course);
        var price = price(amount, currency);
        offers.sell(ids.next(), id, price, clock.instant());
        shown.set(id, price);
        return price;
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

    private static Money price(@Nullable Long amount, @Nullable String currency) {
        var errors = new ArrayList<FieldError>();
        if (amount == null || amount <= 0 || amount > Money.MOST) {
            errors.add(new FieldError("amount", say("commerce.price.amount")));
        }
        var code = currency == null ? "" : currency.strip().toUpperCase(Locale.ROOT);
        if (!Money.known(code)) {
            errors.add(new FieldError("currency", say("commerce.price.currency")));
        }
        if (amount == null || !errors.isEmpty()) {
            throw new Problem.Invalid(List.copyOf(errors));
        }
        return new Money(amount, code);
    }
}
