package org.stoa.commerce.settings;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.shared.Sealer;
import org.stoa.tenancy.Caller;

/**
 * By whom the caller's school is paid. A school that set nothing has the test checkout, in which no
 * money moves; an installation in production refuses that.
 */
@Service
public class PaymentSettings {
    public static final String TEST = "test";
    public static final String STRIPE = "stripe";

    /** Stripe's secret and restricted keys. Its publishable one charges nobody. */
    private static final Pattern KEY = Pattern.compile("(sk|rk)_[\\x21-\\x7e]{4,252}");

    private static final Pattern SIGNING_SECRET = Pattern.compile("whsec_[\\x21-\\x7e]{4,249}");

    private final PaymentSettingStore store;
    private final Sealer sealer;
    private final Clock clock;
    private final boolean production;

    PaymentSettings(
            PaymentSettingStore store,
            Sealer sealer,
            Clock clock,
            @Value("${stoa.production:false}") boolean production) {
        this.store = store;
        this.sealer = sealer;
        this.clock = clock;
        this.production = production;
    }

    /**
     * @param provider {@code test} or {@code stripe}
     * @param secretKey for the provider's API; empty for the test checkout
     * @param webhookSecrets by which its events are signed, the present one first
     * @param usable whether anybody can be charged: the test checkout is not for production
     */
    public record Setup(
            String provider, String secretKey, List<String> webhookSecrets, boolean usable) {
        public boolean test() {
            return provider.equals(TEST);
        }
    }

    /** The test checkout is not to be had. */
    public boolean production() {
        return production;
    }

    /** Whether the school has the test checkout now; for its office. */
    public boolean testing() {
        var now = current();
        return now.test() && now.usable();
    }

    /** Asked for by the school's office, or its administrators. */
    public Setup current() {
        var row = store.find().orElse(null);
        if (row == null || row.provider().equals(TEST)) {
            return new Setup(TEST, "", List.of(), !production);
        }
        var key = open("key", row.secretKey()).orElse("");
        var secrets =
                Stream.of(
                                open("webhook", row.webhookSecret()),
                                open("webhook", row.formerWebhookSecret()))
                        .flatMap(Optional::stream)
                        .toList();
        return new Setup(row.provider(), key, secrets, !key.isEmpty());
    }

    /** The schools of the installation that have this provider, for the platform's own jobs. */
    public List<UUID> schools(String provider) {
        return store.schools(provider);
    }

    /** Until when the school's books were held against the provider's; empty for never. */
    public Optional<Instant> lookedUntil() {
        return store.lookedUntil();
    }

    public void looked(Instant until) {
        store.looked(until);
    }

    /**
     * From now on. The webhook secret before this one serves on beside it, for what is on its way.
     *
     * @throws Problem.Invalid naming {@code provider}, {@code secretKey} or {@code webhookSecret}
     */
    @Transactional
    public void set(
            @Nullable String provider, @Nullable String secretKey, @Nullable String webhookSecret) {
        check(provider, secretKey, webhookSecret);
        boolean test = TEST.equals(provider);
        var before = store.find().orElse(null);
        var former = before == null ? null : before.webhookSecret();
        boolean same =
                open("webhook", former).filter(secret -> secret.equals(webhookSecret)).isPresent();
        store.set(
                new PaymentSettingStore.Row(
                        test ? TEST : STRIPE,
                        test ? null : seal("key", secretKey),
                        test ? null : seal("webhook", webhookSecret),
                        same && before != null ? before.formerWebhookSecret() : former),
                Caller.current().person(),
                clock.instant());
    }

    private void check(
            @Nullable String provider, @Nullable String secretKey, @Nullable String webhookSecret) {
        var errors = new ArrayList<FieldError>();
        boolean stripe = STRIPE.equals(provider);
        if (!stripe && !(TEST.equals(provider) && !production)) {
            var words =
                    production
                            ? say("commerce.settings.stripe")
                            : say("commerce.settings.provider");
            errors.add(new FieldError("provider", words));
        }
        if (stripe && !is(KEY, secretKey)) {
            errors.add(new FieldError("secretKey", say("commerce.settings.key")));
        }
        if (stripe && !is(SIGNING_SECRET, webhookSecret)) {
            errors.add(new FieldError("webhookSecret", say("commerce.settings.secret")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(List.copyOf(errors));
        }
    }

    private static boolean is(Pattern shape, @Nullable String text) {
        return text != null && shape.matcher(text).matches();
    }

    private byte[] seal(String what, @Nullable String secret) {
        return sealer.seal(purpose(what), String.valueOf(secret));
    }

    private Optional<String> open(String what, byte @Nullable [] sealed) {
        return sealed == null ? Optional.empty() : sealer.open(purpose(what), sealed);
    }

    private static String purpose(String what) {
        return "payments " + what + " " + Caller.current().school().id();
    }
}
