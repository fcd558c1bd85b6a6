package org.stoa.stripe;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What lines come to. Taxes are a stand-in for Stripe Tax: a rate by the buyer's country, added
 * unless the price says that it includes them.
 */
record Totals(long subtotal, long discount, long tax, long total) {
    private static final Map<String, Integer> RATES =
            Map.of("DE", 19, "ES", 21, "FR", 20, "AT", 20, "IT", 22, "NL", 21, "GB", 20);

    static int rate(String country) {
        return RATES.getOrDefault(country, 0);
    }

    /**
     * Writes the amounts into the lines.
     *
     * @param rate of taxes in per cent
     * @param free whether recurring lines cost nothing yet
     */
    static Totals of(ArrayNode lines, @Nullable Discount off, int rate, boolean free) {
        long subtotal = 0;
        long rest = 0;
        for (var line : lines) {
            long own = free && isRecurring(line) ? 0 : own((ObjectNode) line);
            ((ObjectNode) line).put("amount_subtotal", own);
            subtotal += own;
            rest += off != null && off.isFor(line) ? own : 0;
        }
        long left = off == null ? 0 : off.off(rest);
        long discount = 0;
        long tax = 0;
        long total = 0;
        for (var each : lines) {
            var line = (ObjectNode) each;
            long own = Json.number(line, "amount_subtotal");
            boolean cheaper = off != null && off.isFor(line) && rest > 0;
            long share = cheaper ? share(left, own, rest) : 0;
            left -= share;
            rest -= cheaper ? own : 0;
            var included = Json.text(line.path("price"), "tax_behavior").equals("inclusive");
            long taxed = own - share;
            long itsTax = percent(taxed, rate, included ? 100 + rate : 100);
            long itsTotal = included ? taxed : taxed + itsTax;
            line.put("amount_discount", share);
            line.put("amount_tax", itsTax);
            line.put("amount_total", itsTotal);
            discount += share;
            tax += itsTax;
            total += itsTotal;
        }
        return new Totals(subtotal, discount, tax, total);
    }

    static boolean isRecurring(tools.jackson.databind.JsonNode line) {
        return Json.text(line.path("price"), "type").equals("recurring");
    }

    private static long own(ObjectNode line) {
        return new BigDecimal(Json.text(line.path("price"), "unit_amount_decimal"))
                .multiply(BigDecimal.valueOf(Json.number(line, "quantity")))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** The last line takes what rounding left. */
    private static long share(long left, long own, long rest) {
        return own == rest ? left : percentOf(left, own, rest);
    }

    private static long percent(long amount, int rate, int of) {
        return percentOf(amount, rate, of);
    }

    private static long percentOf(long amount, long part, long whole) {
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(part))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    void into(ObjectNode session) {
        session.put("amount_subtotal", subtotal);
        session.put("amount_total", total);
        session.putObject("total_details")
                .put("amount_discount", discount)
                .put("amount_shipping", 0)
                .put("amount_tax", tax);
    }
}
