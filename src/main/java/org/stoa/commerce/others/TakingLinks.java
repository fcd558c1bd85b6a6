package org.stoa.commerce.others;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.stoa.shared.Sealer;
import org.stoa.tenancy.Caller;

/**
 * The links by which people take what somebody bought for them. Nothing of a link is kept: it holds
 * sealed which seat or gift it opens, and since when that is offered to somebody. Offered anew, or
 * to another, an old link holds no more.
 */
@Component
class TakingLinks {
    private static final Pattern SEALED = Pattern.compile("[A-Za-z0-9_-]{40,300}");

    private final Sealer sealer;

    TakingLinks(Sealer sealer) {
        this.sealer = sealer;
    }

    /** What a link opens. */
    enum What {
        SEAT("/seats/"),
        GIFT("/gifts/");

        private final String path;

        What(String path) {
            this.path = path;
        }
    }

    /**
     * What a link names.
     *
     * @param since when it was offered
     */
    record Named(UUID id, Instant since) {}

    /** Below the school's address. */
    String path(What what, UUID id, Instant since) {
        var sealed = sealer.seal(of(what), id + " " + since.toEpochMilli());
        return what.path + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Empty where it is none of this school's. */
    Optional<Named> open(What what, String token) {
        if (!SEALED.matcher(token).matches()) {
            return Optional.empty();
        }
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
        return sealer.open(of(what), sealed)
                .map(it -> it.split(" ", 2))
                .map(it ->
                        new Named(
                                UUID.fromString(it[0]),
                                Instant.ofEpochMilli(Long.parseLong(it[1]))));
    }

    private static String of(What what) {
        return what + " of " + Caller.current().school().id();
    }
}
