package org.stoa.commerce.offers;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.commerce.Terms;
import org.stoa.shared.Money;

/**
 * What can be bought: courses, for a price in each of some currencies.
 *
 * @param course the address of the course whose own price this is; null for an offer beside that
 * @param every how often it is paid; null where it is paid once
 * @param parts how many payments there are in all; null where there is no such number
 * @param teams seats are sold, to whoever buys for others
 * @param gifts one is sold for somebody else
 * @param active it can be bought
 * @param prices by currency, at least one; what is paid, each time it is
 * @param courses by title, at least one
 */
public record Offer(
        UUID id,
        @Nullable String course,
        String title,
        String lede,
        Terms.Kind kind,
        Terms.@Nullable Every every,
        int trialDays,
        @Nullable Integer parts,
        boolean teams,
        boolean gifts,
        boolean active,
        List<Money> prices,
        List<Course> courses) {
    /** One of what is bought. */
    public record Course(String slug, String title, String summary, boolean published) {}

    /** The prices as they are said, one behind the other. */
    public String said() {
        return String.join(" · ", prices.stream().map(Money::said).toList());
    }

    public List<String> slugs() {
        return courses.stream().map(Course::slug).toList();
    }
}
