package org.stoa.stripe;

import tools.jackson.databind.node.ObjectNode;

/** What somebody does on the page of a checkout session, by the session's id. */
public final class Buyer {
    private static final Shopper SOMEBODY = Shopper.of("jenny@example.org");
    private final StripeAccount account;

    Buyer(StripeAccount account) {
        this.account = account;
    }

    private ObjectNode session(String id) {
        return account.require("checkout.session", id, "session");
    }

    /** Pays with a card that works. */
    public Attempt pay(String session) {
        return pay(session, Card.GOOD);
    }

    public Attempt pay(String session, Card card) {
        return pay(session, card, SOMEBODY);
    }

    /** A code that is not accepted, and a country, change the sum before it is paid. */
    public Attempt pay(String session, Card card, Shopper shopper) {
        return account.with(() -> account.checkout().pay(session(session), card, shopper));
    }

    /** Takes the step that the bank asked for, or fails it. */
    public Attempt authenticate(String session, boolean well) {
        return account.with(() -> account.checkout().authenticate(session(session), well));
    }

    /** What became of a {@link Card#BANK_DEBIT}, days later. */
    public void settle(String session, boolean well) {
        account.with(() -> {
            account.checkout().settle(session(session), well);
            return true;
        });
    }

    /** The page is left open for too long. */
    public void letExpire(String session) {
        account.with(() -> {
            account.checkout().expire(session(session));
            return true;
        });
    }

    /** In the portal: no more from the end of the period on. */
    public void cancelSubscription(String subscription) {
        cancelAtPeriodEnd(subscription, true);
    }

    /** In the portal: on after all. */
    public void resumeSubscription(String subscription) {
        cancelAtPeriodEnd(subscription, false);
    }

    private void cancelAtPeriodEnd(String subscription, boolean cancel) {
        account.with(() -> {
            var one = account.require("subscription", subscription, "subscription");
            var before = one.deepCopy();
            Subscriptions.cancelAtPeriodEnd(account, one, cancel);
            account.told().tell("customer.subscription.updated", one, Changes.of(before, one));
            return one;
        });
    }

    /**
     * On the page of an open invoice: pays it with this card, which is kept for what is to come.
     */
    public void payInvoice(String invoice, Card card) {
        account.with(() -> {
            var open = account.require("invoice", invoice, "invoice");
            account.cards.put(Json.text(open, "customer"), card);
            account.billing().payNow(open);
            return open;
        });
    }

    /** In the portal: another card for what is to come. */
    public void changeCard(String customer, Card card) {
        account.with(() -> {
            account.cards.put(customer, card);
            return account.require("customer", customer, "customer");
        });
    }
}
