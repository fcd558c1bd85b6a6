package org.stoa.commerce.offers;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.stoa.commerce.PriceRows;
import org.stoa.commerce.Terms;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.web.Form;

/** An offer as its form has it: what was typed, and what is meant by it. */
record OfferForm(MultiValueMap<String, String> typed) {
    private static final List<String> SINGLE =
            List.of("title", "lede", "kind", "every", "trialDays", "parts");
    private static final List<String> TICKS = List.of("teams", "gifts", "active");

    /** A page's fields as they stand. */
    static Map<String, String> of(Offer offer) {
        var every = offer.every();
        var values = new HashMap<String, String>();
        values.put("title", offer.title());
        values.put("lede", offer.lede());
        values.put("kind", offer.kind().word());
        values.put("every", every == null ? "" : every.word());
        values.put("trialDays", offer.trialDays() == 0 ? "" : String.valueOf(offer.trialDays()));
        values.put("parts", offer.parts() == null ? "" : String.valueOf(offer.parts()));
        values.put("teams", offer.teams() ? "true" : "");
        values.put("gifts", offer.gifts() ? "true" : "");
        values.put("active", offer.active() ? "true" : "");
        return values;
    }

    Form refused(Problem.Invalid wrong) {
        var values = new HashMap<String, String>();
        SINGLE.forEach(it -> values.put(it, one(it)));
        TICKS.forEach(it -> values.put(it, one(it)));
        return Form.refused(values, wrong.errors());
    }

    PriceRows rows() {
        return new PriceRows(typed);
    }

    List<String> courses() {
        return typed.getOrDefault("course", List.of());
    }

    /**
     * @param present what is changed; null for a new one
     * @throws Problem.Invalid naming the fields that hold no number or sum
     */
    OfferDraft read(@Nullable Offer present) {
        var errors = new ArrayList<FieldError>();
        var kind = present == null ? one("kind") : present.kind().word();
        boolean once = kind.equals(Terms.Kind.ONCE.word());
        boolean parts = kind.equals(Terms.Kind.PARTS.word());
        var every = once ? null : one("every");
        var days = once || parts ? null : number("trialDays", "offers.wrong.trial", errors);
        var count = parts ? number("parts", "offers.wrong.parts", errors) : null;
        if (present != null) {
            every = present.every() == null ? null : present.every().word();
            days = present.trialDays();
            count = present.parts();
        }
        var prices = rows().read("offers.wrong.nought", errors);
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(List.copyOf(errors));
        }
        return new OfferDraft(
                one("title"),
                one("lede"),
                List.copyOf(courses()),
                kind,
                every,
                days,
                count,
                prices,
                !one("teams").isEmpty(),
                !one("gifts").isEmpty(),
                present == null || !one("active").isEmpty());
    }

    private @Nullable Integer number(String field, String words, List<FieldError> errors) {
        var text = one(field).strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException notANumber) {
            errors.add(new FieldError(field, say(words)));
            return null;
        }
    }

    private String one(String field) {
        return Objects.requireNonNullElse(typed.getFirst(field), "");
    }
}
