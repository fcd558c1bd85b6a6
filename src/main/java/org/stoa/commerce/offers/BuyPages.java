package org.stoa.commerce.offers;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.Releases;
import org.stoa.commerce.CheckoutPages;
import org.stoa.commerce.Reckoning;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where somebody sees what an offer comes to, and buys it. */
@Controller
public class BuyPages {
    private final OfferBook offers;
    private final Purchases purchases;
    private final CheckoutPages checkouts;
    private final Releases releases;
    private final Shells shells;
    private final Hosts hosts;

    BuyPages(
            OfferBook offers,
            Purchases purchases,
            CheckoutPages checkouts,
            Releases releases,
            Shells shells,
            Hosts hosts) {
        this.offers = offers;
        this.purchases = purchases;
        this.checkouts = checkouts;
        this.releases = releases;
        this.shells = shells;
        this.hosts = hosts;
    }

    /**
     * {@code commerce/buy}. Its form asks {@code GET /offers/{offer}} what it comes to with {@code
     * currency}, {@code coupon}, {@code buys} and {@code quantity}, or posts them to {@code …/buy},
     * with the {@code seen} price.
     *
     * @param paid how it is paid, in words
     * @param prices by currency, as they are said
     * @param taxOnTop tax comes on top of them, at the checkout
     * @param open addresses of its courses that are open to the caller without it
     * @param coupon the code that takes something off; empty for none
     */
    public record BuyView(
            Offer offer,
            String paid,
            Form form,
            Map<String, String> prices,
            boolean teams,
            boolean gifts,
            Reckoning.Bill bill,
            boolean taxOnTop,
            Set<String> open,
            String coupon,
            String notice) {
        public String seen() {
            return bill.price().amount() + bill.price().currency();
        }
    }

    /** {@code commerce/courseoffers}: the ways to buy a course, its own price first. */
    public record CourseOffersView(String course, String title, List<OfferPages.Line> offers) {}

    @GetMapping("/offers/{offer}")
    @Allowed(Who.MEMBER)
    Page offer(
            @PathVariable UUID offer,
            @RequestParam(defaultValue = "") String currency,
            @RequestParam(defaultValue = "") String coupon,
            @RequestParam(defaultValue = "") String quantity,
            @RequestParam(defaultValue = "") String buys,
            HttpServletRequest request) {
        var known = offers.sold(offer);
        var typed = new Typed(currency, coupon, quantity, buys);
        try {
            var bill = purchases.bill(purchases.wish(known, typed.choice()));
            return page(known, Form.filled(typed.values()), bill, "", request);
        } catch (Problem.Invalid wrong) {
            return refused(known, typed, wrong, request);
        }
    }

    /** The order, and on to where it is paid: if the price is the one that was seen. */
    @PostMapping("/offers/{offer}/buy")
    @Allowed(Who.MEMBER)
    Object buy(
            @PathVariable UUID offer,
            @RequestParam(defaultValue = "") String currency,
            @RequestParam(defaultValue = "") String coupon,
            @RequestParam(defaultValue = "") String quantity,
            @RequestParam(defaultValue = "") String buys,
            @RequestParam(defaultValue = "") String seen,
            HttpServletRequest request) {
        var known = offers.sold(offer);
        var typed = new Typed(currency, coupon, quantity, buys);
        try {
            var wish = purchases.wish(known, typed.choice());
            var bill = purchases.bill(wish);
            var asked = bill.price().amount() + bill.price().currency();
            if (!seen.isEmpty() && !seen.equals(asked)) {
                var notice = say("offers.otherPrice", bill.price().said());
                return page(known, Form.filled(typed.values()), bill, notice, request);
            }
            var root =
                    hosts.address(
                            Caller.current().school(),
                            request.getScheme(),
                            request.getServerPort());
            return checkouts.lead(purchases.buy(known, wish, root), root, "/learn", request);
        } catch (Problem.Invalid wrong) {
            return refused(known, typed, wrong, request).with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/courses/{course}/offers")
    @Allowed(Who.MEMBER)
    Page ofCourse(@PathVariable String course, HttpServletRequest request) {
        var release =
                releases.current(course)
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
        var lines =
                offers.of(course).stream()
                        .map(it -> new OfferPages.Line(it, OfferBook.paid(it)))
                        .toList();
        return Page.of(
                "commerce/courseoffers",
                shells.personal(request, say("offers.ways", release.title()), "catalog"),
                new CourseOffersView(course, release.title(), lines));
    }

    /** What was typed. */
    private record Typed(String currency, String coupon, String quantity, String buys) {
        /**
         * @throws Problem.Invalid where the quantity is no number
         */
        Purchases.Choice choice() {
            try {
                var number = quantity.isBlank() ? null : Integer.valueOf(quantity.strip());
                // The number of seats means nothing where none are bought.
                boolean seats = buys.equals("seats") || number == null || number < 1;
                return new Purchases.Choice(
                        currency, coupon, seats ? number : Integer.valueOf(1), buys);
            } catch (NumberFormatException notANumber) {
                throw new Problem.Invalid("quantity", say("offers.wrong.quantity"));
            }
        }

        Map<String, String> values() {
            return Map.of(
                    "currency",
                    currency.strip().toUpperCase(Locale.ROOT),
                    "coupon",
                    coupon.strip(),
                    "quantity",
                    quantity.isBlank() ? "1" : quantity,
                    "buys",
                    buys.isBlank() ? "own" : buys);
        }
    }

    private Page refused(
            Offer offer, Typed typed, Problem.Invalid wrong, HttpServletRequest request) {
        var plain = purchases.wish(offer, new Purchases.Choice(null, null, null, null));
        var form = Form.refused(typed.values(), wrong.errors());
        return page(offer, form, purchases.bill(plain), "", request);
    }

    private Page page(
            Offer offer,
            Form form,
            Reckoning.Bill bill,
            String notice,
            HttpServletRequest request) {
        var prices = new LinkedHashMap<String, String>();
        offer.prices().forEach(it -> prices.put(it.currency(), it.said()));
        var view =
                new BuyView(
                        offer,
                        OfferBook.paid(offer),
                        form,
                        prices,
                        purchases.teams(offer),
                        purchases.gifts(offer),
                        bill,
                        purchases.taxOnTop(),
                        purchases.open(offer),
                        bill.discount() > 0 ? form.value("coupon").toUpperCase(Locale.ROOT) : "",
                        notice);
        return Page.of("commerce/buy", shells.personal(request, offer.title(), "catalog"), view);
    }
}
