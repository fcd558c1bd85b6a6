package org.stoa.commerce.others;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.stoa.commerce.Office;
import org.stoa.commerce.Terms;
import org.stoa.commerce.others.TakingLinks.What;
import org.stoa.identity.Entry;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.web.limits.RateLimits;

/**
 * The seats of a team: whoever bought them offers them to people, and takes them back. Whoever has
 * one has access to the order's courses by it, as long as the order is paid.
 */
@Service
public class TeamSeats {
    /** Mail to addresses that somebody has typed must not become a way to send spam. */
    private static final RateLimits.Rule MAILS =
            new RateLimits.Rule("seats", 200, Duration.ofHours(1));

    private final SeatStore store;
    private final BoughtStore bought;
    private final SeatAccess access;
    private final TakingLinks links;
    private final RateLimits limits;
    private final ApplicationEventPublisher events;
    private final Office office;
    private final Clock clock;

    TeamSeats(
            SeatStore store,
            BoughtStore bought,
            SeatAccess access,
            TakingLinks links,
            RateLimits limits,
            ApplicationEventPublisher events,
            Office office,
            Clock clock) {
        this.store = store;
        this.bought = bought;
        this.access = access;
        this.links = links;
        this.limits = limits;
        this.events = events;
        this.office = office;
        this.clock = clock;
    }

    /** An order, and its seats. */
    record Team(Bought order, List<Seat> seats) {}

    /**
     * What somebody reads who follows a link.
     *
     * @param learnAt where they go on, if it is theirs already; null if not
     */
    record Shown(Bought order, Seat seat, @Nullable String learnAt) {}

    /**
     * @throws Problem.NotFound when the caller has no such order of seats
     */
    Team of(UUID order) {
        var buyer = Caller.current().personId();
        return Office.here()
                .get(() -> {
                    var known = Bought.own(bought.find(order), buyer, Terms.Buys.SEATS);
                    return new Team(known, store.of(order));
                });
    }

    /**
     * Offers a seat that nobody has to an address.
     *
     * @throws Problem.Invalid naming {@code email}
     * @throws Problem.Conflict when none is free, or a course is full
     */
    Seat invite(UUID order, String email) {
        return changed(
                order,
                known -> {
                    var free = free(order);
                    offer(known, free, email);
                    return free;
                });
    }

    /**
     * Offers a seat to an address, whoever had it; they have it no more. To the address that it was
     * offered to before, it is a new link.
     *
     * @throws Problem.Invalid naming {@code email}
     * @throws Problem.Conflict when a course is full
     */
    Seat give(UUID order, UUID id, String email) {
        return changed(
                order,
                known -> {
                    var seat = seat(order, id);
                    free(seat);
                    offer(known, seat, email);
                    return seat;
                });
    }

    /** Sends a new link to whom the seat is offered; the old one holds no more. */
    Seat again(UUID order, UUID id) {
        return changed(
                order,
                known -> {
                    var seat = seat(order, id);
                    var email = seat.email();
                    if (seat.taken() || email == null) {
                        throw new Problem.Conflict(say("others.seat.changed"));
                    }
                    free(seat);
                    offer(known, seat, email);
                    return seat;
                });
    }

    /** Repeated, it changes nothing. What was learned is kept. */
    Seat takeBack(UUID order, UUID id) {
        return changed(
                order,
                known -> {
                    var seat = seat(order, id);
                    free(seat);
                    return seat;
                });
    }

    /**
     * One for whoever bought them.
     *
     * @throws Problem.Conflict when none is free, they have one, or a course is full
     */
    Seat takeMyself(UUID order) {
        return changed(
                order,
                known -> {
                    if (has(order, known.buyer())) {
                        throw new Problem.Conflict(say("others.seat.mine"));
                    }
                    var seat = free(order);
                    taken(known, seat, known.buyer());
                    return seat;
                });
    }

    /** Where somebody takes a seat that is offered to them. */
    String path(Seat seat) {
        return links.path(What.SEAT, seat.id(), java.util.Objects.requireNonNull(seat.invitedAt()));
    }

    /** What the mail says; empty where the seat is not offered so any more. For the office. */
    public Optional<Offered> offered(UUID seat, Instant at) {
        return store.find(seat)
                .filter(it -> !it.taken() && !it.ended() && at.equals(it.invitedAt()))
                .flatMap(it ->
                        bought.find(it.order())
                                .filter(Bought::paid)
                                .map(order ->
                                        new Offered(
                                                path(it), order.title(), order.buyerName(), "")));
    }

