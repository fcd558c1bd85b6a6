package org.stoa.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stoa.shared.Problem;

/** The school's clock on the wall. */
class SchoolTimeTest {
    private static final Clock NOW =
            Clock.fixed(Instant.parse("2027-03-20T11:30:00Z"), ZoneOffset.UTC);
    private final SchoolTime stockholm = new SchoolTime(ZoneId.of("Europe/Stockholm"));

    @ParameterizedTest
    @CsvSource({
        "2027-03-20, 12:31, 2027-03-20T11:31:00Z",
        "2027-03-28, 03:00, 2027-03-28T01:00:00Z",
        // It comes twice; the first is meant.
        "2027-10-31, 02:30, 2027-10-31T00:30:00Z",
        "2028-02-29, 08:00, 2028-02-29T07:00:00Z",
    })
    void anHourOnTheWallIsAMoment(String day, String time, Instant moment) {
        assertThat(stockholm.at(day, time, NOW)).isEqualTo(moment);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-28, 02:30, time, go forward from 02:00 to 03:00",
        "2027-03-20, 12:30, time, it is 12:30 now",
        "2027-03-19, 23:00, day, has passed",
        "2027-02-29, 08:00, day, no such day",
        "2027-13-01, 08:00, day, no such day",
        "'', 08:00, day, Choose a day",
        "2027-04-01, '', time, Choose a time",
        "2027-04-01, 25:00, time, no such time",
        "2099-04-01, 10:00, day, five years",
        "+999999999-01-01, 10:00, day, five years",
    })
    void whatIsNoTimeToComeIsSaidOfItsField(String day, String time, String field, String words) {
        assertThatThrownBy(() -> stockholm.at(day, time, NOW))
                .isInstanceOfSatisfying(
                        Problem.Invalid.class,
                        wrong -> {
                            assertThat(wrong.errors().getFirst().field()).isEqualTo(field);
                            assertThat(wrong).hasMessageContaining(words);
                        });
    }
}
