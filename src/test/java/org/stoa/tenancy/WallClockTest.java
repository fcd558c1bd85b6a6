package org.stoa.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stoa.tenancy.WallClock.Read;

class WallClockTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,    2026-01-10T09:00, 2026-01-10T08:00:00Z",
        "Europe/Berlin,    2026-07-10 09:00, 2026-07-10T07:00:00Z",
        "America/New_York, 2026-07-10T09:00, 2026-07-10T13:00:00Z",
        "Asia/Kathmandu,   2026-07-10T09:00, 2026-07-10T03:15:00Z",
        "UTC,              2028-02-29T23:59, 2028-02-29T23:59:00Z"
    })
    void aTimeIsAMomentByTheSchoolsClocks(ZoneId zone, String typed, Instant at) {
        assertThat(WallClock.read(typed, zone)).isEqualTo(new Read.At(at));
        assertThat(WallClock.typed(at, zone)).isEqualTo(typed.replace(' ', 'T'));
    }

    @Test
    void theHourThatIsLeftOutInSpringIsNever() {
        assertThat(WallClock.read("2026-03-29T02:30", BERLIN))
                .isEqualTo(new Read.Never(LocalDateTime.parse("2026-03-29T03:30")));
        assertThat(WallClock.read("2026-03-08T02:00", ZoneId.of("America/New_York")))
                .isInstanceOf(Read.Never.class);
    }

    @Test
    void theHourThatComesTwiceInAutumnIsBoth() {
        assertThat(WallClock.read("2026-10-25T02:30", BERLIN))
                .isEqualTo(
                        new Read.Twice(
                                Instant.parse("2026-10-25T00:30:00Z"),
                                Instant.parse("2026-10-25T01:30:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow",
                "2026-02-30T09:00",
                "2026-13-01T09:00",
                "2026-01-01T24:00",
                "2026-01-01T09:60",
                "2027-02-29T09:00",
                "0001-01-01T09:00",
                "9999-12-31T23:59",
                "2026-01-01",
                "2026-01-01T09:00Z",
                "+12026-01-01T09:00",
                "2026-1-1T9:00"
            })
    void datesThatDoNotExistAreNone(String typed) {
        assertThat(WallClock.read(typed, BERLIN)).isEqualTo(new Read.Unreadable());
    }
}
