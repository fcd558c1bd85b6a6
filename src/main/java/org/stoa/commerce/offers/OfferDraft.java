package org.stoa.commerce.offers;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.stoa.commerce.PriceList;
import org.stoa.commerce.PriceRows;
import org.stoa.commerce.Terms;
import org.stoa.shared.Characters;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;

/**
 * An offer as somebody wants it; what it lacks is null.
 *
 * @param courses addresses
 * @param kind {@code once}, {@code subscription} or {@code parts}
 * @param every {@code month} or {@code year}
 */
record OfferDraft(
        @Nullable String title,
        @Nullable String lede,
        @Nullable List<@Nullable String> courses,
        @Nullable String kind,
        @Nullable String every,
        @Nullable Integer trialDays,
        @Nullable Integer parts,
        @Nullable List<PriceList.@Nullable Price> prices,
        @Nullable Boolean teams,
        @Nullable Boolean gifts,
        @Nullable Boolean active) {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_LEDE = 2000;
    private static final int MOST = 20;
    private static final int MOST_DAYS = 730;
    private static final int LEAST_PARTS = 2;
    private static final int MOST_PARTS = 36;

    /** What was wanted, once it can be kept. */
    record Read(
            String title,
            String lede,
            List<String> courses,
            Terms.Kind kind,
            Terms.@Nullable Every every,
            int trialDays,
            @Nullable Integer parts,
            List<Money> prices,
            boolean teams,
            boolean gifts,
            boolean active) {}

    /**
     * @throws Problem.Invalid naming each wrong field
     */
    Read read() {
        var errors = new ArrayList<FieldError>();
        var name = text(title);
        if (name.isEmpty() || name.length() > LONGEST_TITLE) {
            errors.add(new FieldError("title", say("offers.wrong.title")));
        }
        var words = text(lede);
        if (words.length() > LONGEST_LEDE) {
            errors.add(new FieldError("lede", say("offers.wrong.lede")));
        }
        var slugs = courses == null ? List.<String>of() : present(courses);
        if (slugs.isEmpty() || slugs.size() > MOST) {
            errors.add(new FieldError("courses", say("offers.wrong.courses")));
        }
        var how = how(errors);
        var often = often(how, errors);
        numbers(how, errors);
        var sums = sums(errors);
        if (how == null || !errors.isEmpty()) {
            throw new Problem.Invalid(List.copyOf(errors));
        }
        return new Read(
                name,
                words,
                slugs,
                how,
                often,
                trialDays == null ? 0 : trialDays,
                parts,
                sums,
                Boolean.TRUE.equals(teams),
                Boolean.TRUE.equals(gifts),
                active == null || active);
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : Characters.kept(typed).strip();
    }

    private static List<String> present(List<@Nullable String> some) {
        return some.stream().filter(Objects::nonNull).map(OfferDraft::text).distinct().toList();
    }

    private Terms.@Nullable Kind how(List<FieldError> errors) {
        for (var one : Terms.Kind.values()) {
            if (one.word().equals(kind)) {
                return one;
            }
        }
        errors.add(new FieldError("kind", say("offers.wrong.kind")));
        return null;
    }

    private Terms.@Nullable Every often(Terms.@Nullable Kind how, List<FieldError> errors) {
        Terms.Every found = null;
        for (var one : Terms.Every.values()) {
            found = one.word().equals(every) ? one : found;
        }
        boolean given = every != null && !every.isEmpty();
        if (how == Terms.Kind.ONCE && given) {
            errors.add(new FieldError("every", say("offers.wrong.everyOnce")));
        } else if (how != null && how != Terms.Kind.ONCE && found == null) {
            errors.add(new FieldError("every", say("offers.wrong.every")));
        }
        return found;
    }

    private void numbers(Terms.@Nullable Kind how, List<FieldError> errors) {
        int days = trialDays == null ? 0 : trialDays;
        if (days < 0 || days > MOST_DAYS) {
            errors.add(new FieldError("trialDays", say("offers.wrong.trial")));
        } else if (days > 0 && how != null && how != Terms.Kind.SUBSCRIPTION) {
            errors.add(new FieldError("trialDays", say("offers.wrong.trialNone")));
        }
        if (how == Terms.Kind.PARTS) {
            if (parts == null || parts < LEAST_PARTS || parts > MOST_PARTS) {
                errors.add(new FieldError("parts", say("offers.wrong.parts")));
            }
        } else if (parts != null && how != null) {
            errors.add(new FieldError("parts", say("offers.wrong.partsNone")));
        }
    }

    private List<Money> sums(List<FieldError> errors) {
        var given = prices == null ? List.<PriceList.@Nullable Price>of() : prices;
        if (given.isEmpty() || given.size() > PriceList.MOST) {
            errors.add(new FieldError("prices", say("offers.wrong.prices")));
        }
        return PriceList.read(given, PriceRows::field, errors);
    }
}
