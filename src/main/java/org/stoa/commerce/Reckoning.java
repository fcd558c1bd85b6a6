package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.commerce.coupons.Coupons;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/** What a wish comes to, all in all: the one place where prices are reckoned. */
@Service
public class Reckoning {
    private final OfferStore offers;
    private final Coupons coupons;

    Reckoning(OfferStore offers, Coupons coupons) {
        this.offers = offers;
        this.coupons = coupons;
    }

    /**
     * @param price what is paid: the whole of it, or where it is paid more than once, each time
     * @param discount minor units that a coupon took off
     */
    public record Bill(Money price, long discount) {
        /** What it would cost without a coupon. */
        public Money full() {
            return price.plus(new Money(discount, price.currency()));
        }
    }

    /**
     * What it would cost the caller now; empty where it is not sold so.
     *
     * @throws Problem.Invalid naming {@code coupon} or {@code quantity}
     */
    public Optional<Bill> of(Wish wish) {
        var caller = Caller.current();
        var person = caller.personId();
        return Caller.office(caller.school()).get(() -> of(wish, person, null));
    }

    /**
     * For the school's office.
     *
     * @param besides an order of this wish that there is already; null for none
     */
    Optional<Bill> of(Wish wish, UUID person, @Nullable UUID besides) {
        return offers.unit(wish.offer(), wish.currency())
                .map(unit -> bill(unit, wish, person, besides));
    }

    private Bill bill(OfferStore.Unit unit, Wish wish, UUID person, @Nullable UUID besides) {
        long sum = Math.multiplyExact(unit.price().amount(), (long) wish.quantity());
        if (sum > Money.MOST) {
            throw new Problem.Invalid("quantity", say("offers.tooMuch"));
        }
        var full = new Money(sum, unit.price().currency());
        var coupon = wish.coupon();
        if (coupon == null) {
            return new Bill(full, 0);
        }
        var off = coupons.takesOff(coupon, new Coupons.Use(wish.offer(), full, person, besides));
        if (unit.recurs() && off.equals(full)) {
            // Nothing would ever be paid, so nothing would ever end.
            throw new Problem.Invalid("coupon", say("offers.refused.nothingLeft"));
        }
        return new Bill(full.minus(off), off.amount());
    }
}
