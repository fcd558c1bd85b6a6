package org.stoa.commerce.testcheckout;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
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
import org.stoa.commerce.OwnSubscriptions;
import org.stoa.commerce.Subscription;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.shared.Problem;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where somebody lets the months of a subscription pass for which no money moves. */
@Controller
public class TestRenewalPages {
    private final Checkouts checkouts;
    private final OwnSubscriptions subscriptions;
    private final TestRenewals renewals;
    private final PaymentSettings settings;
    private final Shells shells;

    TestRenewalPages(
            Checkouts checkouts,
            OwnSubscriptions subscriptions,
            TestRenewals renewals,
            PaymentSettings settings,
            Shells shells) {
        this.checkouts = checkouts;
        this.subscriptions = subscriptions;
        this.renewals = renewals;
        this.settings = settings;
        this.shells = shells;
    }

    /**
     * {@code commerce/testrenewals}; posts {@code how} ({@code renew} or {@code fail}) and {@code
     * seen}, the end that was seen, to its own address.
     *
     * @param price as it is shown
     */
    public record RenewalsView(
            UUID order, String code, String title, String price, Subscription subscription) {
        /** In seconds since 1970. */
        public long seen() {
            return subscription.paidUntil().getEpochSecond();
        }

        public boolean over() {
            return subscription.status() == Subscription.Status.ENDED || subscription.paidUp();
        }
    }

    @GetMapping("/checkout/{order}/renewals")
    @Allowed(Who.MEMBER)
    Page show(@PathVariable UUID order, HttpServletRequest request) {
        var own = own(order);
        var view =
                new RenewalsView(
                        order, own.code(), own.title(), own.price().said(), subscription(order));
        return Page.of(
                "commerce/testrenewals",
                shells.personal(request, say("commerce.test.renewals"), "learning"),
                view);
    }

    @PostMapping("/checkout/{order}/renewals")
    @Allowed(Who.MEMBER)
    ResponseEntity<Void> pass(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String how,
            @RequestParam(defaultValue = "0") long seen) {
        var own = own(order);
        var known = subscription(order);
        // The same form sent twice is one month.
        boolean fresh = known.paidUntil().getEpochSecond() == seen;
        if (fresh && known.status() != Subscription.Status.ENDED && !known.paidUp()) {
            Office.here()
                    .run(() -> {
                        if (how.equals("renew")) {
                            renewals.renew(own, known);
                        } else if (how.equals("fail")) {
                            renewals.fail(own, known);
                        }
                    });
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/checkout/" + order + "/renewals"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Subscription subscription(UUID order) {
        return subscriptions.of(order).orElseThrow(TestRenewalPages::none);
    }

    private Order own(UUID id) {
        var order = checkouts.returned(id);
        if (!order.provider().equals(PaymentSettings.TEST)
                || !Office.here().get(settings::testing)) {
            throw none();
        }
        return order;
    }

    private static Problem none() {
        return new Problem.NotFound(say("commerce.noOrder"));
    }
}
