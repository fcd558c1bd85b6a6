package org.stoa.commerce.coupons;

import static org.stoa.shared.Words.say;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Ids;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.WallClock;

/** Codes that take something off a price, and whether somebody may use one. */
@Service
public class Coupons {
    static final String FIELD = "coupon";
    private static final int LONGEST = 60;
    private static final int MOST_TARGETS = 500;

    private final CouponStore store;
    private final Ids ids;
    private final Clock clock;

    Coupons(CouponStore store, Ids ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Who wants to use a coupon for what.
     *
     * @param full what it costs without, all of it
     * @param besides the order that is looked at, which is no use before itself
     */
    public record Use(UUID offer, Money full, UUID person, @Nullable UUID besides) {}

    /** The newest first. */
    Slice<Coupon> list(@Nullable String cursor, int limit) {
        var found = store.list(Slice.after(cursor), limit + 1, clock.instant());
        return Slice.of(found, limit, Coupon::id);
    }

    List<CouponStore.Target> targets() {
        return store.targets(MOST_TARGETS);
    }

    /**
     * @throws Problem.NotFound when the school has none of this id
     */
    Coupon one(UUID id) {
        return store.find(id, null, clock.instant()).orElseThrow(Coupons::none);
    }

    /**
     * @throws Problem.Invalid naming what is wrong
     * @throws Problem.Conflict when the school has one of this code, withdrawn or not
     */
    Coupon create(CouponDraft draft) {
        var coupon = draft.read(ids.next(), clock.instant());
        var offer = coupon.offer();
        if (offer != null && !store.sold(offer)) {
            throw new Problem.Invalid("offer", say("offers.none"));
        }
        if (!store.add(coupon, Caller.current().personId())) {
            throw new Problem.Conflict(say("offers.coupon.taken", coupon.code()));
        }
        return one(coupon.id());
    }

    /**
     * From now on nobody begins an order with it; those who have one keep it.
     *
     * @throws Problem.NotFound when the school has none of this id
     */
    void withdraw(UUID id) {
        if (!store.withdraw(id)) {
            throw none();
        }
    }

    /**
     * The coupon of a code as somebody typed it; null for none. For the school's office.
     *
     * @throws Problem.Invalid naming {@code coupon} when there is none of this code
     */
    public @Nullable UUID of(@Nullable String typed) {
        var code = code(typed);
        if (code.isEmpty()) {
            return null;
        }
        return store.byCode(org.stoa.shared.Characters.kept(code))
                .orElseThrow(() ->
                        refused(say("offers.refused.unknown", typed == null ? "" : shown(typed))));
    }

    /** Until the transaction ends, nobody else begins to use it. */
    public void lock(UUID id) {
        store.lock(id);
    }

    /**
     * What a coupon takes off, at most all of it. A share is rounded by {@link Money#percent}, once
     * and of the whole sum: half up to a minor unit. For the school's office.
     *
     * @throws Problem.Invalid naming {@code coupon}, with a sentence that says why it does not
     */
    public Money takesOff(UUID id, Use use) {
        var now = clock.instant();
        var coupon =
                store.find(id, use.besides(), now)
                        .orElseThrow(() -> refused(say("offers.refused.gone")));
        var why = refusal(coupon, use, now);
        if (why != null) {
            throw refused(why);
        }
        var sum = coupon.amount();
        if (sum == null) {
            return use.full().percent(BigDecimal.valueOf(percent(coupon)));
        }
        return sum.amount() < use.full().amount() ? sum : use.full();
    }

    private static long percent(Coupon coupon) {
        var percent = coupon.percent();
        return percent == null ? 0 : percent;
    }

    /** Why somebody may not use it, a sentence; null where they may. */
    private @Nullable String refusal(Coupon coupon, Use use, Instant now) {
        var zone = Caller.current().school().timeZone();
        var code = coupon.code();
        var starts = coupon.startsAt();
        var ends = coupon.endsAt();
        var sum = coupon.amount();
        if (!coupon.active()) {
            return say("offers.refused.withdrawn", code);
        }
        if (starts != null && !coupon.begun(now)) {
            return say("offers.refused.notBegun", code, WallClock.said(starts, zone));
        }
        if (ends != null && coupon.ended(now)) {
            return say("offers.refused.ended", code, WallClock.said(ends, zone));
        }
        if (coupon.offer() != null && !coupon.offer().equals(use.offer())) {
            var title = coupon.offerTitle();
            return say("offers.refused.other", code, title == null ? "" : title);
        }
        if (sum != null && !sum.currency().equals(use.full().currency())) {
            return say("offers.refused.currency", code, sum.said(), sum.currency());
        }
        if (coupon.oncePerson() && store.usedBy(use.person(), coupon.id(), use.besides(), now)) {
            return say("offers.refused.before", code);
        }
        return coupon.usedUp() ? say("offers.refused.usedUp", code) : null;
    }

    /** As it is kept: in capitals, without what stands around it. */
    static String code(@Nullable String typed) {
        return typed == null ? "" : typed.strip().toUpperCase(Locale.ROOT);
    }

    private static String shown(String typed) {
        var text = org.stoa.shared.Characters.kept(typed).strip();
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }

    private static Problem.Invalid refused(String why) {
        return new Problem.Invalid(FIELD, why);
    }

    private static Problem.NotFound none() {
        return new Problem.NotFound(say("offers.coupon.none"));
    }
}
