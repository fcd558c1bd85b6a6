package org.stoa.commerce.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.inbox.Announced;
import org.stoa.inbox.Delivery;
import org.stoa.inbox.Effect;
import org.stoa.inbox.Forged;
import org.stoa.inbox.StoredEvent;
import org.stoa.inbox.WebhookSource;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stripe's webhooks, at the hosts of the schools that are paid through it. */
@Component
class StripeSource implements WebhookSource {
    private static final String SIGNATURE = "stripe-signature";
    private static final long TOLERANCE_SECONDS = 300;

    private final PaymentSettings settings;
    private final StripeEvents events;
    private final Organizations organizations;
    private final JsonMapper json;
    private final Clock clock;

    StripeSource(
            PaymentSettings settings,
            StripeEvents events,
            Organizations organizations,
            JsonMapper json,
            Clock clock) {
        this.settings = settings;
        this.events = events;
        this.organizations = organizations;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return PaymentSettings.STRIPE;
    }

    @Override
    public boolean servedAt(@Nullable Organization school) {
        return school != null && !secrets(school).isEmpty();
    }

    private List<String> secrets(Organization school) {
        return Caller.office(school).get(() -> settings.current().webhookSecrets());
    }

    @Override
    public Announced read(Delivery delivery) {
        var school = delivery.school();
        var signatures = delivery.headers().getOrDefault(SIGNATURE, List.of());
        if (school == null || signatures.size() != 1) {
            throw new Forged("It must carry one header " + SIGNATURE);
        }
        var text = text(delivery.body());
        var signature = signatures.getFirst();
        if (secrets(school).stream().noneMatch(secret -> vouches(secret, text, signature))) {
            throw new Forged("No secret vouches for it at this time");
        }
        try {
            var announced = StripeEvents.announced(json.readTree(text), clock.instant());
            return new Announced(
                    announced.id(),
                    announced.kind(),
                    announced.occurredAt(),
                    Map.of(SIGNATURE, signature));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Forged("It is no event", e);
        }
    }

    // The library signs a text. Bytes that are none would be read as if they were another's.
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new Forged("The body is not UTF-8", e);
        }
    }

    private boolean vouches(String secret, String text, String header) {
        try {
            return Webhook.Signature.verifyHeader(text, header, secret, TOLERANCE_SECONDS, clock);
        } catch (SignatureVerificationException | RuntimeException forged) {
            return false;
        }
    }

    @Override
    public boolean knows(String kind) {
        return StripeEvents.KINDS.contains(kind);
    }

    @Override
    public boolean apart() {
        return true;
    }

    @Override
    public List<Effect> apply(StoredEvent event) {
        var id = event.organization();
        var school = id == null ? null : organizations.byId(id).orElse(null);
        if (school == null) {
            return List.of();
        }
        JsonNode object = json.readTree(event.body()).path("data").path("object");
        return Caller.office(school)
                .get(() -> events.apply(event.kind(), object, event.occurredAt()));
    }
}
