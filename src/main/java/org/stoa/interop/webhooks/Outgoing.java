package org.stoa.interop.webhooks;

import static org.stoa.shared.Words.say;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Sealer;
import org.stoa.tenancy.Caller;

/** The addresses that a school tells what happens in it. */
@Service
@EnableConfigurationProperties(OutgoingSettings.class)
class Outgoing {
    private static final int SECRET_BYTES = 24;
    private static final int LONGEST_URL = 2_000;
    private static final int MOST_ENDPOINTS = 20;
    private static final int SHOWN = 100;
    private static final Pattern NUMBERS = Pattern.compile("(?i)[0-9.]+|0x[0-9a-f.x]+");

    private final OutgoingStore store;
    private final Announcements announcements;
    private final OutgoingSettings settings;
    private final Sealer sealer;
    private final SecureRandom random;
    private final Ids ids;
    private final Clock clock;

    Outgoing(
            OutgoingStore store,
            Announcements announcements,
            OutgoingSettings settings,
            Sealer sealer,
            SecureRandom random,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.announcements = announcements;
        this.settings = settings;
        this.sealer = sealer;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * One try.
     *
     * @param status what was answered; 0 when nothing was
     * @param reason why it counts as failed; empty where it does not
     */
    record Try(Instant at, int status, String reason) {}

    /** What was, or is to be, sent to an address. */
    record Sent(
            UUID id,
            UUID event,
            String kind,
            String status,
            int tries,
            Instant at,
            @Nullable Instant dueAt,
            List<Try> history) {}

    /** A new address with its secret, which is seen this once. */
    record Added(UUID id, String secret) {}

    List<Endpoint> list() {
        return store.endpoints();
    }

    Endpoint one(UUID id) {
        return store.endpoint(id).orElseThrow(Outgoing::none);
    }

    List<Sent> sent(UUID endpoint) {
        return store.sent(endpoint, SHOWN);
    }

    /**
     * @param kinds those of {@link OutgoingKind} that are told; others are left out
     * @throws Problem.Invalid for {@code url} or {@code kinds}
     */
    @Transactional
    public Added add(@Nullable String typed, List<String> kinds) {
        var url = typed == null ? "" : typed.strip();
        if (!wellFormed(url)) {
            throw new Problem.Invalid("url", say("interop.hooks.url.form"));
        }
        var known = OutgoingKind.words().stream().filter(kinds::contains).toList();
        if (known.isEmpty()) {
            throw new Problem.Invalid("kinds", say("interop.hooks.kinds.none"));
        }
        if (store.endpoints().size() >= MOST_ENDPOINTS) {
            throw new Problem.Invalid("url", say("interop.hooks.tooMany", MOST_ENDPOINTS));
        }
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = "whsec_" + Base64.getEncoder().encodeToString(bytes);
        var id = ids.next();
        var now = clock.instant();
        var caller = Caller.current();
        store.add(
                new Endpoint(id, url, known, now, null, null),
                sealer.seal(purpose(caller.school().id()), secret),
                caller.person(),
                now);
        announcements.changed(caller.school().id());
        return new Added(id, secret);
    }

    @Transactional
    public void remove(UUID id) {
        if (!store.remove(id)) {
            throw none();
        }
        announcements.changed(Caller.current().school().id());
    }

    /** Tries an address again that was given up. */
    @Transactional
    public void enable(UUID id) {
        if (!store.enable(id)) {
            throw none();
        }
        announcements.changed(Caller.current().school().id());
    }

    /** Sends something again, as the same event. */
    @Transactional
    public void again(UUID endpoint, UUID delivery) {
        one(endpoint);
        if (!store.again(delivery, clock.instant())) {
            throw none();
        }
        announcements.deliver(delivery, clock.instant());
    }

    /** How it looks is held here; where it leads, at each sending. */
    private boolean wellFormed(String url) {
        if (url.length() > LONGEST_URL) {
            return false;
        }
        try {
            var uri = new URI(url);
            var scheme = String.valueOf(uri.getScheme());
            boolean known =
                    scheme.equals("https") || (settings.internal() && scheme.equals("http"));
            return known
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() < 65_536
                    && url.chars().allMatch(c -> c > ' ' && c < 127)
                    && (settings.internal() || !internal(uri.getHost()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * Numbers that name a machine inside, in whatever form; a name is looked up at each sending.
     */
    static boolean internal(String host) {
        if (!host.startsWith("[") && !NUMBERS.matcher(host).matches()) {
            return host.equalsIgnoreCase("localhost")
                    || host.toLowerCase(Locale.ROOT).endsWith(".localhost");
        }
        try {
            return InternalAddresses.contain(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return true;
        }
    }

    static String purpose(UUID school) {
        return "webhook endpoint " + school;
    }

    private static Problem.NotFound none() {
        return new Problem.NotFound(say("interop.hooks.none"));
    }
}
