package org.stoa.jobs.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stoa.jobs.JobKind.Lane;
import org.stoa.web.Plot;

/** The lanes over time, as drawings. */
public final class LanePlots {
    private final Map<String, long[]> series;
    private final int steps;

    private LanePlots(Map<String, long[]> series, int steps) {
        this.series = series;
        this.steps = steps;
    }

    static LanePlots of(List<DeskStore.Point> points, Instant now, Duration span, Duration step) {
        long seconds = step.toSeconds();
        int steps = (int) (span.toSeconds() / seconds);
        // The step that is under way would look like a fall.
        var end = now.getEpochSecond() / seconds * seconds;
        var from = Instant.ofEpochSecond(end - steps * seconds);
        var series = new HashMap<String, long[]>();
        for (var point : points) {
            int index = (int) ((point.at().getEpochSecond() - from.getEpochSecond()) / seconds);
            if (index >= 0 && index < steps) {
                series.computeIfAbsent(name(point.lane(), point.series()), it -> new long[steps])[
                                index] =
                        point.value();
            }
        }
        return new LanePlots(series, steps);
    }

    /** Done, and failed beside it. */
    public Plot work(Lane lane) {
        return Plot.of(values(lane, "done"), values(lane, "failed"));
    }

    /** How many waited. */
    public Plot waiting(Lane lane) {
        return Plot.of(values(lane, "waiting"), new long[steps]);
    }

    /** For how many seconds the oldest had waited. */
    public Plot oldest(Lane lane) {
        return Plot.of(values(lane, "oldest"), new long[steps]);
    }

    private long[] values(Lane lane, String name) {
        return series.getOrDefault(name(lane, name), new long[steps]);
    }

    private static String name(Lane lane, String series) {
        return lane.word() + " " + series;
    }
}
