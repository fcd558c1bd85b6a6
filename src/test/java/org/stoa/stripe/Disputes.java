package org.stoa.stripe;

import java.time.Duration;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Payments that buyers have taken back through their bank. */
final class Disputes {
    private static final long FEE = 2000;

    private Disputes() {}

    static ObjectNode open(StripeAccount account, ObjectNode charge) {
        if (Json.yes(charge, "disputed")) {
            throw new IllegalStateException("It is disputed already: " + Json.id(charge));
        }
        var dispute = account.draft("dispute");
        long amount = Json.number(charge, "amount") - Json.number(charge, "amount_refunded");
        dispute.put("amount", amount);
        dispute.set("currency", charge.get("currency"));
        dispute.put("charge", Json.id(charge));
        dispute.set("payment_intent", charge.get("payment_intent"));
        ((ObjectNode) dispute.path("evidence_details"))
                .put("due_by", account.seconds() + Duration.ofDays(7).toSeconds());
        account.keep(dispute);
        move(account, dispute, -amount, FEE);
        charge.put("disputed", true);
        account.tell("charge.dispute.created", dispute);
        account.tell("charge.dispute.funds_withdrawn", dispute);
        return dispute;
    }

    private static void move(StripeAccount account, ObjectNode dispute, long amount, long fee) {
        var one = Payouts.transaction(account, "adjustment", amount, dispute, fee);
        ((ArrayNode) dispute.path("balance_transactions")).add(one.deepCopy());
    }

    static void close(StripeAccount account, ObjectNode dispute, boolean won) {
        if (isClosed(dispute)) {
            throw new IllegalStateException("It is closed already: " + Json.id(dispute));
        }
        dispute.put("status", won ? "won" : "lost");
        if (won) {
            move(account, dispute, Json.number(dispute, "amount"), 0);
            account.tell("charge.dispute.funds_reinstated", dispute);
        }
        account.tell("charge.dispute.closed", dispute);
    }

    private static boolean isClosed(ObjectNode dispute) {
        return Json.text(dispute, "status").matches("won|lost");
    }

    private static ObjectNode stillOpen(Call call) {
        var dispute = call.subject("dispute");
        if (isClosed(dispute)) {
            throw StripeRefusal.invalid("This dispute is already closed").param("id");
        }
        return dispute;
    }

    static ObjectNode update(Call call) {
        var dispute = stillOpen(call);
        call.echo(dispute);
        if (call.has("evidence")) {
            ((ObjectNode) dispute.path("evidence"))
                    .setAll((ObjectNode) call.params().get("evidence"));
            var details = (ObjectNode) dispute.path("evidence_details");
            details.put("has_evidence", true);
            if (!call.params().has("submit") || Json.yes(call.params(), "submit")) {
                details.put("submission_count", Json.number(details, "submission_count") + 1);
                dispute.put("status", "under_review");
            }
        }
        call.account().tell("charge.dispute.updated", dispute);
        return dispute;
    }

    /** The school gives in. */
    static ObjectNode accept(Call call) {
        var dispute = stillOpen(call);
        close(call.account(), dispute, false);
        return dispute;
    }
}
