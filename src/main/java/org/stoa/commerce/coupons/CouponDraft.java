package org.stoa.commerce.coupons;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;

/**
 * A coupon as somebody wants it.
 *
 * @param code in any case; three to forty letters, digits, {@code -} and {@code _}
 * @param percent of a hundred; null where it is a sum
 * @param amount in minor units; null where it is a share
 * @param currency of the sum
 * @param offer the one offer it is for; null for all
 * @param mostUses null for no limit
 * @param oncePerson null for yes
 */
record CouponDraft(
        @Nullable String code,
        @Nullable Integer percent,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable UUID offer,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable Integer mostUses,
        @Nullable Boolean oncePerson) {
    private static final Pattern CODE = Pattern.compile("[0-9A-Z_-]{3,40}");
    private static final int WHOLE = 100;
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    /**
     * @throws Problem.Invalid naming what is wrong
     */
    Coupon read(UUID id, Instant now) {
        var errors = new ArrayList<FieldError>();
        var known = Coupons.code(code);
        if (!CODE.matcher(known).matches()) {
            errors.add(new FieldError("code", say("offers.coupon.code")));
        }
        var sum = sum(errors);
        years("startsAt", startsAt, errors);
        years("endsAt", endsAt, errors);
        if (endsAt != null && startsAt != null && !endsAt.isAfter(startsAt)) {
            errors.add(new FieldError("endsAt", say("offers.coupon.endsBefore")));
        }
        if (mostUses != null && mostUses <= 0) {
            errors.add(new FieldError("mostUses", say("offers.coupon.uses")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(List.copyOf(errors));
        }
        boolean once = oncePerson == null || oncePerson;
        return new Coupon(
                id, known, percent, sum, offer, null, startsAt, endsAt, mostUses, once, true, now,
                0);
    }

    private @Nullable Money sum(List<FieldError> errors) {
        if ((percent == null) == (amount == null)) {
            errors.add(new FieldError("percent", say("offers.coupon.oneOf")));
            return null;
        }
        if (percent != null) {
            if (percent < 1 || percent > WHOLE) {
                errors.add(new FieldError("percent", say("offers.coupon.percent")));
            }
            return null;
        }
        var code = currency == null ? "" : currency.strip().toUpperCase(Locale.ROOT);
        boolean known = Money.known(code);
        if (!known) {
            errors.add(new FieldError("currency", say("commerce.price.currency")));
        }
        if (amount == null || amount <= 0 || amount > Money.MOST) {
            errors.add(new FieldError("amount", say("commerce.price.amount")));
            return null;
        }
        return known ? new Money(amount, code) : null;
    }

    private static void years(String field, @Nullable Instant at, List<FieldError> errors) {
        if (at != null && (at.isBefore(FIRST) || !at.isBefore(LAST))) {
            errors.add(new FieldError(field, say("rules.years")));
        }
    }
}
