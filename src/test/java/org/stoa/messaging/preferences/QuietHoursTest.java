package org.stoa.messaging.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Hours in which nobody is written to without need. */
class QuietHoursTest {
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    @Test
    void theNightEndsInTheMorning() {
        var night = new QuietHours(22, 7);
        assertThat(night.end(Instant.parse("2026-01-10T22:30:00Z"), OSLO))
                .contains(Instant.parse("2026-01-11T06:00:00Z"));
        assertThat(night.end(Instant.parse("2026-01-11T05:59:59Z"), OSLO))
                .contains(Instant.parse("2026-01-11T06:00:00Z"));
        assertThat(night.end(Instant.parse("2026-01-11T06:00:00Z"), OSLO)).isEmpty();
        assertThat(night.end(Instant.parse("2026-01-11T20:59:00Z"), OSLO)).isEmpty();
        assertThat(night.end(Instant.parse("2026-01-11T21:00:00Z"), OSLO)).isPresent();
    }

    @Test
    void theClockOfTheReaderCounts() {
        var night = new QuietHours(22, 7);
        var now = Instant.parse("2026-01-10T23:00:00Z");
        assertThat(night.end(now, ZoneId.of("America/Los_Angeles"))).isEmpty();
        assertThat(night.end(now, ZoneId.of("UTC"))).isPresent();
    }

    @Test
    void whereTheClockIsPutForwardTheHourIsStillTheHour() {
        // On 29 March 2026 two o'clock is three in Oslo.
        assertThat(new QuietHours(22, 7).end(Instant.parse("2026-03-28T22:00:00Z"), OSLO))
                .contains(Instant.parse("2026-03-29T05:00:00Z"));
    }

    @Test
    void aBreakAtNoonAndNoHoursAtAll() {
        assertThat(new QuietHours(12, 13).end(Instant.parse("2026-01-10T11:30:00Z"), OSLO))
                .contains(Instant.parse("2026-01-10T12:00:00Z"));
        assertThat(new QuietHours(12, 13).end(Instant.parse("2026-01-10T13:30:00Z"), OSLO))
                .isEmpty();
        for (int hour = 0; hour < 24; hour++) {
            assertThat(new QuietHours(9, 9).end(Instant.ofEpochSecond(3_600L * hour), OSLO))
                    .isEmpty();
        }
    }
}
