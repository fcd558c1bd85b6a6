package org.stoa.commerce.receipts;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.commerce.OwnSubscriptions;
import org.stoa.commerce.Subscription;
import org.stoa.tenancy.Caller;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** A buyer's own orders. */
@Controller
public class ReceiptPages {
    private static final int PER_PAGE = 24;

    private final Receipts receipts;
    private final OwnSubscriptions subscriptions;
    private final Shells shells;

    ReceiptPages(Receipts receipts, OwnSubscriptions subscriptions, Shells shells) {
        this.receipts = receipts;
        this.subscriptions = subscriptions;
        this.shells = shells;
    }

    /**
     * {@code commerce/orders}.
     *
     * @param next cursor of the next page; null on the last
     */
    public record OrdersView(List<Receipt> orders, @Nullable String next) {}

    /**
     * {@code commerce/receipt}; posts to {@code …/portal} and {@code …/cancel}.
     *
     * @param subscription null where it is paid once
     */
    public record ReceiptView(
            Receipt receipt, @Nullable Subscription subscription, String school) {}

    @GetMapping("/orders")
    @Allowed(Who.MEMBER)
    Page orders(
            @RequestParam(required = false) @Nullable String cursor, HttpServletRequest request) {
        var some = receipts.mine(cursor, PER_PAGE);
        return Page.of(
                "commerce/orders",
                shells.personal(request, say("sales.mine"), "learning"),
                new OrdersView(some.items(), some.nextCursor()));
    }

    @GetMapping("/orders/{order}")
    @Allowed(Who.MEMBER)
    Page receipt(@PathVariable UUID order, HttpServletRequest request) {
        var receipt = receipts.mine(order);
        return Page.of(
                "commerce/receipt",
                shells.personal(request, say("commerce.order", receipt.code()), "learning"),
                new ReceiptView(
                        receipt,
                        subscriptions.of(order).orElse(null),
                        Caller.current().school().name()));
    }
}
