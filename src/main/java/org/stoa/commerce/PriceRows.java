package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.stoa.shared.Money;
import org.stoa.shared.MoneyText;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.web.Form;

/**
 * Prices as a form has them, {@code commerce/pricerows}: an {@code amount} and a {@code currency}
 * in each row. What is wrong with one is named {@code prices.0.amount} and so on; rows without an
 * amount are none.
 */
public final class PriceRows {
    private final List<Row> filled;

    public PriceRows(MultiValueMap<String, String> typed) {
        filled = filled(typed);
    }

    /** A price as it was typed, with what is wrong with it; empty where nothing is. */
    public record Row(String amount, String currency, String wrong) {}

    /** As they stand. */
    public static List<Row> of(List<Money> prices) {
        return prices.stream().map(it -> new Row(MoneyText.of(it), it.currency(), "")).toList();
    }

    /**
     * With empty ones for more behind them.
     *
     * @param least how many there are in all
     */
    public static List<Row> open(List<Row> rows, int least) {
        var shown = new ArrayList<>(rows);
        do {
            shown.add(new Row("", shown.isEmpty() ? "EUR" : "", ""));
        } while (shown.size() < least);
        return shown;
    }

    /** The currencies that stand in them. */
    public static List<String> currencies(List<Row> rows) {
        return rows.stream().map(Row::currency).filter(Money::known).toList();
    }

    /** The name of a field of one before {@code amount} and {@code currency}. */
    public static String field(int at) {
        return "prices." + at + ".";
    }

    private static List<Row> filled(MultiValueMap<String, String> typed) {
        var amounts = typed.getOrDefault("amount", List.of());
        var currencies = typed.getOrDefault("currency", List.of());
        var rows = new ArrayList<Row>();
        for (int i = 0; i < Math.min(amounts.size(), PriceList.MOST); i++) {
            if (!amounts.get(i).isBlank()) {
                var currency = i < currencies.size() ? currencies.get(i) : "";
                rows.add(new Row(amounts.get(i), currency, ""));
            }
        }
        return rows;
    }

    public boolean isEmpty() {
        return filled.isEmpty();
    }

    /** The rows in which something was typed, with what is wrong with each. */
    public List<Row> refused(Form form) {
        var shown = new ArrayList<Row>();
        for (int i = 0; i < filled.size(); i++) {
            var amount = form.error(field(i) + "amount");
            var wrong = amount.isEmpty() ? form.error(field(i) + "currency") : amount;
            shown.add(new Row(filled.get(i).amount(), filled.get(i).currency(), wrong));
        }
        return shown;
    }

    /**
     * What is meant by them; what is wrong is added to the errors.
     *
     * @param nought the key of the words for a price of nothing
     */
    public List<PriceList.@Nullable Price> read(String nought, List<FieldError> errors) {
        var prices = new ArrayList<PriceList.@Nullable Price>();
        for (int i = 0; i < filled.size(); i++) {
            var row = filled.get(i);
            if (!Money.known(row.currency())) {
                var words = say("commerce.price.currency");
                errors.add(new FieldError(field(i) + "currency", words));
                continue;
            }
            try {
                var money = MoneyText.read(row.amount(), row.currency());
                prices.add(new PriceList.Price(money.amount(), money.currency()));
                if (money.amount() == 0 || money.amount() > Money.MOST) {
                    var words = money.amount() == 0 ? nought : "sales.price.tooMuch";
                    errors.add(new FieldError(field(i) + "amount", say(words)));
                }
            } catch (Problem.Invalid wrong) {
                var words = Objects.toString(wrong.getMessage(), "");
                errors.add(new FieldError(field(i) + "amount", words));
            }
        }
        return prices;
    }
}
