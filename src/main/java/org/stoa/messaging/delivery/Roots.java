package org.stoa.messaging.delivery;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Hosts;
import org.stoa.tenancy.Organization;

/**
 * The addresses of schools as mail writes them: from the settings, never from the request of
 * whoever caused the mail, since anybody may send any {@code Host} header.
 */
@Component
public class Roots {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Hosts hosts;
    private final Environment environment;
    private final String address;

    /**
     * @throws IllegalStateException when the address is of another host than the platform's
     */
    Roots(Hosts hosts, Environment environment, @Value("${stoa.address:}") String address) {
        this.hosts = hosts;
        this.environment = environment;
        this.address = address;
        if (!address.isEmpty()
                && !hosts.address(null, "http", HTTP)
                        .equals("http://" + URI.create(address).getHost())) {
            throw new IllegalStateException(
                    "The setting address is of another host than the setting host");
        }
    }

    /** Of a school's site, without a slash at the end. */
    public String of(Organization school) {
        if (address.isEmpty()) {
            var bound = environment.getProperty("local.server.port");
            var port = bound == null ? environment.getProperty("server.port", "8080") : bound;
            return hosts.address(school, "http", Integer.parseInt(port));
        }
        var uri = URI.create(address);
        int usual = uri.getScheme().equals("https") ? HTTPS : HTTP;
        return hosts.address(school, uri.getScheme(), uri.getPort() < 0 ? usual : uri.getPort());
    }

    /** The host of the platform, for the address that mail comes from. */
    String host() {
        return URI.create(hosts.address(null, "http", HTTP)).getHost();
    }
}
