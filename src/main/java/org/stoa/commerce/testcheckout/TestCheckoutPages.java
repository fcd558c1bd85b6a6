package org.stoa.commerce.testcheckout;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.commerce.Checkouts;
import org.stoa.commerce.Office;
import org.stoa.commerce.Order;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.shared.Problem;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where somebody pays who does not pay. */
@Controller
public class TestCheckoutPages {
    private final Checkouts checkouts;
    private final TestCheckoutStore store;
    private final PaymentSettings settings;
    private final Shells shells;
    private final Clock clock;

    TestCheckoutPages(
            Checkouts checkouts,
            TestCheckoutStore store,
            PaymentSettings settings,
            Shells shells,
            Clock clock) {
        this.checkouts = checkouts;
        this.store = store;
        this.settings = settings;
        this.shells = shells;
        this.clock = clock;
    }

    /**
     * {@code commerce/testcheckout}; posts {@code how} ({@code card}, {@code refused} or {@code
     * bank}) to {@code /checkout/{order}}.
     *
     * @param price as it is shown
     * @param back the course's page
     * @param refused whether the card was refused just now
     */
    public record TestView(
            UUID order, String code, String title, String price, String back, boolean refused) {}

    @GetMapping("/checkout/{order}")
    @Allowed(Who.MEMBER)
    Object show(@PathVariable UUID order, HttpServletRequest request) {
        return page(order, false, request);
    }

    private Object page(UUID id, boolean refused, HttpServletRequest request) {
        var order = own(id);
        if (!order.status().open()) {
            return done(id);
        }
        var view =
                new TestView(
                        id,
                        order.code(),
                        order.title(),
                        order.price().said(),
                        order.slug() == null ? "/courses" : "/courses/" + order.slug(),
                        refused);
        return Page.of(
                "commerce/testcheckout",
                shells.personal(request, say("commerce.test.title"), "catalog"),
                view);
    }

    @PostMapping("/checkout/{order}")
    @Allowed(Who.MEMBER)
    Object pay(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String how,
            HttpServletRequest request) {
        if (!own(order).status().open()) {
            return done(order);
        }
        switch (how) {
            case "card" -> become(order, "paid");
            case "bank" -> become(order, "awaiting");
            case "arrived" -> become(order, "paid");
            default -> {
                return page(order, true, request);
            }
        }
        return done(order);
    }

    private void become(UUID order, String state) {
        Office.here().run(() -> store.become(order, state, clock.instant()));
    }

    /** Ended, where the school is paid in earnest by now. */
    private Order own(UUID id) {
        var order = checkouts.returned(id);
        if (!order.provider().equals(PaymentSettings.TEST)) {
            throw new Problem.NotFound(say("commerce.noOrder"));
        }
        if (order.status().open() && !Office.here().get(settings::testing)) {
            become(id, "expired");
            return checkouts.returned(id);
        }
        return order;
    }

    private static ResponseEntity<Void> done(UUID order) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/orders/" + order + "/done"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