    /**
     * @throws Problem.NotFound saying why the link does not hold
     */
    Shown look(String token) {
        var person = Caller.current().person();
        var named = links.open(What.SEAT, token).orElseThrow(() -> gone("others.link.wrong"));
        return Office.here()
                .get(() -> {
                    var seat = store.find(named.id()).orElseThrow(() -> gone("others.link.wrong"));
                    var order = bought.find(seat.order()).orElseThrow();
                    return shown(named, order, seat, person);
                });
    }

    /**
     * The seat becomes the caller's, with access to all courses of the order, or nothing does.
     *
     * @return where they go on
     * @throws Problem.NotFound saying why the link does not hold
     * @throws Problem.Conflict when they have one of the order's already, or a course is full
     */
    String take(String token) {
        var person = Caller.current().personId();
        var named = links.open(What.SEAT, token).orElseThrow(() -> gone("others.link.wrong"));
        return office.together(() -> {
            var first = store.find(named.id()).orElseThrow(() -> gone("others.link.wrong"));
            var order = bought.lock(first.order()).orElseThrow();
            var seat = store.find(named.id()).orElseThrow();
            var theirs = shown(named, order, seat, person).learnAt();
            if (theirs != null) {
                return theirs;
            }
            if (has(order.id(), person)) {
                throw new Problem.Conflict(say("others.seat.one"));
            }
            taken(order, seat, person);
            return order.learnAt();
        });
    }

    private Shown shown(TakingLinks.Named named, Bought order, Seat seat, @Nullable UUID person) {
        if (!order.paid() || seat.ended()) {
            throw gone("others.link.over");
        }
        if (!named.since().equals(seat.invitedAt())) {
            throw gone("others.link.replaced");
        }
        if (seat.taken() && !java.util.Objects.requireNonNull(seat.person()).equals(person)) {
            throw gone("others.link.used");
        }
        return new Shown(order, seat, seat.taken() ? order.learnAt() : null);
    }

    private void taken(Bought order, Seat seat, UUID person) {
        store.take(seat.id(), person, clock.instant());
        if (!access.give(seat, person, store.until(order.id()))) {
            throw new Problem.Conflict(say("others.full", order.title()));
        }
    }

    private void offer(Bought order, Seat seat, String typed) {
        var errors = new ArrayList<FieldError>();
        Entry.email("email", typed, errors);
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var email = Entry.emailKey(typed);
        if (email.equals(Entry.emailKey(order.buyerEmail()))) {
            throw new Problem.Invalid("email", say("others.seat.own"));
        }
        if (store.known(order.id(), email)) {
            throw new Problem.Invalid("email", say("others.seat.known"));
        }
        bought.full(order.id())
                .ifPresent(course -> {
                    throw new Problem.Conflict(say("others.full", course));
                });
        if (!limits.take(MAILS, order.buyer().toString()).granted()) {
            throw new Problem.Invalid("email", say("others.tooMany"));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.offer(seat.id(), email, now);
        events.publishEvent(new SeatOffered(seat.id(), email, now));
    }

    private void free(Seat seat) {
        if (seat.taken()) {
            access.end(seat);
        }
        store.free(seat.id());
    }

    private Seat free(UUID order) {
        return store.of(order).stream()
                .filter(Seat::free)
                .findFirst()
                .orElseThrow(() -> new Problem.Conflict(say("others.seat.none")));
    }

    private Seat seat(UUID order, UUID id) {
        return store.find(id)
                .filter(it -> it.order().equals(order))
                .orElseThrow(() -> new Problem.NotFound(say("others.seat.no")));
    }

    private boolean has(UUID order, UUID person) {
        return store.of(order).stream().anyMatch(it -> person.equals(it.person()));
    }

    /** What whoever bought them does, one thing after the other. */
    private Seat changed(UUID order, java.util.function.Function<Bought, Seat> what) {
        var buyer = Caller.current().personId();
        return office.together(() -> {
            var known = Bought.own(bought.lock(order), buyer, Terms.Buys.SEATS);
            if (!known.paid()) {
                throw new Problem.Conflict(say("others.unpaid"));
            }
            return store.find(what.apply(known).id()).orElseThrow();
        });
    }

    private static Problem.NotFound gone(String why) {
        return new Problem.NotFound(say(why));
    }
}
