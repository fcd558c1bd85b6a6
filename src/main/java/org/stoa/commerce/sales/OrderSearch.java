package org.stoa.commerce.sales;

import static org.stoa.shared.Words.say;

import java.util.Arrays;
import java.util.Locale;
import org.stoa.commerce.OrderStatus;
import org.stoa.shared.Characters;
import org.stoa.shared.Problem;

/**
 * Which orders are looked for.
 *
 * @param status one of {@link OrderStatus#word}; empty for any
 * @param text a code, or a part of the buyer's name or address, or of what was bought; empty for
 *     any
 */
public record OrderSearch(String status, String text) {
    static final OrderSearch ALL = new OrderSearch("", "");

    public OrderSearch {
        text = Characters.kept(text).strip();
        var asked = status;
        if (!status.isEmpty()
                && Arrays.stream(OrderStatus.values()).noneMatch(it -> it.word().equals(asked))) {
            throw new Problem.Invalid("status", say("sales.noSuchStatus"));
        }
    }

    String code() {
        return text.replace(" ", "").toUpperCase(Locale.ROOT);
    }

    /** For {@code ilike}; what is a sign to it is taken as it stands. */
    String part() {
        return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
