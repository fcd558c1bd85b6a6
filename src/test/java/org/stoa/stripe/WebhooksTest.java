package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import com.stripe.param.EventListParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events as they are sent, read by Stripe's own library. */
class WebhooksTest {
    private static final String SECRET = "whsec_of_the_test";
    private static final Duration SOON = Duration.ofSeconds(40);
    private final StripeDouble stripe = new StripeDouble();
    private final Listener listener = new Listener();
    private final Shop shop = new Shop(stripe);
    private final Deliveries deliveries = shop.account.deliveries();
    private String endpoint = "";

    @BeforeEach
    void begin() {
        endpoint = shop.account.endpoint(listener.address(), SECRET);
        deliveries.retryAfter(Duration.ofMillis(20));
    }

    @AfterEach
    void end() {
        assertThat(stripe.broken()).isEmpty();
        stripe.close();
        listener.close();
    }

    @Test
    void stripesLibraryReadsAndVerifiesThem() throws Exception {
        var session = shop.sold(4900);
        deliveries.await(SOON);
        assertThat(listener.types())
                .containsExactlyInAnyOrder(
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "charge.updated",
                        "checkout.session.completed");
        var message =
                listener.taken.stream()
                        .filter(m -> m.type().equals("checkout.session.completed"))
                        .findFirst()
                        .orElseThrow();
        assertThat(message.host()).startsWith("shop.localhost:");
        var event = Webhook.constructEvent(message.payload(), message.signature(), SECRET);
        var object = event.getDataObjectDeserializer().getObject().orElseThrow();
        assertThat(((Session) object).getId()).isEqualTo(session.getId());
        assertThat(((Session) object).getPaymentStatus()).isEqualTo("paid");
        for (var forged :
                List.of(
                        message.payload().replace("4900", "1"),
                        message.payload() + " ",
                        message.payload().substring(1))) {
            assertThat(
                            catchThrowableOfType(
                                    SignatureVerificationException.class,
                                    () ->
                                            Webhook.constructEvent(
                                                    forged, message.signature(), SECRET)))
                    .isNotNull();
        }
        var kept = shop.client.v1().events().retrieve(event.getId());
        assertThat(kept.getType()).isEqualTo("checkout.session.completed");
        assertThat(kept.getPendingWebhooks()).isZero();
    }

    @Test
    void aSecretIsChangedWithAndWithoutTheOneBefore() throws Exception {
        shop.account.rotate(endpoint, "whsec_new", true);
        shop.sold(4900);
        deliveries.await(SOON);
        var both = listener.taken.getFirst();
        Webhook.constructEvent(both.payload(), both.signature(), SECRET);
        Webhook.constructEvent(both.payload(), both.signature(), "whsec_new");
        shop.account.rotate(endpoint, "whsec_newest", false);
        listener.taken.clear();
        shop.sold(4900);
        deliveries.await(SOON);
        var one = listener.taken.getFirst();
        Webhook.constructEvent(one.payload(), one.signature(), "whsec_newest");
        assertThat(
                        catchThrowableOfType(
                                SignatureVerificationException.class,
                                () ->
                                        Webhook.constructEvent(
                                                one.payload(), one.signature(), SECRET)))
                .isNotNull();
    }

    @Test
    void whatHappensInMonthsIsSignedToday() throws Exception {
        var session = shop.open(Shop.once(4900, "eur"));
        stripe.pass(Duration.ofDays(90));
        deliveries.await(SOON);
        var message = listener.taken.getFirst();
        assertThat(message.type()).isEqualTo("checkout.session.expired");
        var signed = message.signature().replaceFirst("^t=(\\d+),.*$", "$1");
        assertThat(Instant.ofEpochSecond(Long.parseLong(signed)))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        var event = Webhook.constructEvent(message.payload(), message.signature(), SECRET);
        assertThat(event.getCreated()).isEqualTo(shop.session(session.getId()).getExpiresAt());
    }

    @Test
    void whatIsRefusedComesAgain() throws Exception {
        listener.refusals.set(5);
        shop.sold(4900);
        deliveries.await(SOON);
        assertThat(listener.taken).hasSize(5);
        assertThat(deliveries.refused()).isEqualTo(5);
    }

