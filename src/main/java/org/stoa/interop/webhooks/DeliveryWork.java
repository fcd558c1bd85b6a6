package org.stoa.interop.webhooks;

import com.svix.Webhook;
import com.svix.exceptions.EmptyWebhookSecretException;
import com.svix.exceptions.WebhookSigningException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.interop.EndpointSwitchedOff;
import org.stoa.shared.Sealer;
import org.stoa.tenancy.Caller;

/**
 * Sends one delivery, signed by the rules of Standard Webhooks, and notes what came of it: in one
 * transaction with the job of the next try. The call itself is in none.
 */
@Component
class DeliveryWork {
    private final OutgoingStore store;
    private final OutgoingSettings settings;
    private final Sealer sealer;
    private final SafePost post;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DeliveryWork(
            OutgoingStore store,
            OutgoingSettings settings,
            Sealer sealer,
            PlatformTransactionManager transactionManager,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        this.sealer = sealer;
        this.post = new SafePost(InetAddress::getAllByName, settings.internal());
        this.transactions = new TransactionTemplate(transactionManager);
        this.events = events;
        this.clock = clock;
    }

    /** Hands in the next try. */
    interface Next {
        void at(UUID delivery, Instant due);
    }

    void deliver(UUID delivery, Next next) {
        var due = store.due(delivery);
        if (due.isEmpty()) {
            return;
        }
        var it = due.get();
        var tried = attempt(it);
        transactions.executeWithoutResult(status -> note(it, tried, next));
    }

    private Outgoing.Try attempt(OutgoingStore.Due due) {
        var now = clock.instant();
        try {
            int status =
                    post.send(
                            URI.create(due.url()),
                            headers(due, now),
                            due.body().getBytes(StandardCharsets.UTF_8));
            boolean good = status / 100 == 2;
            return new Outgoing.Try(now, status, good ? "" : reason(status));
        } catch (UnknownHostException e) {
            return new Outgoing.Try(now, 0, "There is no machine of the name " + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Outgoing.Try(now, 0, why.length() > 300 ? why.substring(0, 300) : why);
        }
    }

    private static String reason(int status) {
        return status / 100 == 3
                ? "It answered " + status + "; what leads elsewhere is not followed"
                : "It answered " + status;
    }

    private Map<String, String> headers(OutgoingStore.Due due, Instant now) throws IOException {
        var school = Caller.current().school().id();
        var secret =
                sealer.open(Outgoing.purpose(school), due.secret())
                        .orElseThrow(
                                () -> new IOException("Its secret was sealed under another key"));
        var id = "msg_" + due.event().toString().replace("-", "");
        try {
            var headers = new LinkedHashMap<String, String>();
            headers.put("Content-Type", "application/json");
            headers.put("User-Agent", "Stoa-Webhooks/1");
            headers.put("webhook-id", id);
            headers.put("webhook-timestamp", "" + now.getEpochSecond());
            headers.put(
                    "webhook-signature",
                    new Webhook(secret).sign(id, now.getEpochSecond(), due.body()));
            return headers;
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IOException("It could not be signed", e);
        }
    }

    private void note(OutgoingStore.Due due, Outgoing.Try tried, Next next) {
        var now = clock.instant();
        boolean good = tried.reason().isEmpty();
        var before = now.minus(Duration.ofDays(settings.disableAfterDays()));
        var noted = store.noted(due.endpoint(), good, now, before);
        boolean disabled = noted.map(OutgoingStore.Noted::disabled).orElse(false);
        if (noted.map(OutgoingStore.Noted::now).orElse(false)) {
            events.publishEvent(new EndpointSwitchedOff(due.endpoint(), due.url(), due.id()));
        }
        var waits = settings.waits();
        if (good) {
            store.tried(due.id(), "delivered", tried, null);
        } else if (disabled || due.tries() >= waits.size()) {
            store.tried(due.id(), "dead", tried, null);
        } else {
            var again = now.plus(waits.get(due.tries()));
            store.tried(due.id(), "pending", tried, again);
            next.at(due.id(), again);
        }
    }
}
