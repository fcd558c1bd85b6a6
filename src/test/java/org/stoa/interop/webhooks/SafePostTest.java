package org.stoa.interop.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing of ours may be sent, whatever name leads there. */
class SafePostTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.9",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.254",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1"
            })
    void anAddressThatIsNotOfTheOpenInternetIsRefused(String address) throws Exception {
        assertThat(InternalAddresses.contain(InetAddress.getByName(address))).isTrue();
        var post = new SafePost(host -> new InetAddress[] {InetAddress.getByName(address)}, false);
        assertThatThrownBy(
                        () -> post.send(URI.create("https://hook.example/"), Map.of(), new byte[0]))
                .isInstanceOf(SafePost.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.63.0.1",
                "172.32.0.1",
                "192.1.1.1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void theOpenInternetIsNot(String address) throws Exception {
        assertThat(InternalAddresses.contain(InetAddress.getByName(address))).isFalse();
    }

    /** The name is asked for once: a second answer is never used. */
    @Test
    void aNameThatLeadsElsewhereTheNextTimeIsAskedOnce() {
        var asked = new AtomicInteger();
        Names rebinding =
                host ->
                        new InetAddress[] {
                            asked.getAndIncrement() == 0
                                    ? unreachable()
                                    : InetAddress.getLoopbackAddress()
                        };
        var post = new SafePost(rebinding, false);
        assertThatThrownBy(() ->
                        post.send(URI.create("https://hook.example:9/"), Map.of(), new byte[0]))
                .isInstanceOf(IOException.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void oneInternalAddressAmongSeveralRefusesThemAll() {
        var post =
                new SafePost(
                        host ->
                                new InetAddress[] {
                                    unreachable(), InetAddress.getByName("10.0.0.1")
                                },
                        false);
        assertThatThrownBy(
                        () -> post.send(URI.create("https://hook.example/"), Map.of(), new byte[0]))
                .isInstanceOf(SafePost.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://localhost/",
                "https://[::ffff:7f00:1]/",
                "http://example.org/"
            })
    void howeverItIsWritten(String url) {
        var post = new SafePost(InetAddress::getAllByName, false);
        assertThatThrownBy(() -> post.send(URI.create(url), Map.of(), new byte[0]))
                .isInstanceOfAny(
                        SafePost.Refused.class,
                        UnknownHostException.class,
                        IllegalArgumentException.class);
    }

    @Test
    void whatLeadsElsewhereIsNotFollowed() throws Exception {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var secret = new AtomicInteger();
        server.createContext(
                "/secret",
                exchange -> {
                    secret.incrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                });
        server.createContext(
                "/hook",
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "/secret");
                    exchange.sendResponseHeaders(307, -1);
                });
        server.start();
        try {
            var post = new SafePost(InetAddress::getAllByName, true);
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
            assertThat(
                            post.send(
                                    url,
                                    Map.of("x", "y"),
                                    "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isEqualTo(307);
            assertThat(secret).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    /** Of the open internet by its number, and nobody's: port 9 of a network that is not in use. */
    private static InetAddress unreachable() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {(byte) 192, 1, 1, 1});
    }
}
