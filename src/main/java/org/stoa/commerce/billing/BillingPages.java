package org.stoa.commerce.billing;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.shared.Problem;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a school says how it stands on its invoices, and whether tax is reckoned. */
@Controller
public class BillingPages {
    private final Billing billing;
    private final PaymentSettings payments;
    private final Shells shells;

    BillingPages(Billing billing, PaymentSettings payments, Shells shells) {
        this.billing = billing;
        this.payments = payments;
        this.shells = shells;
    }

    /**
     * {@code commerce/billing}; posts {@code name}, {@code address}, {@code taxId}, {@code notes}
     * and {@code tax} ({@code none}, {@code included} or {@code on-top}) to its own address.
     *
     * @param test no money moves at this school, and no tax is reckoned
     * @param trouble null while the provider reckons as it should
     */
    public record BillingView(
            Form form, boolean test, BillingDetails.@Nullable Trouble trouble, String notice) {}

    @GetMapping("/admin/sales/billing")
    @Allowed(Who.ADMIN)
    Page billing(@RequestParam(defaultValue = "") String done, HttpServletRequest request) {
        var now = billing.current();
        var form =
                Form.filled(
                        Map.of(
                                "name", now.name(),
                                "address", now.address(),
                                "taxId", now.taxId(),
                                "notes", now.notes(),
                                "tax", now.tax().word()));
        return page(form, now, done.equals("saved") ? say("billing.saved") : "", request);
    }

    @PostMapping("/admin/sales/billing")
    @Allowed(Who.ADMIN)
    Object set(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String taxId,
            @RequestParam(defaultValue = "") String notes,
            @RequestParam(defaultValue = "none") String tax,
            HttpServletRequest request) {
        boolean included = tax.equals(Tax.INCLUDED.word());
        boolean onTop = tax.equals(Tax.ON_TOP.word());
        try {
            billing.set(new BillingDraft(name, address, taxId, notes, included || onTop, !onTop));
        } catch (Problem.Invalid wrong) {
            var typed =
                    Map.of(
                            "name", name,
                            "address", address,
                            "taxId", taxId,
                            "notes", notes,
                            "tax", tax);
            var form = Form.refused(typed, wrong.errors());
            return page(form, billing.current(), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/admin/sales/billing?done=saved"))
                .build();
    }

    private Page page(Form form, BillingDetails now, String notice, HttpServletRequest request) {
        var view = new BillingView(form, payments.current().test(), now.trouble(), notice);
        return Page.of(
                "commerce/billing", shells.personal(request, say("billing.title"), "sales"), view);
    }
}
