package org.stoa.commerce.stripe;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.stoa.commerce.ProviderTrouble;
import org.stoa.shared.Money;

/**
 * Sums as Stripe writes them, which is not ISO 4217 everywhere: see {@code
 * docs.stripe.com/currencies}, zero-decimal and special cases.
 */
final class StripeMoney {
    private static final Set<String> WHOLE =
            Set.of(
                    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND",
                    "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
    private static final int TEN = 10;

    private StripeMoney() {}

    /**
     * @throws ProviderTrouble when Stripe cannot charge this sum
     */
    static long amount(Money money) {
        try {
            long amount = money.units().movePointRight(digits(money.currency())).longValueExact();
            if (THOUSANDTHS.contains(money.currency()) && amount % TEN != 0) {
                throw new ArithmeticException("The last of three decimals must be zero");
            }
            return amount;
        } catch (ArithmeticException e) {
            throw new ProviderTrouble(true, "Stripe cannot charge exactly " + money, e);
        }
    }

    static String currency(Money money) {
        return money.currency().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when it is no sum of a currency that is known here
     */
    static Money money(long amount, String currency) {
        var code = currency.toUpperCase(Locale.ROOT);
        var units = BigDecimal.valueOf(amount, digits(code));
        int scale = new Money(0, code).units().scale();
        try {
            return new Money(units.movePointRight(scale).longValueExact(), code);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(units + " " + code + " is no sum", e);
        }
    }

    private static int digits(String currency) {
        return WHOLE.contains(currency) ? 0 : THOUSANDTHS.contains(currency) ? 3 : 2;
    }
}
