package org.stoa.tenancy;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads which site a request's host means, and writes the address of a site. */
@Component
public class Hosts {
    private final String platform;
    private final Organizations organizations;

    Hosts(@Value("${stoa.host:localhost}") String platform, Organizations organizations) {
        this.platform = platform.toLowerCase(Locale.ROOT);
        this.organizations = organizations;
    }

    /** What a host means here. */
    public sealed interface Site {
        /** The platform's own site. */
        record Platform() implements Site {}

        /** A school's site. */
        record School(Organization organization) implements Site {}

        /** No site of this installation. */
        record Unknown() implements Site {}
    }

    /**
     * @param host the value of the Host header, with or without a port; null when there was none
     */
    public Site site(@Nullable String host) {
        if (host == null) {
            return new Site.Unknown();
        }
        var name = withoutPort(host).toLowerCase(Locale.ROOT);
        if (name.equals(platform) || name.equals("127.0.0.1") || name.equals("[::1]")) {
            return new Site.Platform();
        }
        if (!name.endsWith("." + platform)) {
            return new Site.Unknown();
        }
        var subdomain = name.substring(0, name.length() - platform.length() - 1);
        Optional<Site> school = organizations.bySubdomain(subdomain).map(Site.School::new);
        return school.orElseGet(Site.Unknown::new);
    }

    /**
     * The address of a site's root on the same scheme and port as the request at hand, without a
     * slash at the end.
     *
     * @param scheme {@code http} or {@code https}
     * @param port the public port
     */
    public String address(@Nullable Organization organization, String scheme, int port) {
        boolean usual = scheme.equals("https") ? port == 443 : port == 80;
        var host = organization == null ? platform : organization.subdomain() + "." + platform;
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }
}
