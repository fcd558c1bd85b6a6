package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stripe's own client of another language, from npm, finds the same Stripe. */
class NodeClientTest {
    private static final String PACKAGE = "stripe@23.1.0";
    private static final Path FOLDER = Path.of("target/stripe-npm");

    @BeforeAll
    static void fetch() throws Exception {
        if (!Files.exists(FOLDER.resolve("node_modules/stripe"))) {
            Files.createDirectories(FOLDER);
            run(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", ".", PACKAGE), "");
        }
        try (var in = NodeClientTest.class.getResourceAsStream("/stripe/client.mjs")) {
            Files.write(FOLDER.resolve("client.mjs"), in.readAllBytes());
        }
    }

    private static String run(List<String> command, String input) throws Exception {
        var process =
                new ProcessBuilder(command)
                        .directory(FOLDER.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command + " said " + said);
        }
        return said;
    }

    private static JsonNode node(StripeDouble stripe, Shop shop, String input, String... what)
            throws Exception {
        var port = "" + URI.create(stripe.address()).getPort();
        var command = new ArrayList<>(List.of("node", "client.mjs", port, shop.key));
        command.addAll(List.of(what));
        return Json.JSON.readTree(run(command, input));
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
