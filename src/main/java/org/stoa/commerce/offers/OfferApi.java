package org.stoa.commerce.offers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.commerce.Checkouts.Begun;
import org.stoa.commerce.PriceList;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What a school sells beside single courses, as JSON. */
@RestController
@Validated
@Tag(name = "Selling")
class OfferApi {
    private final OfferBook offers;
    private final Purchases purchases;
    private final Hosts hosts;

    OfferApi(OfferBook offers, Purchases purchases, Hosts hosts) {
        this.offers = offers;
        this.purchases = purchases;
        this.hosts = hosts;
    }

    /**
     * @param amount in minor units of the currency
     */
    @Schema(name = "OfferPrice")
    record PriceBody(long amount, String currency) {
        static PriceBody of(Money it) {
            return new PriceBody(it.amount(), it.currency());
        }
    }

    @Schema(name = "OfferCourse")
    record CourseBody(String slug, String title) {}

    @Schema(name = "Offer")
    record OfferBody(
            UUID id,
            @Nullable String course,
            String title,
            String lede,
            String kind,
            @Nullable String every,
            int trialDays,
            @Nullable Integer parts,
            boolean teams,
            boolean gifts,
            boolean active,
            List<PriceBody> prices,
            List<CourseBody> courses) {
        static OfferBody of(Offer it) {
            var every = it.every();
            return new OfferBody(
                    it.id(),
                    it.course(),
                    it.title(),
                    it.lede(),
                    it.kind().word(),
                    every == null ? null : every.word(),
                    it.trialDays(),
                    it.parts(),
                    it.teams(),
                    it.gifts(),
                    it.active(),
                    it.prices().stream().map(PriceBody::of).toList(),
                    it.courses().stream().map(c -> new CourseBody(c.slug(), c.title())).toList());
        }
    }

    @Schema(name = "OfferList")
    record OfferList(List<OfferBody> items, @Nullable String nextCursor) {}

    @Schema(name = "WriteOfferPrice")
    record WritePriceBody(@Nullable Long amount, @Nullable String currency) {}

    @Schema(name = "WriteOffer")
    record WriteBody(
            @Nullable String title,
            @Nullable String lede,
            @Nullable List<@Nullable String> courses,
            @Nullable String kind,
            @Nullable String every,
            @Nullable Integer trialDays,
            @Nullable Integer parts,
            @Nullable List<@Nullable WritePriceBody> prices,
            @Nullable Boolean teams,
            @Nullable Boolean gifts,
            @Nullable Boolean active) {
        OfferDraft draft() {
            return new OfferDraft(
                    title,
                    lede,
                    courses,
                    kind,
                    every,
                    trialDays,
                    parts,
                    written(prices),
                    teams,
                    gifts,
                    active);
        }

        private static @Nullable List<PriceList.@Nullable Price> written(
                @Nullable List<@Nullable WritePriceBody> prices) {
            if (prices == null) {
                return null;
            }
            var written = new ArrayList<PriceList.@Nullable Price>();
            for (var it : prices) {
                written.add(it == null ? null : new PriceList.Price(it.amount(), it.currency()));
            }
            return written;
        }
    }

    /**
     * @param coupon a code, in any case
     * @param buys {@code own}, {@code seats} or {@code gift}
     */
    @Schema(name = "BuyOffer")
    record BuyBody(
            @Nullable String currency,
            @Nullable String coupon,
            @Nullable Integer quantity,
            @Nullable String buys) {}

    @Schema(name = "OrderBegun")
    record BegunBody(UUID orderId, String status, String checkoutUrl) {}

    @GetMapping("/api/v1/offers")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "listOffers",
            summary = "List what can be bought beside single courses, the newest first",
            description = "Administrators see what was withdrawn too. `amount` is in minor units.")
    OfferList list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var some = offers.list(cursor, limit);
        return new OfferList(some.items().stream().map(OfferBody::of).toList(), some.nextCursor());
    }

    @GetMapping("/api/v1/offers/{offer}")
    @Allowed(Who.MEMBER)
    @Operation(operationId = "getOffer", summary = "Show an offer, or the price of a single course")
    OfferBody one(@PathVariable UUID offer) {
        return OfferBody.of(offers.one(offer));
    }

    @PostMapping("/api/v1/offers")
    @Allowed(Who.ADMIN)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createOffer",
            summary = "Offer courses for a price",
            description =
                    "`kind` is `once`, `subscription` (with `every`: `month` or `year`, and"
                            + " `trialDays`) or `parts` (with `every` and the number of `parts`)."
                            + " `amount` is in minor units: what is paid, each time it is.")
    @ApiResponse(responseCode = "201", description = "It can be bought from now on")
    OfferBody create(@RequestBody WriteBody body) {
        return OfferBody.of(offers.create(body.draft()));
    }

    @PutMapping("/api/v1/offers/{offer}")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "changeOffer",
            summary = "Change an offer",
            description =
                    "From now on; what was bought stays as it was. How it is paid stays, too.")
    OfferBody change(@PathVariable UUID offer, @RequestBody WriteBody body) {
        return OfferBody.of(offers.change(offer, body.draft()));
    }

    @DeleteMapping("/api/v1/offers/{offer}")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "withdrawOffer",
            summary = "Withdraw an offer",
            description = "Who bought it keeps what they have. Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "Nobody buys it from now on")
    ResponseEntity<Void> withdraw(@PathVariable UUID offer) {
        offers.withdraw(offer);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/api/v1/offers/{offer}/orders")
    @Allowed(Who.MEMBER)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "buyOffer",
            summary = "Buy an offer",
            description =
                    "Asked again, it is the same order; for another currency, coupon or quantity,"
                            + " the former checkout is ended first. What it costs is never sent.")
    @ApiResponse(responseCode = "201", description = "It is paid at `checkoutUrl`, or paid already")
    BegunBody buy(@PathVariable UUID offer, @RequestBody BuyBody body, HttpServletRequest request) {
        var known = offers.sold(offer);
        var choice =
                new Purchases.Choice(body.currency(), body.coupon(), body.quantity(), body.buys());
        var wish = purchases.wish(known, choice);
        var root =
                hosts.address(
                        Caller.current().school(), request.getScheme(), request.getServerPort());
        return switch (purchases.buy(known, wish, root)) {
            case Begun.Pay(var order, var url) -> new BegunBody(order, "pending", url);
            case Begun.Awaiting(var order) -> done(order, "awaiting", root);
            case Begun.Paid(var order) -> done(order, "paid", root);
            case Begun.NothingToPay n -> throw OfferBook.none();
            case Begun.Refused(var why) -> throw new Problem.Conflict(why);
        };
    }

    private static BegunBody done(UUID order, String status, String root) {
        return new BegunBody(order, status, root + "/orders/" + order + "/done");
    }
}
