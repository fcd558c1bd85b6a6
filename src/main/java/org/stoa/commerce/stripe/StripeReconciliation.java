package org.stoa.commerce.stripe;

import com.stripe.exception.AuthenticationException;
import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.stoa.commerce.Order;
import org.stoa.commerce.OrderBook;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.commerce.ProviderTrouble;
import org.stoa.commerce.Settlements;
import org.stoa.commerce.Subscriptions;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.inbox.Inbox;
import org.stoa.tenancy.Caller;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes up for what no webhook brought, from Stripe's own list of events, and from how the
 * checkouts stand whose orders nobody settled. For the school's office; a school that Stripe
 * refuses has its turn again, and is told about once a day.
 */
@Component
class StripeReconciliation {
    private static final long PER_PAGE = 100;
    private static final int ORDERS_PER_PAGE = 100;

    /** Stripe's list may show an event later than another one of the same second. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private static final Duration FIRST_LOOK = Duration.ofDays(1);

    /** A webhook has this long to come by itself, where rounds are not quicker. */
    private static final Duration EVENTS_GRACE = Duration.ofSeconds(30);

    private static final Duration ORDERS_GRACE = Duration.ofMinutes(1);
    private static final Duration YOUNG = Duration.ofHours(1);
    private static final Duration ABANDONED = Duration.ofHours(25);

    private final StripeCalls stripe;
    private final StripePayments payments;
    private final StripeEvents events;
    private final StripeTroubles troubles;
    private final PaymentSettings settings;
    private final OrderBook orders;
    private final Settlements settlements;
    private final Subscriptions subscriptions;
    private final Inbox inbox;
    private final ReconcileSettings pace;
    private final JsonMapper json;
    private final Clock clock;

    StripeReconciliation(
            StripeCalls stripe,
            StripePayments payments,
            StripeEvents events,
            StripeTroubles troubles,
            PaymentSettings settings,
            OrderBook orders,
            Settlements settlements,
            Subscriptions subscriptions,
            Inbox inbox,
            ReconcileSettings pace,
            JsonMapper json,
            Clock clock) {
        this.stripe = stripe;
        this.payments = payments;
        this.events = events;
        this.troubles = troubles;
        this.settings = settings;
        this.orders = orders;
        this.settlements = settlements;
        this.subscriptions = subscriptions;
        this.inbox = inbox;
        this.pace = pace;
        this.json = json;
        this.clock = clock;
    }

    void look() {
        if (!settings.current().provider().equals(PaymentSettings.STRIPE)) {
            return;
        }
        var begun = clock.instant();
        // A key may be allowed to look at checkouts and not at events.
        boolean well = troubles.bear(() -> events(begun));
        if (troubles.bear(() -> orders(begun)) && well) {
            settings.looked(begun);
        }
    }

    private void events(Instant begun) {
        var since =
                settings.lookedUntil().map(it -> it.minus(OVERLAP)).orElse(begun.minus(FIRST_LOOK));
        var created =
                EventListParams.Created.builder()
                        .setGte(since.getEpochSecond())
                        .setLte(begun.minus(grace(EVENTS_GRACE)).getEpochSecond())
                        .build();
        stripe.<Event>list(
                (client, after) ->
                        client.v1()
                                .events()
                                .list(
                                        EventListParams.builder()
                                                .setCreated(created)
                                                .addAllType(StripeEvents.KINDS)
                                                .setLimit(PER_PAGE)
                                                .setStartingAfter(after)
                                                .build()),
                this::takeIn);
    }

    private Duration grace(Duration most) {
        return pace.reconcileEvery().compareTo(most) < 0 ? pace.reconcileEvery() : most;
    }

    private void takeIn(List<JsonNode> page) {
        var school = Caller.current().school().id();
        var ids = page.stream().map(event -> StripeData.text(event, "id")).toList();
        var known = inbox.known(PaymentSettings.STRIPE, school, ids);
        for (var event : page.reversed()) {
            if (!known.contains(StripeData.text(event, "id"))) {
                takeIn(school, event);
            }
        }
    }

    private void takeIn(UUID school, JsonNode event) {
        var announced = StripeEvents.announced(event, clock.instant());
        var object = event.path("data").path("object");
        var before = events.about(announced.kind(), object);
        var body = json.writeValueAsBytes(event);
        if (inbox.fetched(PaymentSettings.STRIPE, school, announced, body)) {
            before.ifPresent(it -> orders.mended(it, "Fetched " + announced.id()));
        }
    }

    private void orders(Instant begun) {
        UUID after = null;
        List<Order> page;
        do {
            page = orders.unsettled(begun.minus(grace(ORDERS_GRACE)), after, ORDERS_PER_PAGE);
            for (var order : page) {
                if (order.provider().equals(PaymentSettings.STRIPE) && isDue(order, begun)) {
                    settle(order, begun);
                }
                after = order.id();
            }
        } while (page.size() == ORDERS_PER_PAGE);
        renewals();
    }

    /** What became of subscriptions whose time is over, where no event said so. */
    private void renewals() {
        UUID after = null;
        List<UUID> due;
        do {
            due = subscriptions.due(PaymentSettings.STRIPE, after, ORDERS_PER_PAGE);
            for (var id : due) {
                orders.find(id).ifPresent(this::look);
                after = id;
            }
        } while (due.size() == ORDERS_PER_PAGE);
    }

    /** Each round for an hour, and when the checkout has ended; once an hour in between. */
    private boolean isDue(Order order, Instant now) {
        var age = Duration.between(order.createdAt(), now);
        var checkout = order.checkout();
        return age.compareTo(YOUNG) < 0
                || age.toHours() != age.minus(pace.reconcileEvery()).toHours()
                || (checkout != null && checkout.endsAt().isBefore(now));
    }

    private void settle(Order order, Instant now) {
        if (order.checkout() == null) {
            if (order.createdAt().plus(ABANDONED).isBefore(now)) {
                settlements.stands(order.id(), new State.Expired());
            }
            return;
        }
        look(order);
    }

    private void look(Order order) {
        try {
            settlements.stands(order.id(), payments.look(order));
        } catch (ProviderTrouble e) {
            if (!e.lasting() || e.getCause() instanceof AuthenticationException) {
                throw e;
            }
            // This one alone; the others may do.
            troubles.tell(e);
            return;
        }
        orders.mended(order, "Asked Stripe");
    }
}
