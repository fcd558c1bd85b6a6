package org.stoa.commerce.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.PayoutListParams;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.commerce.ProviderTrouble;
import org.stoa.commerce.payouts.Movement;
import org.stoa.commerce.payouts.Payout;
import org.stoa.commerce.payouts.PayoutProvider;
import org.stoa.commerce.payouts.Statement;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.shared.Money;
import org.stoa.shared.Slice;
import tools.jackson.databind.JsonNode;

/** What Stripe pays out to a school's bank ({@code docs.stripe.com/api/payouts}). */
@Component
class StripePayouts implements PayoutProvider {
    private static final Pattern ID = Pattern.compile("po_[A-Za-z0-9_]{1,250}");

    /** Stripe lets an account ask 25 times a second where no real money moves. */
    private static final int AT_ONCE = 6;

    private static final int MOST_KEPT = 10_000;

    private final StripeCalls stripe;

    // What was paid out stays made of what it is; the ids are Stripe's, and nobody has another's.
    private final Cache<String, List<Payout.Part>> made =
            Caffeine.newBuilder()
                    .maximumSize(MOST_KEPT)
                    .expireAfterWrite(Duration.ofHours(12))
                    .build();

    StripePayouts(StripeCalls stripe) {
        this.stripe = stripe;
    }

    @Override
    public String name() {
        return PaymentSettings.STRIPE;
    }

    @Override
    public Statement statement(@Nullable String after, int limit) {
        if (after != null && !ID.matcher(after).matches()) {
            throw Slice.notOurs();
        }
        try {
            return stripe.ask(client -> told(client, after, limit));
        } catch (ProviderTrouble e) {
            return switch (e.getCause()) {
                case PermissionException p -> new Statement.Untold(Statement.Why.FORBIDDEN);
                case InvalidRequestException i when "starting_after".equals(i.getParam()) ->
                        throw Slice.notOurs();
                case null, default ->
                        new Statement.Untold(
                                e.lasting() ? Statement.Why.REFUSED : Statement.Why.AWAY);
            };
        }
    }

    private Statement told(StripeClient client, @Nullable String after, int limit)
            throws StripeException {
        var params =
                PayoutListParams.builder().setLimit((long) limit).setStartingAfter(after).build();
        var got = client.v1().payouts().list(params);
        var found = new ArrayList<JsonNode>();
        stripe.read(got)
                .path("data")
                .forEach(one -> {
                    if (known(one)) {
                        found.add(one);
                    }
                });
        try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            Callable<Optional<List<Statement.Balance>>> left =
                    () -> permitted(() -> balance(client));
            var balance = threads.submit(left);
            var parts = new ArrayList<Future<Optional<List<Payout.Part>>>>();
            for (var one : found) {
                Callable<Optional<List<Payout.Part>>> asked =
                        () -> permitted(() -> parts(client, one));
                parts.add(threads.submit(asked));
            }
            var payouts = new ArrayList<Payout>();
            for (int i = 0; i < found.size(); i++) {
                payouts.add(payout(found.get(i), of(parts.get(i)).orElse(null)));
            }
            boolean more = !payouts.isEmpty() && Boolean.TRUE.equals(got.getHasMore());
            return new Statement.Told(List.copyOf(payouts), more, of(balance).orElse(null));
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        @Nullable T ask() throws StripeException;
    }

    /** Nothing where a restricted key may not read this much. */
    private static <T> Optional<T> permitted(Question<T> question) throws StripeException {
        try {
            return Optional.ofNullable(question.ask());
        } catch (PermissionException notThis) {
            return Optional.empty();
        }
    }

    private static <T> T of(Future<T> answer) throws StripeException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StripeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderTrouble(false, "Nobody waited for Stripe's answer", e);
        }
    }

    private List<Statement.Balance> balance(StripeClient client) throws StripeException {
        var read = stripe.read(client.v1().balance().retrieve());
        var balance = new ArrayList<Statement.Balance>();
        for (var available : read.path("available")) {
            if (!known(available)) {
                continue;
            }
            var currency = StripeData.text(available, "currency");
            long pending = 0;
            for (var one : read.path("pending")) {
                pending += StripeData.text(one, "currency").equals(currency) ? amount(one) : 0;
            }
            balance.add(
                    new Statement.Balance(
                            movement(amount(available), currency), movement(pending, currency)));
        }
        return List.copyOf(balance);
    }

    // Stripe cannot say it of what a school pays out by hand, nor before it has made up its mind.
    private @Nullable List<Payout.Part> parts(StripeClient client, JsonNode payout)
            throws StripeException {
        var id = StripeData.text(payout, "id");
        var known = made.getIfPresent(id);
        if (known != null) {
            return known;
        }
        var reconciled = StripeData.text(payout, "reconciliation_status");
        if (!payout.path("automatic").asBoolean(false)
                || !reconciled.isEmpty() && !reconciled.equals("completed")) {
            return null;
        }
        var sums = new PayoutSums();
        String after = null;
        boolean more = true;
        while (more && sums.bearable()) {
            var params =
                    BalanceTransactionListParams.builder()
                            .setPayout(id)
                            .setLimit(PayoutSums.PER_PAGE)
                            .setStartingAfter(after)
                            .build();
            var page = client.v1().balanceTransactions().list(params);
            after = sums.add(stripe.read(page).path("data"));
            more = after != null && Boolean.TRUE.equals(page.getHasMore());
        }
        if (more) {
            return null;
        }
        var parts = sums.parts(StripeData.text(payout, "currency"));
        if (StripeData.text(payout, "status").equals("paid")) {
            made.put(id, parts);
        }
        return parts;
    }

    private static Payout payout(JsonNode one, @Nullable List<Payout.Part> parts) {
        var created = Objects.requireNonNullElse(StripeData.time(one, "created"), Instant.EPOCH);
        var arrives = Objects.requireNonNullElse(StripeData.time(one, "arrival_date"), created);
        return new Payout(
                StripeData.text(one, "id"),
                movement(amount(one), StripeData.text(one, "currency")),
                status(StripeData.text(one, "status")),
                created,
                LocalDate.ofInstant(arrives, ZoneOffset.UTC),
                StripeData.text(one, "failure_message"),
                parts);
    }

    private static Payout.Status status(String word) {
        var ours = word.replace('_', '-').toLowerCase(Locale.ROOT);
        for (var one : Payout.Status.values()) {
            if (one.word().equals(ours)) {
                return one;
            }
        }
        return Payout.Status.PENDING;
    }

    /** Whether it is in money, and not in one of the coins that Stripe holds for some. */
    private static boolean known(JsonNode one) {
        return Money.known(StripeData.text(one, "currency").toUpperCase(Locale.ROOT));
    }

    private static long amount(JsonNode one) {
        return one.path("amount").asLong(0);
    }

    static Movement movement(long amount, String currency) {
        var sum = StripeMoney.money(Math.abs(amount), currency);
        return new Movement(amount < 0 ? -sum.amount() : sum.amount(), sum.currency());
    }
}
