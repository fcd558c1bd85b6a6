package org.stoa.commerce.offers;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.commerce.Terms;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/** What a school sells beside single courses. */
@Service
public class OfferBook {
    private static final int MOST_CHOICES = 500;
    private static final int MOST_OF_A_COURSE = 20;

    private final OfferBookStore store;
    private final Ids ids;
    private final Clock clock;

    OfferBook(OfferBookStore store, Ids ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** The newest first; what was withdrawn is for administrators alone. */
    Slice<Offer> list(@Nullable String cursor, int limit) {
        var found = store.list(admin(), Slice.after(cursor), limit + 1);
        return Slice.of(found, limit, Offer::id);
    }

    /**
     * Any that the caller may see, courses' own prices too.
     *
     * @throws Problem.NotFound when there is none
     */
    Offer one(UUID id) {
        return store.find(id).filter(it -> it.active() || admin()).orElseThrow(OfferBook::none);
    }

    /**
     * One that can be bought.
     *
     * @throws Problem.NotFound when there is none, or not any more
     */
    Offer sold(UUID id) {
        return store.find(id).filter(Offer::active).orElseThrow(OfferBook::none);
    }

    /** Those that a course is in, its own price first. */
    List<Offer> of(String course) {
        return store.of(course, MOST_OF_A_COURSE);
    }

    List<OfferBookStore.Choice> choices() {
        return store.choices(MOST_CHOICES);
    }

    /**
     * @throws Problem.Invalid naming each wrong field
     */
    Offer create(OfferDraft draft) {
        var read = checked(draft);
        var id = ids.next();
        store.add(id, read, clock.instant());
        return one(id);
    }

    /**
     * From now on; who bought it keeps what was agreed on.
     *
     * @throws Problem.NotFound when there is no such offer, or it is a course's own price
     * @throws Problem.Invalid naming each wrong field; how it is paid cannot be changed
     */
    Offer change(UUID id, OfferDraft draft) {
        var present = own(id);
        var read = checked(draft);
        if (read.kind() != present.kind()
                || read.every() != present.every()
                || read.trialDays() != present.trialDays()
                || !Objects.equals(read.parts(), present.parts())) {
            throw new Problem.Invalid("kind", say("offers.wrong.kindStays"));
        }
        store.change(id, read);
        return one(id);
    }

    /**
     * Nobody buys it from now on. Said again, it changes nothing.
     *
     * @throws Problem.NotFound when there is no such offer, or it is a course's own price
     */
    void withdraw(UUID id) {
        own(id);
        store.withdraw(id);
    }

    /** An offer beside courses' own prices. */
    Offer own(UUID id) {
        return store.find(id).filter(it -> it.course() == null).orElseThrow(OfferBook::none);
    }

    private OfferDraft.Read checked(OfferDraft draft) {
        var read = draft.read();
        var published = store.published(read.courses());
        var errors =
                read.courses().stream()
                        .filter(it -> !published.contains(it))
                        .map(it -> new FieldError("courses", say("offers.wrong.course", it)))
                        .toList();
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        return read;
    }

    private static boolean admin() {
        return Caller.current().isAtLeast(Role.ADMIN);
    }

    static Problem.NotFound none() {
        return new Problem.NotFound(say("offers.none"));
    }

    /** How it is paid, in words: {@code once}, {@code each month, the first 14 days free}. */
    static String paid(Offer offer) {
        var every = offer.every();
        var often = every == null ? Terms.Kind.ONCE.word() : every.word();
        return say(
                "offers.paid",
                offer.kind().word(),
                often,
                offer.trialDays(),
                offer.parts() == null ? 0 : offer.parts());
    }
}
