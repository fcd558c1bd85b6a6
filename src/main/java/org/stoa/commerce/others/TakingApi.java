package org.stoa.commerce.others;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Taking what somebody bought for one, by its link, as JSON. */
@RestController
@Tag(name = "Learning")
class TakingApi {
    private final TeamSeats seats;
    private final Gifts gifts;

    TakingApi(TeamSeats seats, Gifts gifts) {
        this.seats = seats;
        this.gifts = gifts;
    }

    /**
     * @param title of what was bought
     * @param course the address of its course; null where it is for more than one
     */
    @Schema(name = "Taken")
    record TakenBody(String title, @Nullable String course) {
        static TakenBody of(Bought order) {
            return new TakenBody(order.title(), order.course());
        }
    }

    @PostMapping("/api/v1/seats/{token}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "takeTeamSeat",
            summary = "Take the seat of a team that was offered to me",
            description =
                    "`token` is what its link ends in. Repeating it changes nothing. 404 where the"
                            + " link holds no more; 409 where I have one already, or a course is"
                            + " full.")
    TakenBody seat(@PathVariable String token) {
        seats.take(token);
        return TakenBody.of(seats.look(token).order());
    }

    @PostMapping("/api/v1/gifts/{token}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "takeGift",
            summary = "Take a gift that somebody bought for me",
            description =
                    "`token` is what its link ends in. Repeating it changes nothing. 404 where the"
                            + " link holds no more; 409 where all of it is mine already, or a course"
                            + " is full.")
    TakenBody gift(@PathVariable String token) {
        gifts.take(token);
        return TakenBody.of(gifts.look(token).order());
    }
}
