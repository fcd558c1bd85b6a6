package org.stoa.shared;

import static org.stoa.shared.Words.say;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sums as people type them: {@code 49}, {@code 49.50}, {@code 49,50}, {@code 1.234,50}, {@code €
 * 49}. What could mean two sums, as {@code 1.000} for euros, is none: nobody shall be charged what
 * was not meant.
 */
public final class MoneyText {
    private static final int MOST_DIGITS = 12;
    private static final int GROUP = 3;
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u2009\\u202f'’_]");
    private static final Pattern SHAPE = Pattern.compile("[0-9]+(?:[.,][0-9]+)*");
    private static final Pattern GROUPED =
            Pattern.compile("[0-9]{1,3}(?:([.,])[0-9]{3}(?:\\1[0-9]{3})*)");

    private MoneyText() {}

    /**
     * @param currency one that there is
     * @throws Problem.Invalid for the field {@code amount}, saying what to write instead
     */
    public static Money read(String typed, String currency) {
        var text = bare(typed, currency);
        var amount = amount(text, digits(currency));
        if (amount != null) {
            return new Money(amount, currency);
        }
        throw new Problem.Invalid("amount", wrong(text, currency));
    }

    /** As it would be typed: {@code 49}, {@code 49.50}. */
    public static String of(Money money) {
        var units = money.units();
        return units.stripTrailingZeros().scale() <= 0
                ? units.toBigInteger().toString()
                : units.toPlainString();
    }

    private static String wrong(String text, String currency) {
        int digits = digits(currency);
        var meant = text.replace('O', '0').replace('o', '0').replace('l', '1').replace('I', '1');
        if (!meant.equals(text) && amount(meant, digits) != null) {
            return say("problem.money.letter", meant);
        }
        var example = example(digits);
        return SHAPE.matcher(text).matches()
                ? say("problem.money.digits", currency, digits, example)
                : say("problem.money.none", example);
    }

    private static String example(int digits) {
        return switch (digits) {
            case 0 -> "4900";
            case GROUP -> "4.900";
            default -> "49.50";
        };
    }

    private static int digits(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }

    /** Without spaces and without the currency, which may stand before or behind. */
    private static String bare(String typed, String currency) {
        var text = SPACES.matcher(typed).replaceAll("");
        var its = Currency.getInstance(currency);
        var upper = text.toUpperCase(Locale.ROOT);
        for (var name :
                List.of(
                        currency,
                        its.getSymbol(Locale.US).toUpperCase(Locale.ROOT),
                        its.getSymbol(Words.language().locale()).toUpperCase(Locale.ROOT))) {
            if (upper.startsWith(name)) {
                return text.substring(name.length());
            }
            if (upper.endsWith(name)) {
                return text.substring(0, text.length() - name.length());
            }
        }
        return text;
    }

    private static @Nullable Long amount(String text, int digits) {
        if (!SHAPE.matcher(text).matches()) {
            return null;
        }
        int mark = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
        var whole = mark < 0 ? text : text.substring(0, mark);
        var rest = mark < 0 ? "" : text.substring(mark + 1);
        boolean one = mark >= 0 && whole.indexOf('.') < 0 && whole.indexOf(',') < 0;
        boolean grouped = GROUPED.matcher(text).matches();
        // A single mark with three digits behind it is a decimal mark where there are three, and
        // could be either where there are two.
        if (grouped && (!one || digits == 0)) {
            return number(text, "", digits);
        }
        if (rest.length() > digits || !one && mark >= 0 && !decimal(whole, text.charAt(mark))) {
            return null;
        }
        return number(whole, rest, digits);
    }

    /** Whether what stands before a decimal mark is in groups, by the other mark. */
    private static boolean decimal(String whole, char mark) {
        return whole.indexOf(mark) < 0 && GROUPED.matcher(whole).matches();
    }

    private static @Nullable Long number(String whole, String rest, int digits) {
        var figures = whole.replaceAll("[.,]", "") + rest + "0".repeat(digits - rest.length());
        return figures.length() > MOST_DIGITS ? null : Long.valueOf(figures);
    }
}
