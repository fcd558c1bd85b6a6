package org.stoa.commerce.sales;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.commerce.Subscription;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What is paid again and again, for a school's administrators. */
@Controller
public class RenewalPages {
    private static final int PER_PAGE = 24;

    private final SubscriptionBook subscriptions;
    private final Shells shells;

    RenewalPages(SubscriptionBook subscriptions, Shells shells) {
        this.subscriptions = subscriptions;
        this.shells = shells;
    }

    /**
     * {@code commerce/subscriptions}.
     *
     * @param failed only those are shown that were not paid when their time came
     * @param next cursor of the next page; null on the last
     */
    public record SubscriptionsView(
            boolean failed, List<SubscriptionLine> subscriptions, @Nullable String next) {}

    @GetMapping("/admin/sales/subscriptions")
    @Allowed(Who.ADMIN)
    Page subscriptions(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        boolean failed = status.equals(Subscription.Status.PAST_DUE.word());
        var some = subscriptions.list(status, cursor, PER_PAGE);
        return Page.of(
                "commerce/subscriptions",
                shells.personal(request, say("sales.renewals"), "sales"),
                new SubscriptionsView(failed, some.items(), some.nextCursor()));
    }
}
