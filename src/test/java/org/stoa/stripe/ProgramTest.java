package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.net.Webhook;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The double as a program of its own, for trying by hand. */
class ProgramTest {
    @Test
    void itAnswersAndSendsUntilItIsStopped() throws Exception {
        try (var listener = new Listener()) {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var program =
                    new ProcessBuilder(
                                    java,
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    StripeDouble.class.getName(),
                                    "0",
                                    listener.address().toString(),
                                    "whsec_by_hand",
                                    "sk_test_by_hand")
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (var said = program.inputReader()) {
                var line = said.readLine();
                assertThat(line).endsWith(" to sk_test_by_hand");
                var stripe =
                        StripeClient.builder()
                                .setApiKey("sk_test_by_hand")
                                .setApiBase(line.replaceFirst(".*(http://\\S+) to .*", "$1"))
                                .build();
                stripe.v1().customers().create();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(120))
                        .until(() -> listener.types().contains("customer.created"));
                var message = listener.taken.getFirst();
                Webhook.constructEvent(message.payload(), message.signature(), "whsec_by_hand");
            } finally {
                program.destroy();
                program.waitFor();
            }
        }
    }
}
