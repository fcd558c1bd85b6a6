package org.stoa.inbox;

import com.svix.Webhook;
import com.svix.exceptions.EmptyWebhookSecretException;
import com.svix.exceptions.WebhookVerificationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies deliveries signed as Svix and Standard Webhooks sign them, with Svix's own library: over
 * the id, the time and the bytes, within five minutes, by any of several secrets, so that one can
 * be retired while the next is in use.
 */
public final class SignedDelivery {
    /** The parts are joined by full stops before they are signed: an id with one could be two. */
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e&&[^.]]{1,256}");

    private static final int LONGEST_KIND = 200;
    private static final List<String> NAMES = List.of("svix", "webhook");

    private SignedDelivery() {}

    /**
     * @param secrets each as {@code whsec_} and Base64
     * @throws Forged when none of them signed exactly this, now
     */
    public static Announced verify(Delivery delivery, List<String> secrets, JsonMapper json) {
        var prefix =
                NAMES.stream()
                        .filter(name -> !delivery.header(name + "-id").isEmpty())
                        .findFirst()
                        .orElseThrow(() -> new Forged("It carries no signature"));
        var id = delivery.header(prefix + "-id");
        if (!ID.matcher(id).matches()) {
            throw new Forged("The id is not one");
        }
        var signed = signedOnly(delivery, prefix);
        var text = text(delivery.body());
        if (secrets.stream().noneMatch(secret -> vouches(secret, text, signed))) {
            throw new Forged("No secret vouches for it at this time");
        }
        var time = Instant.ofEpochSecond(Long.parseLong(delivery.header(prefix + "-timestamp")));
        var kept = new LinkedHashMap<String, String>();
        signed.forEach((name, values) -> kept.put(name, values.getFirst()));
        return new Announced(id, kind(text, json), time, kept);
    }

    /** Of each name one value, and no second family of names beside the first. */
    private static Map<String, List<String>> signedOnly(Delivery delivery, String prefix) {
        var signed = new LinkedHashMap<String, List<String>>();
        for (var part : List.of("-id", "-timestamp", "-signature")) {
            var values = delivery.headers().getOrDefault(prefix + part, List.of());
            if (values.size() != 1) {
                throw new Forged("The header " + prefix + part + " must stand there once");
            }
            signed.put(prefix + part, values);
        }
        return signed;
    }

    // The library signs a text. Bytes that are none would be read as if they were another's.
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new Forged("The body is not UTF-8", e);
        }
    }

    private static boolean vouches(String secret, String text, Map<String, List<String>> headers) {
        try {
            new Webhook(secret).verify(text, headers);
            return true;
        } catch (WebhookVerificationException
                | EmptyWebhookSecretException
                | RuntimeException forged) {
            return false;
        }
    }

    /** What stands as {@code type} on the outermost level; the rest of it is not read here. */
    private static String kind(String text, JsonMapper json) {
        try (var parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                var token = parser.nextToken();
                if (name.equals("type") && token == JsonToken.VALUE_STRING) {
                    var kind = parser.getString().replaceAll("[\\p{Cc}\\p{Cs}]", "");
                    return kind.length() <= LONGEST_KIND ? kind : kind.substring(0, LONGEST_KIND);
                }
                parser.skipChildren();
            }
            return "";
        } catch (JacksonException unreadable) {
            return "";
        }
    }
}
