package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Money;
import org.stoa.shared.Problem.FieldError;

/** Prices as somebody asks for them, at most one in each currency. */
public final class PriceList {
    public static final int MOST = 20;

    private PriceList() {}

    /**
     * @param amount in minor units
     * @param currency by ISO 4217, in whatever case
     */
    public record Price(@Nullable Long amount, @Nullable String currency) {}

    /**
     * Those that are prices; what is wrong with the others is added to the errors.
     *
     * @param field what one's fields are called: what stands before {@code amount} and {@code
     *     currency}
     */
    public static List<Money> read(
            List<@Nullable Price> given, IntFunction<String> field, List<FieldError> errors) {
        var sums = new ArrayList<Money>();
        var seen = new HashSet<String>();
        for (int i = 0; i < given.size() && i < MOST; i++) {
            var one = given.get(i);
            var amount = one == null ? null : one.amount();
            var code = code(one == null ? null : one.currency());
            var name = field.apply(i);
            boolean priced = amount != null && amount > 0 && amount <= Money.MOST;
            if (!priced) {
                errors.add(new FieldError(name + "amount", say("commerce.price.amount")));
            }
            if (!Money.known(code)) {
                errors.add(new FieldError(name + "currency", say("commerce.price.currency")));
            } else if (!seen.add(code)) {
                errors.add(new FieldError(name + "currency", say("offers.wrong.twice", code)));
            } else if (amount != null && priced) {
                sums.add(new Money(amount, code));
            }
        }
        return sums;
    }

    /**
     * The currency that a buyer chose; null for the first one that there is. One that it is not
     * sold in is added to the errors.
     */
    public static @Nullable String chosen(
            @Nullable String typed, List<Money> prices, List<FieldError> errors) {
        var code = code(typed);
        var sold = prices.stream().map(Money::currency).toList();
        if (!code.isEmpty() && !sold.contains(code)) {
            var words = say("offers.wrong.currency", String.join(", ", sold));
            errors.add(new FieldError("currency", words));
        }
        return code.isEmpty() ? null : code;
    }

    private static String code(@Nullable String typed) {
        return typed == null ? "" : typed.strip().toUpperCase(Locale.ROOT);
    }
}
