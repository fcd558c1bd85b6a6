package org.stoa.jobs.desk;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;
import org.stoa.jobs.JobKind.Lane;

/**
 * How the lanes of the whole installation do, for Prometheus. Every node tells the same, so an
 * alert takes the greatest; {@code docs/alerts.yaml} has one for each.
 */
@Component
class LaneMeters implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final LoadingCache<Boolean, List<LaneState>> lanes;

    LaneMeters(DeskStore store) {
        lanes =
                Caffeine.newBuilder()
                        .expireAfterWrite(FRESH)
                        .build(it -> LaneState.of(store.now(new Sight(null))));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var lane : Lane.values()) {
            gauge(
                    registry,
                    lane,
                    "stoa.jobs.waiting",
                    "Jobs that are due and wait",
                    LaneState::waiting);
            gauge(registry, lane, "stoa.jobs.running", "Jobs that run", LaneState::running);
            gauge(registry, lane, "stoa.jobs.dead", "Jobs that wait for a person", LaneState::dead);
            gauge(
                    registry,
                    lane,
                    "stoa.jobs.oldest.seconds",
                    "For how long the first of those that wait has been due",
                    it -> it.oldest().toSeconds());
        }
    }

    private void gauge(
            MeterRegistry registry,
            Lane lane,
            String name,
            String words,
            ToDoubleFunction<LaneState> figure) {
        Gauge.builder(name, () -> figure.applyAsDouble(state(lane)))
                .description(words)
                .tag("lane", lane.word())
                .register(registry);
    }

    private LaneState state(Lane lane) {
        return lanes.get(true).get(lane.ordinal());
    }
}
