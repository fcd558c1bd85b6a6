package org.stoa.commerce.sales;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.tenancy.Caller;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What a school sold, for its administrators. */
@Controller
public class SalesPages {
    private static final int PER_PAGE = 24;
    private static final Map<String, String> NOTICES =
            Map.of(
                    "payment-without-access", "sales.mended.given",
                    "access-without-payment", "sales.mended.ended",
                    "refund-refused", "sales.mended.again",
                    "return-refused", "sales.mended.again");

    private final SalesBook orders;
    private final Mismatches mismatches;
    private final Shells shells;

    SalesPages(SalesBook orders, Mismatches mismatches, Shells shells) {
        this.orders = orders;
        this.mismatches = mismatches;
        this.shells = shells;
    }

    /**
     * {@code commerce/sales}. Its forms: {@code GET /admin/sales} ({@code status}, {@code q},
     * {@code span}), {@code POST /admin/sales/mismatches/{id}/mend}.
     *
     * @param months months rather than days are drawn
     * @param test no money moves at this school
     * @param taxTrouble Stripe refuses to reckon tax, so that nobody can buy
     * @param next cursor of the next page; null on the last
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record SalesView(
            boolean months,
            boolean test,
            boolean taxTrouble,
            List<Revenue> revenue,
            List<Mismatch> mismatches,
            OrderSearch search,
            List<OrderLine> orders,
            @Nullable String next,
            String notice) {
        public boolean all() {
            return search.status().isEmpty() && search.text().isEmpty();
        }
    }

    @GetMapping("/admin/sales")
    @Allowed(Who.ADMIN)
    Page sales(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String span,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        boolean months = span.equals("months");
        var search = new OrderSearch(status, q);
        var some = orders.list(search, cursor, PER_PAGE);
        var overview = orders.overview(months);
        var key = NOTICES.get(done);
        var view =
                new SalesView(
                        months,
                        overview.provider().equals(PaymentSettings.TEST),
                        overview.taxTrouble(),
                        overview.revenue(),
                        overview.mismatches(),
                        search,
                        some.items(),
                        some.nextCursor(),
                        key == null ? "" : say(key));
        return Page.of(
                "commerce/sales", shells.personal(request, say("sales.title"), "sales"), view);
    }

    @GetMapping("/admin/sales/orders.csv")
    @Allowed(Who.ADMIN)
    void table(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String q,
            HttpServletResponse response)
            throws IOException {
        var search = new OrderSearch(status, q);
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\""
                        + Caller.current().school().subdomain()
                        + "-orders.csv\"");
        try (var table = new SalesTable(response.getOutputStream())) {
            orders.each(search, table::add);
        }
    }

    @PostMapping("/admin/sales/mismatches/{mismatch}/mend")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> mend(@PathVariable String mismatch) {
        var mended = mismatches.mend(mismatch);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/admin/sales?done=" + mended.kind()))
                .build();
    }
}
