package org.stoa.inbox.view;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;
import org.stoa.inbox.EventStatus;
import org.stoa.inbox.Inbox;

/**
 * How webhooks of the whole installation do, for Prometheus. Every node tells the same, so an alert
 * takes the greatest; {@code docs/alerts.yaml} has the rules.
 */
@Component
class InboxMeters implements MeterBinder {
    /** Sources that schools have added share this name: there may be any number of them. */
    private static final String SCHOOLS = "schools";

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration COMPLETED_WITHIN = Duration.ofHours(1);

    private final Inbox inbox;
    private final LoadingCache<Boolean, List<EventStore.Standing>> standing;

    InboxMeters(Inbox inbox, EventStore store, Clock clock) {
        this.inbox = inbox;
        standing =
                Caffeine.newBuilder()
                        .expireAfterWrite(FRESH)
                        .build(it -> {
                            var now = clock.instant();
                            return store.standing(
                                    inbox.sources(), SCHOOLS, now.minus(COMPLETED_WITHIN), now);
                        });
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        inbox.sources().forEach(source -> gauges(registry, source));
        gauges(registry, SCHOOLS);
    }

    private void gauges(MeterRegistry registry, String source) {
        for (var status : EventStatus.values()) {
            gauge(
                    registry,
                    source,
                    status,
                    "stoa.inbox.events",
                    "Webhook events that stand so; of the completed, those of the last hour",
                    EventStore.Standing::events);
            if (status != EventStatus.COMPLETED) {
                gauge(
                        registry,
                        source,
                        status,
                        "stoa.inbox.oldest.seconds",
                        "How long ago the first of them came in",
                        it -> it.oldest().toSeconds());
            }
        }
    }

    private void gauge(
            MeterRegistry registry,
            String source,
            EventStatus status,
            String name,
            String words,
            ToDoubleFunction<EventStore.Standing> figure) {
        Gauge.builder(name, () -> of(source, status).map(figure::applyAsDouble).orElse(0.0))
                .description(words)
                .tag("source", source)
                .tag("status", status.word())
                .register(registry);
    }

    private Optional<EventStore.Standing> of(String source, EventStatus status) {
        return standing.get(true).stream()
                .filter(it -> it.source().equals(source) && it.status() == status)
                .findFirst();
    }
}
