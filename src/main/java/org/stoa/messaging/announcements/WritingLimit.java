package org.stoa.messaging.announcements;

import java.time.Duration;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.web.limits.RateLimits;

/** Nobody tells a whole school something every minute. */
@Component
class WritingLimit {
    private static final RateLimits.Rule RULE =
            new RateLimits.Rule("announcements", 30, Duration.ofHours(1));

    private final RateLimits limits;

    WritingLimit(RateLimits limits) {
        this.limits = limits;
    }

    RateLimits.Answer take() {
        var caller = Caller.current();
        return limits.take(RULE, caller.school().id() + " " + caller.personId());
    }
}
