package org.stoa.commerce.others;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.stoa.commerce.Office;
import org.stoa.commerce.Terms;
import org.stoa.commerce.others.TakingLinks.What;
import org.stoa.identity.Entry;
import org.stoa.shared.Characters;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.web.limits.RateLimits;

/** Gifts: whoever paid says to whom one goes, and that person takes it, once. */
@Service
public class Gifts {
    static final int LONGEST_WORDS = 2_000;
    private static final RateLimits.Rule MAILS =
            new RateLimits.Rule("gifts", 20, Duration.ofHours(1));

    private final GiftStore store;
    private final BoughtStore bought;
    private final GiftAccess access;
    private final TakingLinks links;
    private final RateLimits limits;
    private final ApplicationEventPublisher events;
    private final Office office;
    private final Clock clock;

    Gifts(
            GiftStore store,
            BoughtStore bought,
            GiftAccess access,
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

    /**
     * @param gift null before the order is paid
     */
    record Given(Bought order, @Nullable Gift gift) {}

    /**
     * What somebody reads who follows a link.
     *
     * @param has they have access to all of it already, so they cannot take it
     * @param learnAt where they go on, if it is theirs already; null if not
     */
    record Shown(Bought order, Gift gift, boolean has, @Nullable String learnAt) {}

    /**
     * @throws Problem.NotFound when the caller has no such order of a gift
     */
    Given of(UUID order) {
        var buyer = Caller.current().personId();
        return Office.here()
                .get(() -> {
                    var known = Bought.own(bought.find(order), buyer, Terms.Buys.GIFT);
                    return new Given(known, store.find(order).orElse(null));
                });
    }

    /**
     * Says to whom it goes; a link that went to somebody before holds no more.
     *
     * @param typed empty where its buyer hands the link over themselves
     * @throws Problem.Invalid naming {@code email} or {@code words}
     * @throws Problem.Conflict when it is taken, or not paid
     */
    Gift offer(UUID order, String typed, String typedWords) {
        var buyer = Caller.current().personId();
        return office.together(() -> {
            var known = Bought.own(bought.lock(order), buyer, Terms.Buys.GIFT);
            var gift = store.find(order).orElse(null);
            if (!known.paid() || gift == null || gift.ended()) {
                throw new Problem.Conflict(say("others.unpaid"));
            }
            if (gift.taken()) {
                throw new Problem.Conflict(say("others.gift.taken", gift.name()));
            }
            var words = Characters.kept(typedWords).strip();
            var email = checked(typed, words);
            if (!email.isEmpty() && !limits.take(MAILS, buyer.toString()).granted()) {
                throw new Problem.Invalid("email", say("others.tooMany"));
            }
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            store.offer(order, email.isEmpty() ? null : email, words, now);
            if (!email.isEmpty()) {
                events.publishEvent(new GiftOffered(order, email, now));
            }
            return store.find(order).orElseThrow();
        });
    }

    private static String checked(String typed, String words) {
        var errors = new ArrayList<FieldError>();
        if (!typed.isBlank()) {
            Entry.email("email", typed, errors);
        }
        if (words.length() > LONGEST_WORDS) {
            errors.add(new FieldError("words", say("others.gift.long", LONGEST_WORDS)));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        return typed.isBlank() ? "" : Entry.emailKey(typed);
    }

    /** Where it is taken, below the school's address. */
    String path(Gift gift) {
        return links.path(What.GIFT, gift.order(), gift.sentAt());
    }

    /** What the mail says; empty where it does not go there any more. For the office. */
    public Optional<Offered> offered(UUID order, Instant at) {
        return store.find(order)
                .filter(it -> !it.taken() && !it.ended() && at.equals(it.sentAt()))
                .flatMap(it ->
                        bought.find(order)
                                .filter(Bought::paid)
                                .map(known ->
                                        new Offered(
                                                path(it),
                                                known.title(),
                                                known.buyerName(),
                                                it.words())));
    }

    /**
     * @throws Problem.NotFound saying why the link does not hold
     */
    Shown look(String token) {
        var person = Caller.current().person();
        var named = links.open(What.GIFT, token).orElseThrow(() -> gone("others.link.wrong"));
        return Office.here()
                .get(() -> {
                    var order =
                            bought.find(named.id()).orElseThrow(() -> gone("others.link.wrong"));
                    return shown(named, order, person);
                });
    }

    /**
     * The gift becomes the caller's, with access to all courses of the order, or nothing does.
     *
     * @return where they go on
     * @throws Problem.NotFound saying why the link does not hold
     * @throws Problem.Conflict when they have all of it already, or a course is full
     */
    String take(String token) {
        var person = Caller.current().personId();
        var named = links.open(What.GIFT, token).orElseThrow(() -> gone("others.link.wrong"));
        return office.together(() -> {
            var order = bought.lock(named.id()).orElseThrow(() -> gone("others.link.wrong"));
            var shown = shown(named, order, person);
            if (shown.learnAt() != null) {
                return shown.learnAt();
            }
            if (shown.has()) {
                throw new Problem.Conflict(say("others.gift.has", order.title()));
            }
            store.take(order.id(), person, clock.instant());
            if (!access.give(order.id(), person, shown.gift().until())) {
                throw new Problem.Conflict(say("others.full", order.title()));
            }
            return order.learnAt();
        });
    }

    private Shown shown(TakingLinks.Named named, Bought order, @Nullable UUID person) {
        var gift = store.find(order.id()).orElse(null);
        if (!order.paid() || gift == null || gift.ended()) {
            throw gone("others.link.over");
        }
        if (!named.since().equals(gift.sentAt())) {
            throw gone("others.link.replaced");
        }
        if (gift.person() != null) {
            if (!gift.person().equals(person)) {
                throw gone("others.link.used");
            }
            return new Shown(order, gift, true, order.learnAt());
        }
        boolean has = person != null && bought.hasAll(order.id(), person, clock.instant());
        return new Shown(order, gift, has, null);
    }

    private static Problem.NotFound gone(String why) {
        return new Problem.NotFound(say(why));
    }
}
