package org.stoa.identity.closing;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Signals;
import org.stoa.web.cache.CachedPages;

/** Closes schools, and erases them when their time is over. */
@Service
public class Closures {
    private static final Logger log = LoggerFactory.getLogger(Closures.class);

    private final ClosureStore store;
    private final Signals signals;
    private final CachedPages pages;
    private final Clock clock;

    Closures(ClosureStore store, Signals signals, CachedPages pages, Clock clock) {
        this.store = store;
        this.signals = signals;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * Closes a school to everybody at once, but for its administrators' export, and has it erased
     * later; one that is closed already stays as it is. Part of the transaction at hand.
     *
     * @param grace until it is erased
     */
    public void close(UUID school, Duration grace) {
        var now = clock.instant();
        store.close(school, now, now.plus(grace))
                .ifPresent(subdomain -> {
                    signals.send(Organizations.CHANGED, subdomain);
                    pages.changed(school);
                });
    }

    /** Erases the schools whose time is over; each by itself, so that one cannot hold up others. */
    public void eraseDue() {
        for (var school : store.due(clock.instant())) {
            try {
                store.erase(school.id());
                signals.send(Organizations.CHANGED, school.subdomain());
                log.info(
                        "The school {} was erased, its time of grace being over",
                        school.subdomain());
            } catch (RuntimeException e) {
                log.error("The school {} could not be erased; it stays closed", school.id(), e);
            }
        }
    }
}
