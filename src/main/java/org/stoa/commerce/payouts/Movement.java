package org.stoa.commerce.payouts;

import org.stoa.shared.Money;

/**
 * Money that came in, or went out.
 *
 * @param amount in minor units; negative where it went out
 */
public record Movement(long amount, String currency) {
    /** As pages write it: {@code €49}, {@code − €49}. */
    public String said() {
        var sum = new Money(Math.abs(amount), currency).said();
        return amount < 0 ? "− " + sum : sum;
    }
}
