package org.stoa.commerce.sales;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.commerce.Refunds;
import org.stoa.shared.Money;
import org.stoa.shared.MoneyText;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** One order, for a school's administrators. */
@Controller
public class OrderPages {
    private final SalesBook orders;
    private final Refunds refunds;
    private final Shells shells;

    OrderPages(SalesBook orders, Refunds refunds, Shells shells) {
        this.orders = orders;
        this.refunds = refunds;
        this.shells = shells;
    }

    /**
     * {@code commerce/sale}; its form asks {@code GET …/refund} with {@code amount} as it was typed
     * and {@code reason}.
     */
    public record OrderView(OrderWhole order, Form form, String notice) {}

    /**
     * {@code commerce/refund}, which asks before; posts {@code amount} in minor units, the {@code
     * left} that was seen and {@code reason} to {@code …/refunds}.
     */
    public record RefundView(OrderWhole order, Money amount, String reason) {
        /** All of the money is gone after it, and so is the access. */
        public boolean all() {
            return amount.amount() == order.left();
        }
    }

    @GetMapping("/admin/sales/orders/{order}")
    @Allowed(Who.ADMIN)
    Page order(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        var notice = done.equals("refund") ? say("sales.refund.asked") : "";
        return page(orders.one(order), Form.empty(), notice, request);
    }

    @GetMapping("/admin/sales/orders/{order}/refund")
    @Allowed(Who.ADMIN)
    Page ask(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request) {
        var whole = orders.one(order);
        try {
            var view = new RefundView(whole, wanted(whole, amount), reason.strip());
            return Page.of(
                    "commerce/refund",
                    shells.personal(request, say("sales.refund.title"), "sales"),
                    view);
        } catch (Problem.Invalid wrong) {
            var form = Form.refused(Map.of("amount", amount, "reason", reason), wrong.errors());
            return page(whole, form, "", request).with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static Money wanted(OrderWhole whole, String typed) {
        if (whole.left() == 0) {
            throw new Problem.Conflict(say("commerce.refund.nothing"));
        }
        if (typed.isBlank()) {
            return whole.sumLeft();
        }
        var wanted = MoneyText.read(typed, whole.line().price().currency());
        Refunds.hold(wanted.amount(), whole.sumLeft());
        return wanted;
    }

    @PostMapping("/admin/sales/orders/{order}/refunds")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> refund(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "0") long amount,
            @RequestParam(defaultValue = "0") long left,
            @RequestParam(defaultValue = "") String reason) {
        if (orders.one(order).left() != left) {
            // The same form sent twice, or two people at once.
            throw new Problem.Conflict(say("sales.refund.overtaken"));
        }
        refunds.ask(order, amount, reason, Caller.current().personId());
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/admin/sales/orders/" + order + "?done=refund"))
                .build();
    }

    private Page page(OrderWhole order, Form form, String notice, HttpServletRequest request) {
        return Page.of(
                "commerce/sale",
                shells.personal(request, say("commerce.order", order.line().code()), "sales"),
                new OrderView(order, form, notice));
    }
}
