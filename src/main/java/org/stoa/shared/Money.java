package org.stoa.shared;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/**
 * A sum, in the minor units of its currency (ISO 4217): 4,900 EUR is 49 euros, 4,900 JPY is 4,900
 * yen, 4,900 KWD is 4.9 dinars.
 *
 * @param amount not negative
 * @param currency three capital letters
 */
public record Money(long amount, String currency) {
    /** More than anything that is taught costs, in any currency. */
    public static final long MOST = 99_999_999_99L;

    /**
     * @throws IllegalArgumentException when there is no such currency, or the amount is none
     */
    public Money {
        digits(currency);
        if (amount < 0) {
            throw new IllegalArgumentException("A sum is not negative: " + amount);
        }
    }

    /** Whether people pay with a currency of this name. */
    public static boolean known(String currency) {
        try {
            return digits(currency) >= 0;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static int digits(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException("Nobody pays with " + currency);
        }
        return digits;
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(amount, same(other).amount), currency);
    }

    /**
     * @throws IllegalArgumentException when less than nothing would be left
     */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(amount, same(other).amount), currency);
    }

    /**
     * A share of it, rounded half up to a whole minor unit. The one place where money is rounded.
     *
     * @param percent of a hundred, not negative
     */
    public Money percent(BigDecimal percent) {
        BigInteger share =
                BigDecimal.valueOf(amount)
                        .multiply(percent)
                        .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
                        .toBigIntegerExact();
        return new Money(share.longValueExact(), currency);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency);
        }
        return other;
    }

    /** In the currency's own unit: {@code 49.00}. */
    public BigDecimal units() {
        return BigDecimal.valueOf(amount, digits(currency));
    }

    /** As prices are written in the language that is spoken: {@code €49}, {@code 49,50 €}. */
    public String said() {
        return said(Words.language().locale());
    }

    String said(Locale locale) {
        var format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(Currency.getInstance(currency));
        var units = units();
        boolean whole = units.stripTrailingZeros().scale() <= 0;
        format.setMinimumFractionDigits(whole ? 0 : units.scale());
        format.setMaximumFractionDigits(whole ? 0 : units.scale());
        return format.format(units);
    }

    @Override
    public String toString() {
        return units().toPlainString() + " " + currency;
    }
}
