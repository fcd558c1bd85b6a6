package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What courses cost, as JSON. */
@RestController
@Tag(name = "Selling")
class PriceApi {
    private final Prices prices;

    PriceApi(Prices prices) {
        this.prices = prices;
    }

    /**
     * @param amount in minor units of the currency
     * @param currency by ISO 4217
     */
    @Schema(name = "OtherPrice")
    record OtherBody(@Nullable Long amount, @Nullable String currency) {}

    /**
     * @param amount in minor units of the currency
     * @param currency by ISO 4217
     * @param others what it costs in other currencies
     */
    @Schema(name = "WritePrice")
    record PriceBody(
            @Nullable Long amount,
            @Nullable String currency,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<@Nullable OtherBody> others) {
        static PriceBody of(List<Money> prices) {
            var first = prices.getFirst();
            var others = new ArrayList<@Nullable OtherBody>();
            prices.stream()
                    .skip(1)
                    .forEach(it -> others.add(new OtherBody(it.amount(), it.currency())));
            return new PriceBody(
                    first.amount(), first.currency(), others.isEmpty() ? null : others);
        }

        List<Money> read() {
            var asked = new ArrayList<PriceList.@Nullable Price>();
            asked.add(new PriceList.Price(amount, currency));
            for (var it : others == null ? List.<@Nullable OtherBody>of() : others) {
                asked.add(it == null ? null : new PriceList.Price(it.amount(), it.currency()));
            }
            var errors = new ArrayList<FieldError>();
            if (asked.size() > PriceList.MOST) {
                errors.add(new FieldError("others", say("offers.wrong.prices")));
            }
            var prices =
                    PriceList.read(asked, at -> at == 0 ? "" : "others." + (at - 1) + ".", errors);
            if (!errors.isEmpty()) {
                throw new Problem.Invalid(List.copyOf(errors));
            }
            return prices;
        }
    }

    @PutMapping("/api/v1/courses/{slug}/price")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "setCoursePrice",
            summary = "Set what a course costs",
            description =
                    "From now on; who is in stays in. `amount` is in minor units: 4900 with EUR is"
                            + " 49 euros. `others` are its prices in other currencies, at most one in"
                            + " each; what is left out is not sold in any more.")
    PriceBody set(@PathVariable String slug, @RequestBody PriceBody body) {
        var read = body.read();
        prices.set(slug, read);
        return PriceBody.of(read);
    }

    @DeleteMapping("/api/v1/courses/{slug}/price")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "removeCoursePrice",
            summary = "Make a course free",
            description = "Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "It is free from now on")
    ResponseEntity<Void> remove(@PathVariable String slug) {
        prices.remove(slug);
        return ResponseEntity.noContent().build();
    }
}
