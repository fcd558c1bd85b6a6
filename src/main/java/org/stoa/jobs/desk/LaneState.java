package org.stoa.jobs.desk;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.stoa.jobs.JobKind.Lane;

/**
 * How a lane does.
 *
 * @param waiting how many are due and wait; at most 100,000 are counted
 * @param later how many are for later
 * @param oldest for how long the first of them has been due
 * @param done how many were done in the last minute
 * @param dead how many are dead
 */
public record LaneState(
        Lane lane, int waiting, int later, int running, Duration oldest, int done, int dead) {
    static List<LaneState> of(List<DeskStore.Point> points) {
        return Arrays.stream(Lane.values())
                .map(lane ->
                        new LaneState(
                                lane,
                                value(points, lane, "waiting now"),
                                value(points, lane, "later now"),
                                value(points, lane, "running now"),
                                Duration.ofSeconds(value(points, lane, "oldest now")),
                                value(points, lane, "done now"),
                                value(points, lane, "dead now")))
                .toList();
    }

    private static int value(List<DeskStore.Point> points, Lane lane, String series) {
        return points.stream()
                .filter(it -> it.lane() == lane && it.series().equals(series))
                .mapToInt(DeskStore.Point::value)
                .sum();
    }

    /** The oldest of a lane waits longer than anybody would expect. */
    public boolean isLate() {
        return oldest.compareTo(limit()) > 0;
    }

    /** What the alert rules in docs/alerts.yaml watch too. */
    public Duration limit() {
        return switch (lane) {
            case CRITICAL -> Duration.ofSeconds(30);
            case DEFAULT -> Duration.ofMinutes(2);
            case BULK -> Duration.ofMinutes(10);
        };
    }
}
