package org.stoa.commerce.offers;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.commerce.Checkouts;
import org.stoa.commerce.Fulfilments;
import org.stoa.commerce.Office;
import org.stoa.commerce.PriceList;
import org.stoa.commerce.Reckoning;
import org.stoa.commerce.Terms;
import org.stoa.commerce.Wish;
import org.stoa.commerce.billing.Billing;
import org.stoa.commerce.coupons.Coupons;
import org.stoa.enrollment.Admission;
import org.stoa.enrollment.Admissions;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;

/** From an offer to the page where it is paid. What it costs is reckoned here, never sent. */
@Service
public class Purchases {
    private static final int MOST = 1000;

    private final Checkouts checkouts;
    private final Reckoning reckoning;
    private final Fulfilments fulfilments;
    private final Coupons coupons;
    private final Admissions admissions;
    private final Billing billing;

    Purchases(
            Checkouts checkouts,
            Reckoning reckoning,
            Fulfilments fulfilments,
            Coupons coupons,
            Admissions admissions,
            Billing billing) {
        this.checkouts = checkouts;
        this.reckoning = reckoning;
        this.fulfilments = fulfilments;
        this.coupons = coupons;
        this.admissions = admissions;
        this.billing = billing;
    }

    /** Whether tax comes on top of what is shown here. */
    boolean taxOnTop() {
        return Office.here().get(billing::onTop);
    }

    /**
     * How somebody wants to buy an offer; what is null or empty is as it is offered.
     *
     * @param coupon a code, in any case
     * @param buys {@code own}, {@code seats} or {@code gift}
     */
    record Choice(
            @Nullable String currency,
            @Nullable String coupon,
            @Nullable Integer quantity,
            @Nullable String buys) {}

    boolean teams(Offer offer) {
        return offer.teams() && fulfilments.knows(Terms.Buys.SEATS);
    }

    boolean gifts(Offer offer) {
        return offer.gifts() && fulfilments.knows(Terms.Buys.GIFT);
    }

    /**
     * @throws Problem.Invalid naming what is not sold so
     */
    Wish wish(Offer offer, Choice choice) {
        var errors = new ArrayList<FieldError>();
        var currency = PriceList.chosen(choice.currency(), offer.prices(), errors);
        var buys = buys(offer, choice, errors);
        int quantity = choice.quantity() == null ? 1 : choice.quantity();
        if (quantity < 1 || quantity > MOST) {
            errors.add(new FieldError("quantity", say("offers.wrong.quantity")));
        } else if (quantity > 1 && buys != Terms.Buys.SEATS) {
            errors.add(new FieldError("quantity", say("offers.wrong.one")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(List.copyOf(errors));
        }
        var coupon = Office.here().get(() -> Optional.ofNullable(coupons.of(choice.coupon())));
        return new Wish(offer.id(), currency, buys, quantity, coupon.orElse(null));
    }

    private Terms.Buys buys(Offer offer, Choice choice, List<FieldError> errors) {
        return switch (typed(choice.buys())) {
            case "", "own" -> Terms.Buys.OWN;
            case "seats" -> {
                if (!teams(offer)) {
                    errors.add(new FieldError("buys", say("offers.wrong.noSeats")));
                }
                yield Terms.Buys.SEATS;
            }
            case "gift" -> {
                if (!gifts(offer)) {
                    errors.add(new FieldError("buys", say("offers.wrong.noGifts")));
                }
                yield Terms.Buys.GIFT;
            }
            default -> {
                errors.add(new FieldError("buys", say("offers.wrong.buys")));
                yield Terms.Buys.OWN;
            }
        };
    }

    private static String typed(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /**
     * @throws Problem.Invalid naming {@code coupon} or {@code quantity}
     * @throws Problem.NotFound when it is not sold any more
     */
    Reckoning.Bill bill(Wish wish) {
        return reckoning.of(wish).orElseThrow(OfferBook::none);
    }

    /**
     * @param root of the school's site, without a slash at the end
     * @throws Problem.Invalid naming {@code coupon} or {@code quantity}
     */
    Checkouts.Begun buy(Offer offer, Wish wish, String root) {
        var why = wish.buys() == Terms.Buys.OWN ? refusal(offer) : null;
        return why == null
                ? checkouts.begin(wish, root, "/offers/" + offer.id())
                : new Checkouts.Begun.Refused(why);
    }

    /** The addresses of its courses that the caller need not pay for. */
    Set<String> open(Offer offer) {
        return offer.courses().stream()
                .filter(Offer.Course::published)
                .map(Offer.Course::slug)
                .filter(it -> admissions.to(it) instanceof Admission.Open)
                .collect(Collectors.toSet());
    }

    /** Why the caller cannot come into what is sold, or need not pay for it; null otherwise. */
    private @Nullable String refusal(Offer offer) {
        var zone = Caller.current().school().timeZone();
        boolean open = true;
        for (var course : offer.courses()) {
            if (!course.published()) {
                return say("offers.course", course.title(), say("offers.unpublished"));
            }
            var why = admissions.to(course.slug());
            if (!welcome(why, offer)) {
                return say("offers.course", course.title(), why.sentence(zone));
            }
            open &= why instanceof Admission.Open;
        }
        return open ? say("offers.allOpen") : null;
    }

    /** Also into what is to be learned after something else that is bought with it. */
    private static boolean welcome(Admission why, Offer offer) {
        return switch (why) {
            case Admission.Open open -> true;
            case Admission.ForSale sold -> true;
            case Admission.First(var courses) ->
                    courses.stream().allMatch(it -> offer.slugs().contains(it.slug()));
            default -> false;
        };
    }
}
