package org.stoa.catalog.markdown;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The video sites whose lone addresses become cards. */
final class Videos {
    private static final Map<String, String> HOSTS =
            Map.of(
                    "youtube.com", "YouTube",
                    "m.youtube.com", "YouTube",
                    "youtu.be", "YouTube",
                    "youtube-nocookie.com", "YouTube",
                    "vimeo.com", "Vimeo",
                    "player.vimeo.com", "Vimeo");

    private Videos() {}

    /** The site's name if the address is a video's, else null. */
    static @Nullable String host(String address) {
        try {
            URI uri = URI.create(address.strip());
            String host = uri.getHost();
            if (host == null || uri.getScheme() == null || !uri.getScheme().startsWith("http")) {
                return null;
            }
            String lower = host.toLowerCase(Locale.ROOT);
            return HOSTS.get(lower.startsWith("www.") ? lower.substring(4) : lower);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
