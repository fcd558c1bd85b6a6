package org.stoa.commerce.settings;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a school says by whom it is paid. */
@Controller
public class PaymentSettingsPages {
    /** What Stripe has to tell of. */
    private static final List<String> KINDS =
            List.of(
                    "checkout.session.completed",
                    "checkout.session.async_payment_succeeded",
                    "checkout.session.async_payment_failed",
                    "checkout.session.expired",
                    "invoice.paid",
                    "invoice.payment_failed",
                    "customer.subscription.updated",
                    "customer.subscription.deleted",
                    "charge.refunded",
                    "charge.refund.updated",
                    "refund.created",
                    "refund.updated",
                    "refund.failed",
                    "charge.dispute.created",
                    "charge.dispute.updated",
                    "charge.dispute.closed",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.funds_reinstated");

    private final PaymentSettings settings;
    private final Hosts hosts;
    private final Shells shells;

    PaymentSettingsPages(PaymentSettings settings, Hosts hosts, Shells shells) {
        this.settings = settings;
        this.hosts = hosts;
        this.shells = shells;
    }

    /**
     * {@code commerce/payments}; posts {@code provider}, {@code secretKey} and {@code
     * webhookSecret} to its own address.
     *
     * @param usable whether anybody can be charged
     * @param production the test checkout is not to be had
     * @param webhook where Stripe sends its events
     * @param kinds of events that it has to send
     */
    public record PaymentsView(
            Form form,
            String provider,
            boolean usable,
            boolean production,
            String webhook,
            List<String> kinds,
            String notice) {}

    @GetMapping("/admin/payments")
    @Allowed(Who.ADMIN)
    Page payments(@RequestParam(defaultValue = "") String done, HttpServletRequest request) {
        var notice = done.equals("saved") ? say("sales.pay.saved") : "";
        var form = Form.filled(Map.of("provider", settings.current().provider()));
        return page(form, notice, request);
    }

    @PostMapping("/admin/payments")
    @Allowed(Who.ADMIN)
    Object set(
            @RequestParam(defaultValue = "") String provider,
            @RequestParam(defaultValue = "") String secretKey,
            @RequestParam(defaultValue = "") String webhookSecret,
            HttpServletRequest request) {
        try {
            settings.set(provider, secretKey.strip(), webhookSecret.strip());
        } catch (Problem.Invalid wrong) {
            var form = Form.refused(Map.of("provider", provider), wrong.errors());
            return page(form, "", request).with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/admin/payments?done=saved"))
                .build();
    }

    private Page page(Form form, String notice, HttpServletRequest request) {
        var setup = settings.current();
        var root =
                hosts.address(
                        Caller.current().school(), request.getScheme(), request.getServerPort());
        var view =
                new PaymentsView(
                        form,
                        setup.provider(),
                        setup.usable(),
                        settings.production(),
                        root + "/api/webhooks/stripe",
                        KINDS,
                        notice);
        return Page.of(
                "commerce/payments", shells.personal(request, say("sales.pay"), "school"), view);
    }
}
