package org.stoa.interop.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends a body to an address that somebody typed, and to no place of our own network: the name is
 * asked for once, every answer to it is looked at, the connection is made to that very address and
 * looked at again, and nothing that is answered is followed.
 */
final class SafePost {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(20);
    private static final int READ_MILLIS = 10_000;
    private static final int LONGEST_LINE = 512;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Names names;
    private final boolean internal;

    SafePost(Names names, boolean internal) {
        this.names = names;
        this.internal = internal;
    }

    /** It leads to where nothing may be sent. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }

    /**
     * @return the status that was answered
     * @throws Refused before anything is sent
     */
    int send(URI address, Map<String, String> headers, byte[] body) throws IOException {
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        if (!secure && !internal) {
            throw new Refused("Only https is taken");
        }
        int port = address.getPort() > 0 ? address.getPort() : secure ? HTTPS : HTTP;
        var host = address.getHost();
        long end = System.nanoTime() + WHOLE.toNanos();
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(resolved(host), port), (int) CONNECT.toMillis());
            require(plain.getInetAddress());
            plain.setSoTimeout(READ_MILLIS);
            try (var socket = secure ? secured(plain, host, port) : plain) {
                socket.getOutputStream().write(request(address, headers, body));
                socket.getOutputStream().flush();
                return status(socket.getInputStream(), end);
            }
        }
    }

    /** An address like [::1] is taken out of its brackets by the resolver itself. */
    private InetAddress resolved(String host) throws IOException {
        var all = names.addresses(host);
        for (var one : all) {
            require(one);
        }
        if (all.length == 0) {
            throw new Refused("The name has no address");
        }
        return all[0];
    }

    private void require(InetAddress address) throws Refused {
        if (!internal && InternalAddresses.contain(address)) {
            throw new Refused("It leads into an internal network");
        }
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        var parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        var own = socket.getSSLParameters();
        own.setEndpointIdentificationAlgorithm(parameters.getEndpointIdentificationAlgorithm());
        socket.setSSLParameters(own);
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(URI address, Map<String, String> headers, byte[] body) {
        var path =
                address.getRawPath() == null || address.getRawPath().isEmpty()
                        ? "/"
                        : address.getRawPath();
        var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        var port = address.getPort() > 0 ? ":" + address.getPort() : "";
        var head = new StringBuilder();
        head.append("POST ").append(path).append(query).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(address.getHost()).append(port).append("\r\n");
        head.append("Connection: close\r\nContent-Length: ").append(body.length).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        var first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        var all = java.util.Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    /** The rest of the answer is nobody's: it is not even read. */
    private static int status(InputStream input, long end) throws IOException {
        var line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0 || line.length() > LONGEST_LINE || System.nanoTime() > end) {
                throw new IOException(
                        "It did not answer in HTTP within "
                                + TimeUnit.NANOSECONDS.toSeconds(WHOLE.toNanos())
                                + " s");
            }
            line.append((char) c);
        }
        var parts = line.toString().strip().split(" ", 3);
        boolean http = parts[0].toUpperCase(Locale.ROOT).startsWith("HTTP/1.");
        if (!http || parts.length < 2 || !parts[1].matches("[1-5]\\d\\d")) {
            throw new IOException("It did not answer in HTTP");
        }
        return Integer.parseInt(parts[1]);
    }
}
