package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.catalog.Releases;
import org.stoa.commerce.billing.Billing;
import org.stoa.commerce.billing.Tax;
import org.stoa.commerce.coupons.Coupons;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.enrollment.Admission;
import org.stoa.enrollment.Admissions;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;

/**
 * Brings the caller from a course to the page where they pay for it, and back. However often they
 * ask, in however many tabs: one order, one checkout, one charge. The order is written before the
 * provider is called, and the provider is asked how an old checkout stands before there is a new.
 */
@Service
public class Checkouts {
    private static final Logger log = LoggerFactory.getLogger(Checkouts.class);
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CODE = 8;
    private static final int MOST_TRIES = 3;

    private final Admissions admissions;
    private final Releases releases;
    private final OfferStore offers;
    private final OrderStore orders;
    private final Reckoning reckoning;
    private final Coupons coupons;
    private final Settlements settlements;
    private final PaymentSettings settings;
    private final Billing billing;
    private final PaymentProviders providers;
    private final TransactionTemplate transactions;
    private final SecureRandom random;
    private final Ids ids;
    private final Clock clock;

    Checkouts(
            Admissions admissions,
            Releases releases,
            OfferStore offers,
            OrderStore orders,
            Reckoning reckoning,
            Coupons coupons,
            Settlements settlements,
            PaymentSettings settings,
            Billing billing,
            PaymentProviders providers,
            PlatformTransactionManager transactions,
            SecureRandom random,
            Ids ids,
            Clock clock) {
        this.admissions = admissions;
        this.releases = releases;
        this.offers = offers;
        this.orders = orders;
        this.reckoning = reckoning;
        this.coupons = coupons;
        this.settlements = settlements;
        this.settings = settings;
        this.billing = billing;
        this.providers = providers;
        this.transactions = new TransactionTemplate(transactions);
        this.random = random;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of the wish to buy a course. */
    public sealed interface Begun {
        /** It is paid there. */
        record Pay(UUID order, String url) implements Begun {}

        /** They are in, or may be for nothing, or it is not sold. */
        record NothingToPay() implements Begun {}

        /** It is theirs: paid before, or it came to nothing and needs no payment. */
        record Paid(UUID order) implements Begun {}

        /** The payer has done their part; the money is on its way. */
        record Awaiting(UUID order) implements Begun {}

        /**
         * Nobody can pay now, and nothing was charged.
         *
         * @param why a sentence for who asked
         */
        record Refused(String why) implements Begun {}
    }

    /**
     * @param course its address
     * @param currency one that it has a price in; empty for its first
     * @param root of the school's site, without a slash at the end
     * @throws org.stoa.shared.Problem.NotFound when the school has no published course of this name
     * @throws org.stoa.shared.Problem.Invalid naming {@code currency} when it is not sold in that
     */
    public Begun begin(String course, String currency, String root) {
        var caller = Caller.current();
        var person = caller.personId();
        var why = admissions.to(course);
        if (why instanceof Admission.Open) {
            return new Begun.NothingToPay();
        }
        if (!(why instanceof Admission.ForSale(var prices))) {
            return new Begun.Refused(why.sentence(caller.school().timeZone()));
        }
        var errors = new ArrayList<FieldError>();
        var chosen = PriceList.chosen(currency, prices, errors);
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var id = releases.current(course).orElseThrow().courseId();
        var offer = Office.here().get(() -> offers.ofCourse(id)).orElse(null);
        return offer == null
                ? new Begun.NothingToPay()
                : begin(Wish.own(offer, chosen), root, "/courses/" + course);
    }

    /**
     * @param root of the school's site, without a slash at the end
     * @param back the page there that they come back to without having paid
     * @throws org.stoa.shared.Problem.Invalid naming {@code coupon} or {@code quantity}
     */
    public Begun begin(Wish wish, String root, String back) {
        var asker = new Asker(Caller.current().personId(), wish, root, back);
        try {
            return Office.here().get(() -> begin(asker));
        } catch (ProviderTrouble e) {
            log.warn("A checkout could not be begun: {}", e.getMessage());
            if (e.ofTax()) {
                Office.here().run(() -> billing.refused(String.valueOf(e.getMessage())));
                return new Begun.Refused(say("commerce.taxRefused"));
            }
            return new Begun.Refused(e.lasting() ? say("commerce.refused") : say("commerce.away"));
        }
    }

    /** Who wants to buy what. */
    private record Asker(UUID person, Wish wish, String root, String back) {}

    /** By whom a new order is paid, and how tax is reckoned. */
    private record Terminal(String provider, Tax tax) {}

    private Begun begin(Asker asker) {
        var setup = settings.current();
        if (!setup.usable() || !providers.known(setup.provider())) {
            return new Begun.Refused(say("commerce.noTill"));
        }
        var now = new Terminal(setup.provider(), setup.test() ? Tax.NONE : billing.tax());
        for (int i = 0; i < MOST_TRIES; i++) {
            var order = open(asker, now).orElse(null);
            if (order == null) {
                return new Begun.NothingToPay();
            }
            if (order.status() == OrderStatus.PAID) {
                return new Begun.Paid(order.id());
            }
            if (order.checkout() == null && wanted(order, asker.wish(), now)) {
                return order.price().amount() == 0 ? settled(order) : pay(order, asker);
            }
            var stands = standing(order, asker.wish(), now);
            if (stands == null) {
                return new Begun.Pay(order.id(), placed(order).url());
            }
            if (stands == OrderStatus.PAID) {
                return new Begun.Paid(order.id());
            }
            if (stands == OrderStatus.AWAITING) {
                return new Begun.Awaiting(order.id());
            }
        }
        throw new ProviderTrouble(false, "Each checkout ended at once");
    }

    /** Nothing is to be paid, so no provider is asked. */
    private Begun settled(Order order) {
        var paid = new PaymentProvider.State.Paid(order.price(), null, clock.instant());
        return settlements.stands(order.id(), paid) == OrderStatus.PAID
                ? new Begun.Paid(order.id())
                : new Begun.Refused(say("learn.fullNothing"));
    }

    /**
     * The person's order of the offer: the one that is open, the one they have paid, or a new one.
     */
    private Optional<Order> open(Asker asker, Terminal now) {
        return transactions.execute(status -> {
            var wish = asker.wish();
            if (wish.coupon() != null) {
                coupons.lock(wish.coupon());
            }
            var found = orders.openOf(asker.person(), wish.offer(), wish.buys());
            if (found.isPresent()) {
                return found;
            }
            var held = held(asker);
            if (held.isPresent()) {
                return held;
            }
            var bill = reckoning.of(wish, asker.person(), null).orElse(null);
            if (bill == null) {
                return Optional.empty();
            }
            orders.open(
                    new OrderStore.Fresh(
                            ids.next(),
                            code(),
                            asker.person(),
                            wish,
                            bill.price(),
                            bill.discount(),
                            now.tax(),
                            now.provider(),
                            clock.instant()));
            return orders.openOf(asker.person(), wish.offer(), wish.buys());
        });
    }

    // It may have been paid between the look at who may come in and the one at what is open: then
    // nobody is led to pay a second time.
    private Optional<Order> held(Asker asker) {
        return asker.wish().buys() == Terms.Buys.OWN
                ? orders.held(asker.person(), asker.wish().offer(), null).flatMap(orders::find)
                : Optional.empty();
    }

    private Begun pay(Order order, Asker asker) {
        var back = asker.root() + asker.back();
        var done = asker.root() + "/orders/" + order.id() + "/done";
        var checkout =
                providers
                        .of(order)
                        .begin(
                                order,
                                new PaymentProvider.Buyer(
                                        asker.person(),
                                        orders.email(asker.person()),
                                        asker.root(),
                                        done,
                                        back));
        if (order.terms().tax() != Tax.NONE) {
            billing.reckoned();
        }
        // Somebody else may have been quicker: nobody is led to a checkout but the one that is
        // kept.
        var kept =
                transactions.execute(status -> {
                    orders.placed(order.id(), checkout, clock.instant());
                    return orders.find(order.id()).map(Order::checkout).orElseThrow();
                });
        return new Begun.Pay(order.id(), kept.url());
    }

    /**
     * How the checkout of an order stands that was begun before; null where it can still be paid,
     * for what it would cost now. One that asks for another price or other taxes, or at another
     * provider, is ended first: nobody pays both.
     */
    private @Nullable OrderStatus standing(Order order, Wish wish, Terminal now) {
        if (order.checkout() == null) {
            // Nobody was led to a page for it.
            return settlements.stands(order.id(), new PaymentProvider.State.Expired());
        }
        boolean same = order.provider().equals(now.provider()) && wanted(order, wish, now);
        var state = same ? providers.of(order).look(order) : providers.of(order).end(order);
        return state instanceof PaymentProvider.State.Open
                ? null
                : settlements.stands(order.id(), state);
    }

    /** Whether the order is for what is wished now, at what that costs now. */
    private boolean wanted(Order order, Wish wish, Terminal now) {
        if (!wish.asked(order) || order.terms().tax() != now.tax()) {
            return false;
        }
        try {
            var bill = reckoning.of(wish, order.person(), order.id()).orElse(null);
            return bill != null
                    && bill.price().equals(order.price())
                    && bill.discount() == order.terms().discount();
        } catch (Problem.Invalid couponNoMore) {
            return false;
        }
    }

    private static Order.Checkout placed(Order order) {
        return java.util.Objects.requireNonNull(order.checkout(), "The order has no checkout");
    }

    /**
     * How an order of the caller's stands, after a look at its checkout if that is not settled.
     *
     * @throws org.stoa.shared.Problem.NotFound when they have none of this id
     */
    public Order returned(UUID id) {
        var person = Caller.current().personId();
        return Office.here()
                .get(() -> {
                    var order =
                            orders.find(id)
                                    .filter(it -> it.person().equals(person))
                                    .orElseThrow(Refunds::noOrder);
                    if (!order.status().open() || order.checkout() == null) {
                        return order;
                    }
                    try {
                        settlements.stands(id, providers.of(order).look(order));
                    } catch (ProviderTrouble e) {
                        log.warn(
                                "Nobody could say how order {} stands: {}",
                                order.code(),
                                e.getMessage());
                    }
                    return orders.find(id).orElse(order);
                });
    }

    private String code() {
        return random.ints(CODE, 0, LETTERS.length())
                .collect(
                        StringBuilder::new,
                        (text, at) -> text.append(LETTERS.charAt(at)),
                        StringBuilder::append)
                .toString();
    }
}
