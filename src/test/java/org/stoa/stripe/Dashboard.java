package org.stoa.stripe;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What happens at Stripe, and not through the API. */
public final class Dashboard {
    private final StripeAccount account;

    Dashboard(StripeAccount account) {
        this.account = account;
    }

    private ObjectNode charge(String paymentIntent) {
        return Objects.requireNonNull(
                account.payments().paidCharge(paymentIntent),
                () -> "Nothing was paid by " + paymentIntent);
    }

    /** Gives money back by hand; all that is left where no amount is said. Answers its id. */
    public String refund(String paymentIntent, @Nullable Long amount) {
        return account.with(() -> {
            var charge = charge(paymentIntent);
            var refund = Refunds.make(account, charge, amount, "requested_by_customer");
            Refunds.tell(account, refund, charge);
            return Json.id(refund);
        });
    }

    /** A refund comes back from the bank. */
    public void refundFails(String refund) {
        account.with(() -> {
            Refunds.fail(account, account.require("refund", refund, "refund"));
            return true;
        });
    }

    /** The buyer has the bank take the money back. Answers the dispute's id. */
    public String dispute(String paymentIntent) {
        return account.with(() -> Json.id(Disputes.open(account, charge(paymentIntent))));
    }

    public void closeDispute(String dispute, boolean won) {
        account.with(() -> {
            Disputes.close(account, account.require("dispute", dispute, "dispute"), won);
            return true;
        });
    }

    /** Ends a subscription at once. */
    public void cancelSubscription(String subscription) {
        account.with(() -> {
            account.billing()
                    .cancel(
                            account.require("subscription", subscription, "subscription"),
                            "cancellation_requested");
            return true;
        });
    }

    /** How long a failed renewal waits before each further try; after the last it is given up. */
    public void retryRenewals(Duration... waits) {
        account.with(() -> {
            account.billing().retries(List.of(waits));
            return true;
        });
    }

    /** Pays out what is on the balance. */
    public void payOut() {
        account.with(() -> {
            Payouts.payOut(account);
            return true;
        });
    }
}
