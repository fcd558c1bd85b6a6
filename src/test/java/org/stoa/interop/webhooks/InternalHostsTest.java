package org.stoa.interop.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is plainly inside is refused when it is typed, not only when it is sent to. */
class InternalHostsTest {
    @Test
    void numbersThatNameMachinesInsideAreKnownInEveryForm() {
        for (var host :
                List.of(
                        "127.0.0.1",
                        "10.0.0.1",
                        "169.254.169.254",
                        "2130706433",
                        "192.168.1",
                        "[::1]",
                        "[::ffff:127.0.0.1]",
                        "[fd00::1]",
                        "0",
                        "localhost",
                        "school.LOCALHOST")) {
            assertThat(Outgoing.internal(host)).as(host).isTrue();
        }
        for (var host :
                List.of("93.184.215.14", "[2606:2800:21f:cb07::1]", "example.org", "0a.example")) {
            assertThat(Outgoing.internal(host)).as(host).isFalse();
        }
    }
}
