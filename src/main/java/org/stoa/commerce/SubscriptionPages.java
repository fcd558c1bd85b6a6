package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What whoever pays a subscription does about it, from the page of their order. */
@Controller
public class SubscriptionPages {
    private final OwnSubscriptions subscriptions;
    private final Shells shells;
    private final Hosts hosts;

    SubscriptionPages(OwnSubscriptions subscriptions, Shells shells, Hosts hosts) {
        this.subscriptions = subscriptions;
        this.shells = shells;
        this.hosts = hosts;
    }

    /** {@code commerce/portal}: leads on to the provider's page by itself, or by its link. */
    public record PortalView(String url) {}

    // A form may lead nowhere but to this site (form-action 'self'); a page may say where to go on.
    @PostMapping("/orders/{order}/portal")
    @Allowed(Who.MEMBER)
    Object portal(
            @PathVariable UUID order, HttpServletRequest request, HttpServletResponse response) {
        var root =
                hosts.address(
                        Caller.current().school(), request.getScheme(), request.getServerPort());
        var url = subscriptions.portal(order, root);
        if (url.startsWith(root + "/")) {
            return seeOther(url.substring(root.length()));
        }
        response.setHeader("Refresh", "0;url=" + url);
        return Page.of(
                "commerce/portal",
                shells.personal(request, say("commerce.portal.title"), "learning"),
                new PortalView(url));
    }

    @PostMapping("/orders/{order}/cancel")
    @Allowed(Who.MEMBER)
    ResponseEntity<Void> cancel(@PathVariable UUID order) {
        subscriptions.cancel(order);
        return seeOther("/orders/" + order);
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(address))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
