package org.stoa.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums are read as they are typed, and what could mean two is refused. */
class MoneyTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "49|EUR|4900",
                "49.5|EUR|4950",
                "49.50|EUR|4950",
                "49,50|EUR|4950",
                " 49,50 € |EUR|4950",
                "€49|EUR|4900",
                "EUR 49|EUR|4900",
                "49 eur|EUR|4900",
                "$1,234.50|USD|123450",
                "1.234,50|EUR|123450",
                "1 234,50|CHF|123450",
                "1'234.50|CHF|123450",
                "1.234.567|EUR|123456700",
                "0.01|EUR|1",
                "0|EUR|0",
                "4900|JPY|4900",
                "4,900|JPY|4900",
                "¥4900|JPY|4900",
                "4.9|KWD|4900",
                "4.900|KWD|4900",
                "1,234.567|KWD|1234567",
            })
    void aSumIsReadAsItIsTyped(String typed, String currency, long amount) {
        var money = MoneyText.read(typed, currency);
        assertThat(money).isEqualTo(new Money(amount, currency));
        assertThat(MoneyText.read(MoneyText.of(money), currency)).isEqualTo(money);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4O|EUR|Write 40.",
                "l4O,00|EUR|Write 140,00.",
                "49.505|EUR|2 digits behind the mark",
                "1.000|EUR|2 digits behind the mark",
                "49.5|JPY|no smaller unit",
                "4.9005|KWD|3 digits behind the mark",
                "''|EUR|as in 49.50",
                "-49|EUR|as in 49.50",
                "forty|EUR|as in 49.50",
                "49 USD|EUR|as in 49.50",
                "1.23.45|EUR|as in 49.50",
                "9999999999999|EUR|as in 49.50",
                "49.|EUR|as in 49.50",
                ".5|EUR|as in 49.50",
            })
    void whatIsNoSumOrCouldBeTwoIsRefusedWithWhatToWrite(
            String typed, String currency, String words) {
        assertThatThrownBy(() -> MoneyText.read(typed, currency))
                .isInstanceOf(Problem.Invalid.class)
                .hasMessageContaining(words);
    }

    @Test
    void aSumIsProposedWithoutDigitsThatSayNothing() {
        assertThat(MoneyText.of(new Money(4900, "EUR"))).isEqualTo("49");
        assertThat(MoneyText.of(new Money(4950, "EUR"))).isEqualTo("49.50");
        assertThat(MoneyText.of(new Money(4900, "JPY"))).isEqualTo("4900");
        assertThat(MoneyText.of(new Money(4900, "KWD"))).isEqualTo("4.900");
    }
}
