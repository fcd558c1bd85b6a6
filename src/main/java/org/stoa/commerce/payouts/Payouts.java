package org.stoa.commerce.payouts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.commerce.Office;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.commerce.settings.PaymentSettings.Setup;
import org.stoa.tenancy.Caller;

/** What is paid out to the caller's school, as its provider tells it; at most a minute old. */
@Service
class Payouts {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 1_000;

    private final PaymentSettings settings;
    private final Map<String, PayoutProvider> providers;
    private final Cache<Asked, Statement> told =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(FRESH).build();

    Payouts(PaymentSettings settings, List<PayoutProvider> providers) {
        this.settings = settings;
        this.providers =
                providers.stream()
                        .collect(Collectors.toMap(PayoutProvider::name, Function.identity()));
    }

    // With the key that is set now: another one may be another account's.
    private record Asked(UUID school, Setup setup, @Nullable String after, int limit) {}

    /**
     * The newest first.
     *
     * @param cursor the id of the pay-out that the list goes on after; null for its beginning
     * @throws org.stoa.shared.Problem.Invalid naming {@code cursor} when there is none of this id
     */
    Statement list(@Nullable String cursor, int limit) {
        return Office.here()
                .get(() -> {
                    var setup = settings.current();
                    var asked = new Asked(Caller.current().school().id(), setup, cursor, limit);
                    var known = told.getIfPresent(asked);
                    return known == null ? ask(asked) : known;
                });
    }

    private Statement ask(Asked asked) {
        var provider = providers.get(asked.setup().provider());
        if (provider == null) {
            return new Statement.Untold(Statement.Why.REFUSED);
        }
        var statement = provider.statement(asked.after(), asked.limit());
        // What goes wrong may be put right at once.
        if (statement instanceof Statement.Told) {
            told.put(asked, statement);
        }
        return statement;
    }
}
