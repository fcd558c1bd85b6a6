package org.stoa.stripe;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The currencies that are taken, their minor units and least amounts. Source:
 * docs.stripe.com/currencies.
 */
final class Currencies {
    private static final Set<String> ALL =
            Set.of(
                    """
                    usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob
                    brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb
                    eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk jmd jod
                    jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt
                    mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln
                    pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd
                    top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw\
                    """
                            .split("\\s+"));
    private static final Set<String> ZERO_DECIMAL =
            Set.of("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
    private static final Set<String> THREE_DECIMAL = Set.of("bhd", "jod", "kwd", "omr", "tnd");
    // Two decimals by history, of which the last two must be zero.
    private static final Set<String> WHOLE = Set.of("isk", "ugx");
    private static final Map<String, Long> LEAST =
            Map.ofEntries(
                    Map.entry("usd", 50L),
                    Map.entry("aed", 200L),
                    Map.entry("aud", 50L),
                    Map.entry("bgn", 100L),
                    Map.entry("brl", 50L),
                    Map.entry("cad", 50L),
                    Map.entry("chf", 50L),
                    Map.entry("czk", 1500L),
                    Map.entry("dkk", 250L),
                    Map.entry("eur", 50L),
                    Map.entry("gbp", 30L),
                    Map.entry("hkd", 400L),
                    Map.entry("huf", 17500L),
                    Map.entry("inr", 50L),
                    Map.entry("jpy", 50L),
                    Map.entry("mxn", 1000L),
                    Map.entry("myr", 200L),
                    Map.entry("nok", 300L),
                    Map.entry("nzd", 50L),
                    Map.entry("pln", 200L),
                    Map.entry("ron", 200L),
                    Map.entry("sek", 300L),
                    Map.entry("sgd", 50L),
                    Map.entry("thb", 1000L));
    private static final long MOST = 99_999_999;

    private Currencies() {}

    static String known(String given, String param) {
        var currency = given.toLowerCase(Locale.ROOT);
        if (!ALL.contains(currency)) {
            throw StripeRefusal.invalid(
                            "Invalid currency: "
                                    + currency
                                    + ". Stripe currently supports these currencies: "
                                    + String.join(", ", ALL.stream().sorted().toList()))
                    .param(param);
        }
        return currency;
    }

    static int decimals(String currency) {
        return ZERO_DECIMAL.contains(currency) ? 0 : THREE_DECIMAL.contains(currency) ? 3 : 2;
    }

    /** A price that cannot be charged in this currency is refused. */
    static long amount(long amount, String currency, String param) {
        if (amount < 0) {
            throw StripeRefusal.invalid("Invalid non-negative integer")
                    .param(param)
                    .code("parameter_invalid_integer");
        }
        if (amount > MOST) {
            throw StripeRefusal.invalid("Amount must be no more than " + shown(MOST, currency))
                    .param(param)
                    .code("amount_too_large");
        }
        long step = THREE_DECIMAL.contains(currency) ? 10 : WHOLE.contains(currency) ? 100 : 1;
        if (amount % step != 0) {
            throw StripeRefusal.invalid(
                            "Invalid amount: an amount in "
                                    + currency
                                    + " must be evenly divisible by "
                                    + step)
                    .param(param)
                    .code("invalid_charge_amount");
        }
        return amount;
    }

    static long least(String currency) {
        return LEAST.getOrDefault(currency, 1L);
    }

    /** As in messages: €5.00 is told as 5.00 eur. */
    static String shown(long amount, String currency) {
        return java.math.BigDecimal.valueOf(amount, decimals(currency)).toPlainString()
                + " "
                + currency;
    }
}
