package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Somebody else's double of Stripe, from npm, answers as ours does where it covers a call: refunds,
 * customers, products and prices, keys that are used again, and what is refused.
 */
class StatefulMockTest {
    private static final String SERVE =
            "const s = require('stripe-stateful-mock').createExpressApp()"
                    + ".listen(0, '127.0.0.1', () => console.log(s.address().port))";

    @BeforeAll
    static void fetch() throws Exception {
        Npm.have("stripe@23.1.0", "client.mjs");
        Npm.have("stripe-stateful-mock@0.0.16", "beside.mjs");
    }

    private static JsonNode asked(String port, String key, String... charge) throws Exception {
        var command = new ArrayList<>(List.of("node", "beside.mjs", port, key));
        command.addAll(List.of(charge));
        return Json.JSON.readTree(Npm.run(command, ""));
    }

    @Test
    void ourDoubleAnswersAsAnotherDoes() throws Exception {
        var mock = Npm.start(List.of("node", "-e", SERVE));
        try (var stripe = new StripeDouble();
                var said =
                        new BufferedReader(
                                new InputStreamReader(
                                        mock.getInputStream(), StandardCharsets.UTF_8))) {
            var theirs = asked(said.readLine(), "sk_test_beside");
            var shop = new Shop(stripe);
            shop.sold(4900);
            var charge = shop.account.ledger().payments().getFirst().charge();
            var port = "" + URI.create(stripe.address()).getPort();
            var ours = asked(port, shop.key, charge);
            assertThat(ours.toPrettyString()).isEqualTo(theirs.toPrettyString());
            assertThat(stripe.broken()).isEmpty();
        } finally {
            mock.destroyForcibly();
        }
    }
}
