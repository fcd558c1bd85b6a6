package org.stoa.commerce.others;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What somebody bought for others, as JSON. */
@RestController
@Tag(name = "Selling")
class OthersApi {
    private final TeamSeats seats;
    private final Gifts gifts;
    private final Hosts hosts;

    OthersApi(TeamSeats seats, Gifts gifts, Hosts hosts) {
        this.seats = seats;
        this.gifts = gifts;
        this.hosts = hosts;
    }

    /**
     * @param status {@code free}, {@code invited} or {@code taken}
     * @param link where it is taken; null where it is offered to nobody, or taken
     */
    @Schema(name = "TeamSeat")
    record SeatBody(
            UUID id,
            String status,
            @Nullable String email,
            String name,
            @Nullable Instant invitedAt,
            @Nullable Instant takenAt,
            @Nullable String link) {}

    @Schema(name = "TeamSeatList")
    record SeatList(List<SeatBody> items, @Nullable String nextCursor) {}

    @Schema(name = "OfferSeat")
    record OfferSeat(@Nullable String email) {}

    /**
     * @param email where it goes by mail; null or empty to hand the link over yourself
     * @param words that go with it
     */
    @Schema(name = "OfferGift")
    record OfferGift(@Nullable String email, @Nullable String words) {}

    /**
     * @param takenBy who took it; null for nobody
     * @param link where it is taken; null where it is taken
     */
    @Schema(name = "Gift")
    record GiftBody(
            @Nullable String email,
            String words,
            Instant sentAt,
            @Nullable String takenBy,
            @Nullable Instant takenAt,
            @Nullable String link) {}

    @GetMapping("/api/v1/me/orders/{order}/seats")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "listTeamSeats",
            summary = "List the seats of an order, and who has them",
            description = "All of them at once, at most a thousand.")
    SeatList list(@PathVariable UUID order, HttpServletRequest request) {
        var team = seats.of(order);
        return new SeatList(team.seats().stream().map(it -> body(it, request)).toList(), null);
    }

    @PostMapping("/api/v1/me/orders/{order}/seats")
    @Allowed(Who.MEMBER)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "offerTeamSeat",
            summary = "Offer a free seat to a colleague",
            description =
                    "A link goes to the address by mail. 409 when every seat is given, or a course"
                            + " is full.")
    SeatBody offer(
            @PathVariable UUID order, @RequestBody OfferSeat body, HttpServletRequest request) {
        return body(seats.invite(order, text(body.email())), request);
    }

    @PutMapping("/api/v1/me/orders/{order}/seats/{seat}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "swapTeamSeat",
            summary = "Give a seat to somebody else",
            description = "Whoever had it has it no more; what they learned is kept.")
    SeatBody swap(
            @PathVariable UUID order,
            @PathVariable UUID seat,
            @RequestBody OfferSeat body,
            HttpServletRequest request) {
        return body(seats.give(order, seat, text(body.email())), request);
    }

    @DeleteMapping("/api/v1/me/orders/{order}/seats/{seat}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "takeBackTeamSeat",
            summary = "Take a seat back",
            description = "Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "Nobody has it now")
    ResponseEntity<Void> takeBack(@PathVariable UUID order, @PathVariable UUID seat) {
        seats.takeBack(order, seat);
        return ResponseEntity.noContent().build();
    }

    @PutMapping("/api/v1/me/orders/{order}/gift")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "offerGift",
            summary = "Say to whom a gift goes",
            description =
                    "A link goes to the address by mail; a link that went to somebody before holds"
                            + " no more. 409 when it is taken.")
    GiftBody offerGift(
            @PathVariable UUID order, @RequestBody OfferGift body, HttpServletRequest request) {
        var gift = gifts.offer(order, text(body.email()), text(body.words()));
        return new GiftBody(
                gift.email(),
                gift.words(),
                gift.sentAt(),
                gift.taken() ? gift.name() : null,
                gift.takenAt(),
                gift.taken() ? null : root(request) + gifts.path(gift));
    }

    private SeatBody body(Seat seat, HttpServletRequest request) {
        boolean offered = !seat.taken() && !seat.free() && !seat.ended();
        return new SeatBody(
                seat.id(),
                seat.word(),
                seat.email(),
                seat.name(),
                seat.invitedAt(),
                seat.takenAt(),
                offered ? root(request) + seats.path(seat) : null);
    }

    private String root(HttpServletRequest request) {
        return hosts.address(
                Caller.current().school(), request.getScheme(), request.getServerPort());
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
