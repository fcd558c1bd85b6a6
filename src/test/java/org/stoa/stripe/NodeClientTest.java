package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stripe's own client of another language, from npm, finds the same Stripe. */
class NodeClientTest {
    @BeforeAll
    static void fetch() throws Exception {
        Npm.have("stripe@23.1.0", "client.mjs");
    }

    private static JsonNode node(StripeDouble stripe, Shop shop, String input, String... what)
            throws Exception {
        var port = "" + URI.create(stripe.address()).getPort();
        var command = new ArrayList<>(List.of("node", "client.mjs", port, shop.key));
        command.addAll(List.of(what));
        return Json.JSON.readTree(Npm.run(command, input));
    }

    @Test
    void itSellsGivesBackListsAndVerifies() throws Exception {
        try (var stripe = new StripeDouble();
                var listener = new Listener()) {
            var shop = new Shop(stripe);
            var secret = "whsec_of_node";
            shop.account.endpoint(listener.address(), secret);
            var made = node(stripe, shop, "", "create");
            assertThat(Json.text(made, "first")).isEqualTo(Json.text(made, "again"));
            assertThat(Json.text(made, "missing")).isEqualTo("StripeInvalidRequestError");
            assertThat(Json.text(made, "unauthorised")).isEqualTo("StripeAuthenticationError");
            assertThat(Json.text(made, "reused")).isEqualTo("StripeIdempotencyError");
            var session = Json.text(made, "first");
            assertThat(shop.account.buyer().pay(session)).isInstanceOf(Attempt.Done.class);
            var after = node(stripe, shop, "", "after", session);
            assertThat(Json.text(after, "status")).isEqualTo("paid");
            assertThat(Json.text(after, "line")).isEqualTo("Knots");
            assertThat(Json.number(after, "refunded")).isEqualTo(1000);
            assertThat(Json.text(after, "tooMuch")).isEqualTo("StripeInvalidRequestError");
            assertThat(after.path("events").valueStream().map(JsonNode::asString))
                    .contains("checkout.session.completed", "charge.refunded", "refund.created");
            shop.account.deliveries().await(Duration.ofSeconds(20));
            var message = listener.taken.getFirst();
            var good = node(stripe, shop, message.payload(), "verify", message.signature(), secret);
            assertThat(Json.text(good, "type")).isEqualTo(message.type());
            var forged =
                    node(
                            stripe,
                            shop,
                            message.payload().replace("eur", "usd"),
                            "verify",
                            message.signature(),
                            secret);
            assertThat(Json.text(forged, "error")).isEqualTo("StripeSignatureVerificationError");
            assertThat(stripe.broken()).isEmpty();
        }
    }
}
