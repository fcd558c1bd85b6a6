package org.stoa.commerce.offers;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.stoa.commerce.Terms;
import org.stoa.commerce.offers.OfferPages.Row;
import org.stoa.shared.Money;
import org.stoa.shared.MoneyText;
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

    static List<Row> rows(Offer offer) {
        return offer.prices().stream()
                .map(it -> new Row(MoneyText.of(it), it.currency(), ""))
                .toList();
    }

    Form refused(Problem.Invalid wrong) {
        var values = new HashMap<String, String>();
        SINGLE.forEach(it -> values.put(it, one(it)));
        TICKS.forEach(it -> values.put(it, one(it)));
        return Form.refused(values, wrong.errors());
    }

    /** The rows in which something was typed, with what is wrong with each. */
    List<Row> rows(Form form) {
        var rows = filled();
        var shown = new ArrayList<Row>();
        for (int i = 0; i < rows.size(); i++) {
            var amount = form.error("prices." + i + ".amount");
            var wrong = amount.isEmpty() ? form.error("prices." + i + ".currency") : amount;
            shown.add(new Row(rows.get(i).amount(), rows.get(i).currency(), wrong));
        }
        return shown;
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
        var prices = prices(errors);
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

    private List<OfferDraft.@Nullable Price> prices(List<FieldError> errors) {
        var prices = new ArrayList<OfferDraft.@Nullable Price>();
        var rows = filled();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (!Money.known(row.currency())) {
                errors.add(
                        new FieldError(
                                "prices." + i + ".currency", say("commerce.price.currency")));
                continue;
            }
            try {
                var money = MoneyText.read(row.amount(), row.currency());
                prices.add(new OfferDraft.Price(money.amount(), money.currency()));
                if (money.amount() == 0 || money.amount() > Money.MOST) {
                    var words = money.amount() == 0 ? "offers.wrong.nought" : "sales.price.tooMuch";
                    errors.add(new FieldError("prices." + i + ".amount", say(words)));
                }
            } catch (Problem.Invalid wrong) {
                var words = Objects.toString(wrong.getMessage(), "");
                errors.add(new FieldError("prices." + i + ".amount", words));
            }
        }
        return prices;
    }

    private List<Row> filled() {
        var amounts = typed.getOrDefault("amount", List.of());
        var currencies = typed.getOrDefault("currency", List.of());
        var rows = new ArrayList<Row>();
        for (int i = 0; i < Math.min(amounts.size(), OfferDraft.MOST); i++) {
            if (!amounts.get(i).isBlank()) {
                rows.add(
                        new Row(
                                amounts.get(i),
                                i < currencies.size() ? currencies.get(i) : "",
                                ""));
            }
        }
        return rows;
    }

    private String one(String field) {
        return Objects.requireNonNullElse(typed.getFirst(field), "");
    }
}
