package org.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls byte by byte, since no proper client sends what must be refused. */
record Wire(int port) {
    private static final int PATIENCE = 60_000;

    /** An answer; its headers by their names in small letters. */
    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** A call as it goes over the wire: the first line, the lines of headers, the body. */
    @SuppressWarnings("ArrayRecordComponent") // No two calls are compared.
    record Call(String line, Map<String, String> headers, byte @Nullable [] body) {
        @Override
        public String toString() {
            var text = line.length() > 300 ? line.substring(0, 300) + "…" : line;
            var sent = body == null ? "" : new String(body, StandardCharsets.UTF_8);
            return text + " " + headers + " " + sent.substring(0, Math.min(200, sent.length()));
        }
    }

    Call call(
            String method,
            String host,
            String path,
            @Nullable String token,
            @Nullable String type,
            byte @Nullable [] body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Host", host.isEmpty() ? "localhost:" + port : host + ".localhost:" + port);
        headers.put("Connection", "close");
        if (token != null) {
            headers.put("Authorization", "Bearer " + token);
        }
        if (type != null) {
            headers.put("Content-Type", type);
        }
        if (body != null || method.equals("POST") || method.equals("PUT")) {
            headers.put("Content-Length", Integer.toString(body == null ? 0 : body.length));
        }
        return new Call(method + " " + path + " HTTP/1.1", headers, body);
    }

    Reply send(Call call) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            var head = new StringBuilder(call.line()).append("\r\n");
            call.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
            var out = new ByteArrayOutputStream();
            out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            if (call.body() != null) {
                out.writeBytes(call.body());
            }
            out.writeTo(socket.getOutputStream());
            return reply(socket.getInputStream().readAllBytes());
        }
    }

    /** Brings a course in. */
    void upload(String school, String token, byte[] zip) {
        try {
            var call =
                    call("POST", school, "/api/v1/course-imports", token, "application/zip", zip);
            var reply = send(call);
            assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Reply reply(byte[] bytes) throws IOException {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("No answer: " + text);
        }
        if (text.startsWith("HTTP/1.1 100")) {
            return reply(Arrays.copyOfRange(bytes, end + 4, bytes.length));
        }
        var lines = text.substring(0, end).split("\r\n", -1);
        var headers = new LinkedHashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            var pair = lines[i].split(": ?", 2);
            headers.put(pair[0].toLowerCase(Locale.ROOT), pair.length < 2 ? "" : pair[1]);
        }
        var rest = Arrays.copyOfRange(bytes, end + 4, bytes.length);
        var body =
                headers.getOrDefault("transfer-encoding", "").equals("chunked")
                        ? unchunked(new java.io.ByteArrayInputStream(rest))
                        : rest;
        int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
        return new Reply(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] unchunked(InputStream in) throws IOException {
        var out = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).split(";", -1)[0].strip(), 16);
            if (size == 0) {
                return out.toByteArray();
            }
            out.writeBytes(in.readNBytes(size));
            line(in);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
