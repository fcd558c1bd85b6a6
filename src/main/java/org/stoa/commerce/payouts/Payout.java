package org.stoa.commerce.payouts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider pays out to a school's bank, at one time.
 *
 * @param id the provider's
 * @param sum negative where the bank account was charged
 * @param arrivesOn when it is, or was, in the bank account
 * @param trouble what the bank said; empty where nothing is wrong
 * @param parts what it is made of; null where the provider does not say
 */
public record Payout(
        String id,
        Movement sum,
        Status status,
        Instant createdAt,
        LocalDate arrivesOn,
        String trouble,
        @Nullable List<Part> parts) {

    /** How it stands. */
    public enum Status {
        PENDING("pending"),
        IN_TRANSIT("in-transit"),
        PAID("paid"),
        FAILED("failed"),
        CANCELED("canceled");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** Its word in pages and the API. */
        public String word() {
            return word;
        }
    }

    /** What a part of it comes from. */
    public enum Kind {
        CHARGES("charges"),
        REFUNDS("refunds"),
        DISPUTES("disputes"),
        FEES("fees"),
        OTHERS("others");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Its word in pages and the API. */
        public String word() {
            return word;
        }
    }

    /** One of what it is made of. */
    public record Part(Kind kind, Movement sum) {}

    /** The day of its arrival, wherever it is read. */
    public Instant arrives() {
        return arrivesOn.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
