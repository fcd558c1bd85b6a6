package org.stoa.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.shared.Accent;
import org.stoa.shared.Accent.Tones;
import org.stoa.shared.Colour;
import org.stoa.tenancy.Organization;

/**
 * What a school with a colour of its own is drawn in, after the common stylesheet: a small one
 * under a hash of its content.
 */
@Component
public class SchoolColours {
    /** Where they stand. */
    public static final String FOLDER = "/assets/school/";

    private final Cache<Colour, Sheet> sheets = Caffeine.newBuilder().maximumSize(20_000).build();

    /**
     * A stylesheet as it is sent.
     *
     * @param name within {@link #FOLDER}
     */
    record Sheet(String name, byte[] bytes) {}

    /** The address of a school's stylesheet; empty where it needs none. */
    String address(@Nullable Organization school) {
        var sheet = school == null ? null : sheet(school);
        return sheet == null ? "" : FOLDER + sheet.name();
    }

    /** The stylesheet of a school; null when it has Stoa's own colour. */
    @Nullable Sheet sheet(Organization school) {
        var accent = school.accent();
        return accent != null && Colour.written(accent)
                ? sheets.get(Colour.of(accent), SchoolColours::drawn)
                : null;
    }

    private static Sheet drawn(Colour school) {
        var accent = Accent.of(school);
        // It stands in no layer, so it counts more than tokens.css, wherever it is named.
        var css =
                ":root{"
                        + token("--accent", accent, Tones::accent)
                        + token("--accent-strong", accent, Tones::strong)
                        + token("--accent-wash", accent, Tones::wash)
                        + token("--match", accent, Tones::match)
                        + "}\n";
        var bytes = css.getBytes(StandardCharsets.UTF_8);
        return new Sheet(hash(bytes) + ".css", bytes);
    }

    private static String token(String name, Accent accent, Function<Tones, Colour> tone) {
        return "%s:light-dark(%s,%s);"
                .formatted(name, tone.apply(accent.light()), tone.apply(accent.dark()));
    }

    private static String hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
