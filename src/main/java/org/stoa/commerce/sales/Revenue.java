package org.stoa.commerce.sales;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.stoa.shared.Money;
import org.stoa.web.Plot;

/**
 * What came in and went back in one currency over a while.
 *
 * @param paid what came in
 * @param back what went back, given or taken
 * @param most the value at the top of the plot, as it is said
 */
public record Revenue(Money paid, Money back, Plot plot, String most) {
    private static final int DAYS = 30;
    private static final int MONTHS = 12;

    /** What is left of it; nothing where more went back than came in. */
    public Money kept() {
        return new Money(Math.max(0, paid.amount() - back.amount()), paid.currency());
    }

    static LocalDate first(boolean months, LocalDate today) {
        return months
                ? today.withDayOfMonth(1).minusMonths(MONTHS - 1L)
                : today.minusDays(DAYS - 1L);
    }

    static Instant from(boolean months, LocalDate today, ZoneId zone) {
        return first(months, today).atStartOfDay(zone).toInstant();
    }

    /** Each currency in which anything moved. */
    static List<Revenue> of(List<RevenueStore.Point> points, boolean months, LocalDate today) {
        var days = new ArrayList<LocalDate>();
        for (var day = first(months, today);
                !day.isAfter(today);
                day = months ? day.plusMonths(1) : day.plusDays(1)) {
            days.add(day);
        }
        var paid = new TreeMap<String, long[]>();
        var back = new TreeMap<String, long[]>();
        for (var point : points) {
            int at = days.indexOf(point.day());
            var ins = paid.computeIfAbsent(point.currency(), it -> new long[days.size()]);
            var outs = back.computeIfAbsent(point.currency(), it -> new long[days.size()]);
            if (at >= 0) {
                ins[at] += point.paid();
                outs[at] += point.back();
            }
        }
        return paid.entrySet().stream()
                .map(it ->
                        one(
                                it.getKey(),
                                it.getValue(),
                                back.getOrDefault(it.getKey(), new long[0])))
                .toList();
    }

    private static Revenue one(String currency, long[] paid, long[] back) {
        var plot = Plot.of(paid, back);
        return new Revenue(
                new Money(plot.total(), currency),
                new Money(plot.secondTotal(), currency),
                plot,
                new Money(plot.most(), currency).said());
    }
}