    @Test
    void whatIsForgottenStandsInTheListAlone() throws Exception {
        deliveries.seed(7).forget(0.3);
        for (int i = 0; i < 20; i++) {
            shop.sold(4900);
        }
        deliveries.await(SOON);
        var forgotten = new HashSet<>(deliveries.forgotten());
        assertThat(forgotten).hasSizeBetween(10, 40);
        assertThat(listener.taken).hasSize(100 - forgotten.size());
        assertThat(listener.taken).noneMatch(m -> forgotten.contains(m.id()));
        var undelivered = new HashSet<String>();
        shop.client
                .v1()
                .events()
                .list(
                        EventListParams.builder()
                                .setDeliverySuccess(false)
                                .addType("checkout.session.completed")
                                .addType("charge.succeeded")
                                .addType("payment_intent.created")
                                .addType("charge.updated")
                                .addType("payment_intent.succeeded")
                                .build())
                .autoPagingIterable()
                .forEach(e -> undelivered.add(e.getId()));
        assertThat(undelivered).isEqualTo(forgotten);
        deliveries.forget(0);
        var one = forgotten.iterator().next();
        deliveries.resend(one);
        deliveries.await(SOON);
        assertThat(listener.taken).anyMatch(m -> m.id().equals(one));
    }

    @Test
    void theyAreHeldRepeatedAndMixed() throws Exception {
        deliveries.hold();
        deliveries.repeat(1);
        shop.sold(4900);
        shop.sold(4900);
        assertThat(deliveries.held()).isEqualTo(10);
        assertThat(listener.taken).isEmpty();
        deliveries.repeat(0.5);
        deliveries.seed(3).releaseMixed();
        deliveries.await(SOON);
        assertThat(listener.taken.size()).isGreaterThan(10);
        assertThat(new HashSet<>(listener.taken.stream().map(Listener.Message::id).toList()))
                .hasSize(10);
        deliveries.repeat(0);
        deliveries.mix(Duration.ofMillis(300));
        listener.taken.clear();
        for (int i = 0; i < 5; i++) {
            shop.sold(4900);
        }
        deliveries.await(SOON);
        var told = listener.taken.stream().map(Listener.Message::id).toList();
        var inOrder =
                shop.account.with(() ->
                        shop.account.shelf("event").all().stream()
                                .map(Json::id)
                                .filter(told::contains)
                                .toList());
        assertThat(told).hasSameElementsAs(inOrder).isNotEqualTo(inOrder);
    }

    @Test
    void anEventOfAnotherVersionReadsAsEmpty() throws Exception {
        shop.account.apiVersion("2024-06-20");
        shop.sold(4900);
        deliveries.await(SOON);
        var message = listener.taken.getFirst();
        var event = Webhook.constructEvent(message.payload(), message.signature(), SECRET);
        assertThat(event.getApiVersion()).isEqualTo("2024-06-20");
        assertThat(event.getDataObjectDeserializer().getObject()).isEmpty();
        var monthly = shop.open(Shop.monthly(900));
        shop.account.buyer().pay(monthly.getId());
        var invoice = shop.account.events("invoice.paid").getLast().at("/data/object");
        assertThat(Json.text(invoice, "subscription"))
                .isEqualTo(shop.session(monthly.getId()).getSubscription());
        assertThat(invoice.has("parent")).isFalse();
        var begun = shop.account.events("customer.subscription.created").getLast();
        assertThat(Json.number(begun.at("/data/object"), "current_period_end")).isPositive();
    }

    @Test
    void anEndpointIsMadeThroughTheApiAndTakesItsTypesAlone() throws Exception {
        try (var other = new Listener()) {
            var made =
                    shop.client
                            .v1()
                            .webhookEndpoints()
                            .create(
                                    WebhookEndpointCreateParams.builder()
                                            .setUrl(other.address().toString())
                                            .addEnabledEvent(
                                                    EnabledEvent.CHECKOUT__SESSION__COMPLETED)
                                            .build());
            assertThat(made.getSecret()).startsWith("whsec_");
            shop.sold(4900);
            deliveries.await(SOON);
            assertThat(other.types()).containsExactly("checkout.session.completed");
            var message = other.taken.getFirst();
            Webhook.constructEvent(message.payload(), message.signature(), made.getSecret());
            var listed = shop.client.v1().webhookEndpoints().list().getData();
            assertThat(listed).hasSize(2).allMatch(e -> e.getSecret() == null);
        }
    }

    @Test
    void anEndpointThatIsNotThereIsTriedUntilItIs() throws Exception {
        listener.close();
        shop.account.endpoint(URI.create("http://127.0.0.1:9/hook"), SECRET, "none.at.all");
        shop.sold(4900);
        Awaitility.await().atMost(SOON).until(() -> deliveries.refused() > 0);
        assertThat(deliveries.delivered()).isZero();
    }
}
