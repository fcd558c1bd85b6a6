package org.stoa.commerce.payouts;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What is paid out to a school's bank, for its administrators. */
@Controller
public class PayoutPages {
    private static final int PER_PAGE = 10;

    private final Payouts payouts;
    private final Shells shells;

    PayoutPages(Payouts payouts, Shells shells) {
        this.payouts = payouts;
        this.shells = shells;
    }

    /**
     * {@code commerce/payouts}.
     *
     * @param balance what is not paid out yet; null where nobody says
     * @param untold the word of why nothing is told; empty where it is
     * @param first it is the beginning of the list
     * @param next cursor of the next page; null on the last
     */
    public record PayoutsView(
            List<Payout> payouts,
            @Nullable List<Statement.Balance> balance,
            String untold,
            boolean first,
            @Nullable String next) {}

    @GetMapping("/admin/sales/payouts")
    @Allowed(Who.ADMIN)
    Page payouts(
            @RequestParam(required = false) @Nullable String cursor, HttpServletRequest request) {
        var view =
                switch (payouts.list(cursor, PER_PAGE)) {
                    case Statement.Told(var some, var more, var balance) ->
                            new PayoutsView(
                                    some,
                                    balance,
                                    "",
                                    cursor == null,
                                    more ? some.getLast().id() : null);
                    case Statement.Untold(var why) ->
                            new PayoutsView(List.of(), null, why.word(), cursor == null, null);
                };
        return Page.of(
                "commerce/payouts", shells.personal(request, say("sales.payouts"), "sales"), view);
    }
}
