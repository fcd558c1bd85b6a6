package org.stoa.commerce.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.stoa.commerce.ProviderTrouble;
import org.stoa.tenancy.Caller;

/**
 * Bears it when Stripe refuses a school in a round that comes again anyway: no dead letter, and in
 * the log once a day.
 */
@Component
class StripeTroubles {
    private static final Logger log = LoggerFactory.getLogger(StripeTroubles.class);

    private final Cache<String, Boolean> told =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofDays(1)).build();

    /** False when there was trouble. */
    boolean bear(Runnable round) {
        try {
            round.run();
            return true;
        } catch (ProviderTrouble e) {
            tell(e);
            return false;
        }
    }

    void tell(ProviderTrouble e) {
        var cause = e.getCause();
        var school = Caller.current().school();
        var kind = school.id() + " " + (cause == null ? "" : cause.getClass().getName());
        if (told.asMap().putIfAbsent(kind, true) == null) {
            log.warn(
                    "The books of {} could not be held against Stripe's; it is tried again: {}",
                    school.subdomain(),
                    e.getMessage());
        }
    }
}
