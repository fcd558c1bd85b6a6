package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.stoa.shared.Money;
import org.stoa.tenancy.WallClock;

/** Whether somebody may take a place in a course now; if not, why. */
public sealed interface Admission {
    /** They may. */
    record Open() implements Admission {}

    /** The course takes learners in from then on. */
    record NotYet(Instant from) implements Admission {}

    /** It took learners in until then. */
    record Closed(Instant since) implements Admission {}

    /** Every place is taken. */
    record Full() implements Admission {}

    /**
     * They may, for money.
     *
     * @param prices at least one, each in another currency
     */
    record ForSale(List<Money> prices) implements Admission {
        /** Where nobody chose a currency. */
        public Money price() {
            return prices.getFirst();
        }

        /** In this currency, in whatever case it is written; the first one where there is none. */
        public Money in(String currency) {
            return prices.stream()
                    .filter(it -> it.currency().equalsIgnoreCase(currency.strip()))
                    .findFirst()
                    .orElseGet(this::price);
        }
    }

    /** These courses are to be finished before. */
    record First(List<CourseName> courses) implements Admission {}

    /** A course as people know it. */
    record CourseName(String slug, String title) {}

    /** For who is refused; empty for who is not. */
    default String sentence(ZoneId zone) {
        return switch (this) {
            case Open open -> "";
            case NotYet(var from) -> say("learn.refused.notYet", WallClock.said(from, zone));
            case Closed(var since) -> say("learn.refused.closed", WallClock.said(since, zone));
            case Full full -> say("learn.fullNothing");
            case ForSale sold -> say("learn.refused.sold", sold.price().said());
            case First(var courses) ->
                    say(
                            "learn.refused.first",
                            courses.stream()
                                    .map(it -> say("page.quoted", it.title()))
                                    .reduce((one, next) -> say("page.and", one, next))
                                    .orElse(""));
        };
    }
}
