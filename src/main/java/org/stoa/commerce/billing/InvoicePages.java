package org.stoa.commerce.billing;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.commerce.billing.Invoices.OfOrder;
import org.stoa.commerce.billing.Invoices.To;
import org.stoa.commerce.billing.Invoices.Whose;
import org.stoa.shared.Problem;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Invoices on paper, for who bought and for the school. */
@Controller
public class InvoicePages {
    private final Invoices invoices;
    private final Shells shells;

    InvoicePages(Invoices invoices, Shells shells) {
        this.invoices = invoices;
        this.shells = shells;
    }

    /**
     * {@code commerce/invoice}.
     *
     * @param back the order's page
     */
    public record InvoiceView(Invoice invoice, String back) {}

    /**
     * {@code commerce/invoices}: those of an order, where there is not just one; posts {@code
     * name}, {@code address} and {@code taxId} to its own address, for those that are open.
     *
     * @param back the order's page
     * @param open how many payments have none yet
     * @param ready the school has said how it stands on one
     * @param school whether an administrator looks
     */
    public record InvoicesView(
            String code,
            String back,
            List<Invoice> issued,
            int open,
            boolean ready,
            boolean school,
            Form form) {}

    @GetMapping("/orders/{order}/invoice")
    @Allowed(Who.MEMBER)
    Page mine(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String number,
            HttpServletRequest request) {
        return show(invoices.of(order, Whose.MINE), number, Whose.MINE, request);
    }

    @PostMapping("/orders/{order}/invoice")
    @Allowed(Who.MEMBER)
    Object issueMine(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String taxId,
            HttpServletRequest request) {
        return issue(order, new To(name, address, taxId), Whose.MINE, request);
    }

    @GetMapping("/admin/sales/orders/{order}/invoice")
    @Allowed(Who.ADMIN)
    Page any(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String number,
            HttpServletRequest request) {
        return show(invoices.of(order, Whose.ANY), number, Whose.ANY, request);
    }

    @PostMapping("/admin/sales/orders/{order}/invoice")
    @Allowed(Who.ADMIN)
    Object issueAny(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String taxId,
            HttpServletRequest request) {
        return issue(order, new To(name, address, taxId), Whose.ANY, request);
    }

    private Page show(OfOrder of, String number, Whose whose, HttpServletRequest request) {
        if (!number.isEmpty()) {
            var one =
                    of.numbered(number)
                            .orElseThrow(() -> new Problem.NotFound(say("billing.noInvoice")));
            return page(one, whose, request);
        }
        if (of.open() == 0 && of.issued().size() == 1) {
            return page(of.issued().getFirst(), whose, request);
        }
        var to = of.next();
        var form =
                Form.filled(
                        Map.of("name", to.name(), "address", to.address(), "taxId", to.taxId()));
        return page(of, form, whose, request);
    }

    private Object issue(UUID order, To to, Whose whose, HttpServletRequest request) {
        try {
            var number = invoices.issue(order, to, whose).issued().getLast().said();
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create(at(order, whose) + "/invoice?number=" + number))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        } catch (Problem.Invalid wrong) {
            var typed =
                    Map.of(
                            "name", String.valueOf(to.name()),
                            "address", String.valueOf(to.address()),
                            "taxId", String.valueOf(to.taxId()));
            var form = Form.refused(typed, wrong.errors());
            return page(invoices.of(order, whose), form, whose, request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static String at(UUID order, Whose whose) {
        return (whose == Whose.ANY ? "/admin/sales/orders/" : "/orders/") + order;
    }

    private static String section(Whose whose) {
        return whose == Whose.ANY ? "sales" : "learning";
    }

    private Page page(Invoice one, Whose whose, HttpServletRequest request) {
        return Page.of(
                "commerce/invoice",
                shells.personal(request, say("billing.invoice", one.said()), section(whose)),
                new InvoiceView(one, at(one.order(), whose)));
    }

    private Page page(OfOrder of, Form form, Whose whose, HttpServletRequest request) {
        var view =
                new InvoicesView(
                        of.code(),
                        at(of.order(), whose),
                        of.issued(),
                        of.open(),
                        of.ready(),
                        whose == Whose.ANY,
                        form);
        return Page.of(
                "commerce/invoices",
                shells.personal(request, say("billing.invoices"), section(whose)),
                view);
    }
}
