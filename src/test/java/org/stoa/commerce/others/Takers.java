package org.stoa.commerce.others;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContext;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;

/**
 * Has others take what somebody bought for them, as the pages do; what is refused is not theirs.
 */
public final class Takers {
    private final Gifts gifts;
    private final TeamSeats seats;

    private Takers(Gifts gifts, TeamSeats seats) {
        this.gifts = gifts;
        this.seats = seats;
    }

    public static Takers in(ApplicationContext context) {
        return new Takers(context.getBean(Gifts.class), context.getBean(TeamSeats.class));
    }

    /** Whether the gift is theirs now. */
    public boolean gift(Organization school, UUID order, UUID buyer, UUID taker) {
        return tried(
                        () -> {
                            var gift = as(school, buyer, () -> gifts.offer(order, "", ""));
                            return as(school, taker, () -> gifts.take(token(gifts.path(gift))));
                        })
                .isPresent();
    }

    /** The seat that is theirs now; empty where none is. */
    public Optional<UUID> seat(Organization school, UUID order, UUID buyer, UUID taker) {
        return tried(() -> {
            var seat = as(school, buyer, () -> seats.invite(order, taker + "@example.org"));
            return taken(school, seat, taker);
        });
    }

    /** A seat for whoever bought them. */
    public Optional<UUID> own(Organization school, UUID order, UUID buyer) {
        return tried(() -> as(school, buyer, () -> seats.takeMyself(order)).id());
    }

    /** What came of moving a seat: whoever had it has it no more, and somebody else has it. */
    public record Moved(boolean freed, boolean taken) {}

    public Moved moved(Organization school, UUID order, UUID seat, UUID buyer, UUID taker) {
        var offered =
                tried(() ->
                        as(school, buyer, () -> seats.give(order, seat, taker + "@example.org")));
        var taken = offered.flatMap(it -> tried(() -> taken(school, it, taker)));
        return new Moved(offered.isPresent(), taken.isPresent());
    }

    public Moved takenBack(Organization school, UUID order, UUID seat, UUID buyer) {
        return new Moved(
                tried(() -> as(school, buyer, () -> seats.takeBack(order, seat)).id()).isPresent(),
                false);
    }

    private UUID taken(Organization school, Seat seat, UUID taker) {
        as(school, taker, () -> seats.take(token(seats.path(seat))));
        return seat.id();
    }

    private static String token(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static <T> T as(Organization school, UUID person, Supplier<T> work) {
        return Caller.member(school, person, "Bea", Role.STUDENT).get(work::get);
    }

    private static <T> Optional<T> tried(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (Problem refused) {
            return Optional.empty();
        }
    }
}
