package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.stoa.commerce.billing.Tax;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The way from a course to the page where it is paid, and back into the course. */
@Controller
public class CheckoutPages {
    private final Checkouts checkouts;
    private final Shells shells;
    private final Hosts hosts;

    CheckoutPages(Checkouts checkouts, Shells shells, Hosts hosts) {
        this.checkouts = checkouts;
        this.shells = shells;
        this.hosts = hosts;
    }

    /**
     * {@code commerce/going}: leads on to the provider's page by itself, or by its link.
     *
     * @param price as it is shown
     * @param taxOnTop tax comes on top of it
     */
    public record GoingView(String title, String price, boolean taxOnTop, String url) {}

    /**
     * {@code commerce/done}: how an order stands whose course is not open yet. It asks again by
     * itself while that may change.
     *
     * @param price as it is shown
     * @param course its address; empty where the order is not for one course alone
     */
    public record DoneView(
            String code, String title, String price, OrderStatus status, String course) {
        /** The word that its texts go by. */
        public String stands() {
            return switch (status) {
                case PENDING, PAID -> "opening";
                case AWAITING -> "awaiting";
                case RETURNING, REFUNDED -> "returned";
                case FAILED -> "failed";
                case EXPIRED -> "expired";
                case DISPUTED, LOST -> "disputed";
            };
        }

        public boolean waits() {
            return status.open();
        }
    }

    /** One click: an order, and on to where it is paid. A second click leads to the same place. */
    @PostMapping("/courses/{course}/buy")
    @Allowed(Who.MEMBER)
    @ResponseBody
    ResponseEntity<Void> buy(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String currency,
            HttpServletRequest request) {
        var root =
                hosts.address(
                        Caller.current().school(), request.getScheme(), request.getServerPort());
        return lead(checkouts.begin(course, currency, root), root, "/learn/" + course, request);
    }

    /**
     * Leads on to where it is paid, or to what was bought.
     *
     * @param inside where there is nothing to pay
     * @throws Problem.Conflict when nobody can pay now
     */
    public ResponseEntity<Void> lead(
            Checkouts.Begun begun, String root, String inside, HttpServletRequest request) {
        return switch (begun) {
            case Checkouts.Begun.Pay(var order, var url) ->
                    onwards(
                            url.startsWith(root + "/")
                                    ? url.substring(root.length())
                                    : "/orders/" + order + "/pay",
                            request);
            case Checkouts.Begun.Awaiting(var order) ->
                    onwards("/orders/" + order + "/done", request);
            case Checkouts.Begun.Paid(var order) -> onwards("/orders/" + order + "/done", request);
            case Checkouts.Begun.NothingToPay n -> onwards(inside, request);
            case Checkouts.Begun.Refused(var why) -> throw new Problem.Conflict(why);
        };
    }

    // A form may lead nowhere but to this site (form-action 'self'); a page may say where to go on.
    @GetMapping("/orders/{order}/pay")
    @Allowed(Who.MEMBER)
    Object pay(@PathVariable UUID order, HttpServletRequest request, HttpServletResponse response) {
        var known = checkouts.returned(order);
        var checkout = known.checkout();
        if (known.status() != OrderStatus.PENDING || checkout == null) {
            return seeOther("/orders/" + order + "/done");
        }
        boolean taxOnTop = known.terms().tax() == Tax.ON_TOP;
        var view = new GoingView(known.title(), known.price().said(), taxOnTop, checkout.url());
        response.setHeader("Refresh", "0;url=" + checkout.url());
        return Page.of(
                "commerce/going",
                shells.personal(request, say("commerce.going.title"), "catalog"),
                view);
    }

    /** Where the payer comes back to; they are in at once, whether or not an event has arrived. */
    @GetMapping("/orders/{order}/done")
    @Allowed(Who.MEMBER)
    Object done(
            @PathVariable UUID order, HttpServletRequest request, HttpServletResponse response) {
        var known = checkouts.returned(order);
        var course = known.slug();
        if (known.status() == OrderStatus.PAID) {
            return seeOther(
                    switch (known.terms().buys()) {
                        case SEATS -> "/orders/" + order + "/seats";
                        case GIFT -> "/orders/" + order + "/gift";
                        case OWN -> course == null ? "/learn" : "/learn/" + course;
                    });
        }
        var view =
                new DoneView(
                        known.code(),
                        known.title(),
                        known.price().said(),
                        known.status(),
                        course == null ? "" : course);
        if (view.waits()) {
            response.setHeader("Refresh", "2");
        }
        return Page.of(
                "commerce/done",
                shells.personal(request, say("commerce.done.title"), "learning"),
                view);
    }

    private static ResponseEntity<Void> onwards(String address, HttpServletRequest request) {
        if (request.getHeader("HX-Request") != null) {
            return ResponseEntity.noContent().header("HX-Redirect", address).build();
        }
        return seeOther(address);
    }

    private static ResponseEntity<Void> seeOther(@Nullable String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(String.valueOf(address)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
