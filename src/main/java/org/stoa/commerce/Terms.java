package org.stoa.commerce;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.commerce.billing.Tax;

/**
 * What was agreed on beside the price, frozen in an order.
 *
 * @param every how often it is paid; null where it is paid once
 * @param trialDays before the first payment; 0 for none
 * @param parts how many payments there are in all; null where there is no such number
 * @param quantity how many are bought: more than one for a team alone
 * @param discount minor units that a coupon took off, of each payment
 * @param coupon null without one
 * @param tax how it was to be reckoned
 */
public record Terms(
        Kind kind,
        @Nullable Every every,
        int trialDays,
        @Nullable Integer parts,
        Buys buys,
        int quantity,
        long discount,
        @Nullable UUID coupon,
        Tax tax) {
    /** How it is paid. */
    public enum Kind {
        ONCE,
        /** Again and again, until somebody ends it. */
        SUBSCRIPTION,
        /** In some parts, and then it is theirs. */
        PARTS;

        /** As the database and JSON say it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** How often. */
    public enum Every {
        MONTH,
        YEAR;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static @Nullable Every of(@Nullable String word) {
            return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** For whom. */
    public enum Buys {
        /** For whoever pays. */
        OWN,
        /** Seats, for people that whoever pays names later. */
        SEATS,
        /** For somebody else, who is given it. */
        GIFT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Buys of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** It is paid more than once. */
    public boolean recurs() {
        return kind != Kind.ONCE;
    }
}
