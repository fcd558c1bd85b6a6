package org.stoa.stripe;

import com.stripe.Stripe;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One account at the double: who has its secret key sees its objects and no other's. Everything
 * that is done happens one after another.
 */
public final class StripeAccount {
    private final StripeDouble stripe;
    private final String key;
    private final String id;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Shelf> shelves = new HashMap<>();
    private final Idempotency idempotency;
    private final Faults faults = new Faults();
    private final Deliveries deliveries;
    private final Events events;
    private final Payments payments;
    private final Invoicing invoicing;
    private final Billing billing;
    private final Checkout checkout;
    private final Due due;
    final Map<String, SessionPlan> plans = new HashMap<>();
    final Map<String, Card> cards = new HashMap<>();
    final Map<String, String> paidOut = new HashMap<>();
    final Map<String, Set<String>> appliesTo = new HashMap<>();
    private @Nullable Instant moment;
    private boolean taxSetUp = true;
    private volatile String apiVersion = Stripe.API_VERSION;
    private volatile Watch watch = new Watch() {};

    StripeAccount(StripeDouble stripe, String key) {
        this.stripe = stripe;
        this.key = key;
        this.id = stripe.newId("acct_", 16);
        this.due = new Due(this);
        this.idempotency = new Idempotency(this);
        this.deliveries = new Deliveries(this);
        this.events = new Events(this, deliveries);
        this.payments = new Payments(this);
        this.invoicing = new Invoicing(this);
        this.billing = new Billing(this);
        this.checkout = new Checkout(this);
    }

    public String key() {
        return key;
    }

    public String id() {
        return id;
    }

    /** What a buyer does on the pages that Stripe hosts. */
    public Buyer buyer() {
        return new Buyer(this);
    }

    /** What happens at Stripe without the shop: refunds by hand, disputes, pay-outs. */
    public Dashboard dashboard() {
        return new Dashboard(this);
    }

    /** What was truly paid and given back. */
    public Ledger ledger() {
        return new Ledger(this);
    }

    /** How events get to the webhook endpoints, or do not. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** How calls fail. */
    public Faults faults() {
        return faults;
    }

    /** From now on this sees each call as it comes and as it is done. */
    public void watch(Watch watching) {
        watch = watching;
    }

    Watch watch() {
        return watch;
    }

    /** Has events sent to this address, of every type unless some are named; signed with this. */
    public String endpoint(URI address, String secret, String... types) {
        return with(() -> Json.id(Endpoints.add(this, address.toString(), secret, types)));
    }

    /** Signs with this from now on, and with the one before as well for as long as that is kept. */
    public void rotate(String endpoint, String secret, boolean keepOld) {
        with(() -> Endpoints.rotate(this, endpoint, secret, keepOld));
    }

    /** The API version that events from now on are written in. */
    public void apiVersion(String version) {
        apiVersion = version;
    }

    /** Whether the account has a head office, without which no tax is reckoned. */
    public void taxSetUp(boolean is) {
        with(() -> taxSetUp = is);
    }

    boolean isTaxSetUp() {
        return taxSetUp;
    }

    String apiVersion() {
        return apiVersion;
    }

    /** A copy of an object as it is now. */
    public JsonNode object(String id) {
        return with(() -> require(Kinds.of(id), id, "id").deepCopy());
    }

    /** Copies of all events with this type, oldest first. */
    public java.util.List<JsonNode> events(String type) {
        return with(() ->
                shelf("event").all().stream()
                        .filter(e -> Json.text(e, "type").equals(type))
                        .map(e -> (JsonNode) e.deepCopy())
                        .toList());
    }

    Payments payments() {
        return payments;
    }

    Billing billing() {
        return billing;
    }

    Checkout checkout() {
        return checkout;
    }

    Invoicing invoicing() {
        return invoicing;
    }

    Due due() {
        return due;
    }

    Idempotency idempotency() {
        return idempotency;
    }

    Events told() {
        return events;
    }

    StripeDouble stripe() {
        return stripe;
    }

    /** Does this with nobody else in between, after all that has become due by now. */
    <T extends @Nullable Object> T with(Supplier<T> work) {
        lock.lock();
        try {
            due.settle(stripe.now());
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does this as if it were that time. */
    void at(Instant time, Runnable work) {
        moment = time;
        try {
            work.run();
        } finally {
            moment = null;
        }
    }

    Instant now() {
        return moment == null ? stripe.now() : moment;
    }

    long seconds() {
        return now().getEpochSecond();
    }

    Shelf shelf(String object) {
        return shelves.computeIfAbsent(object, o -> new Shelf());
    }

    @Nullable ObjectNode find(String object, String id) {
        return shelf(object).find(id);
    }

    ObjectNode require(String object, String id, String param) {
        var found = find(object, id);
        if (found == null) {
            throw StripeRefusal.noSuch(Kinds.said(object), id, param);
        }
        return found;
    }

    /** A new one of its kind, kept. */
    ObjectNode make(String object) {
        return keep(draft(object));
    }

    /** A new one of its kind, not kept yet. */
    ObjectNode draft(String object) {
        var one = Json.blank(object);
        one.put("id", stripe.newId(Kinds.prefix(object), Kinds.length(object)));
        if (one.has("created")) {
            one.put("created", seconds());
        }
        return one;
    }

    ObjectNode keep(ObjectNode one) {
        shelf(Json.text(one, "object")).add(one);
        return one;
    }

    void tell(String type, ObjectNode about) {
        events.tell(type, about, null);
    }
}
