package org.stoa.commerce;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
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
    @Schema(name = "WritePrice")
    record PriceBody(@Nullable Long amount, @Nullable String currency) {}

    @PutMapping("/api/v1/courses/{slug}/price")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "setCoursePrice",
            summary = "Set what a course costs",
            description =
                    "From now on; who is in stays in. `amount` is in minor units: 4900 with EUR is"
                            + " 49 euros.")
    PriceBody set(@PathVariable String slug, @RequestBody PriceBody body) {
        var price = prices.set(slug, body.amount(), body.currency());
        return new PriceBody(price.amount(), price.currency());
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
