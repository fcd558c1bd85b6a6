package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.CardException;
import com.stripe.exception.RateLimitException;
import com.stripe.param.CustomerCreateParams;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stoa.stripe.Faults.Fault;

/** Calls that fail, each in its way, and what Stripe's own library makes of them. */
class FaultsTest {
    private final StripeDouble stripe = new StripeDouble();
    private final Shop shop = new Shop(stripe);
    private final Faults faults = shop.account.faults();
    private final CustomerCreateParams ann = CustomerCreateParams.builder().setName("Ann").build();

    @AfterEach
    void end() {
        assertThat(stripe.broken()).isEmpty();
        stripe.close();
    }

    private int customers() throws Exception {
        return shop.client.v1().customers().list().getData().size();
    }

    private <E extends Throwable> E fails(Class<E> as, String key) {
        return catchThrowableOfType(
                as, () -> shop.client.v1().customers().create(ann, Shop.under(key)));
    }

    @Test
    void eachClassOfErrorIsWhatTheLibraryCallsIt() throws Exception {
        faults.fail(1, Fault.CARD_ERROR);
        assertThat(fails(CardException.class, "a").getDeclineCode()).isEqualTo("generic_decline");
        faults.fail(1, Fault.RATE_LIMIT);
        assertThat(fails(RateLimitException.class, "b")).isNotNull();
        faults.fail(1, Fault.API_ERROR);
        assertThat(fails(ApiException.class, "c").getStatusCode()).isEqualTo(500);
        faults.fail(1, Fault.UNAVAILABLE);
        assertThat(fails(ApiException.class, "d").getStatusCode()).isEqualTo(503);
        assertThat(customers()).isZero();
        // What was answered stays under its key; what was not begun is free to be.
        assertThat(fails(CardException.class, "a")).isNotNull();
        assertThat(fails(ApiException.class, "c")).isNotNull();
        shop.client.v1().customers().create(ann, Shop.under("b"));
        shop.client.v1().customers().create(ann, Shop.under("d"));
        assertThat(customers()).isEqualTo(2);
    }

    @Test
    void whatWasDoneBeforeTheLineBrokeIsFoundUnderItsKey() throws Exception {
        faults.fail(2, Fault.CUT_AFTER);
        assertThat(fails(ApiConnectionException.class, "cut")).isNotNull();
        faults.mend();
        assertThat(customers()).isEqualTo(1);
        shop.client.v1().customers().create(ann, Shop.under("cut"));
        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void whatWasCutBeforehandWasNotDone() throws Exception {
        faults.fail(2, Fault.CUT_BEFORE);
        assertThat(fails(ApiConnectionException.class, "cut")).isNotNull();
        faults.mend();
        assertThat(customers()).isZero();
    }

    @Test
    void silenceIsATimeoutDoneOrNot() throws Exception {
        faults.silence(Duration.ofSeconds(2));
        var hasty = shop.client(0, 400).v1().customers();
        faults.fail(1, Fault.TIMEOUT);
        assertThat(catchThrowableOfType(ApiConnectionException.class, () -> hasty.create(ann)))
                .isNotNull();
        assertThat(customers()).isZero();
        faults.fail(1, Fault.TIMEOUT_AFTER);
        assertThat(catchThrowableOfType(ApiConnectionException.class, () -> hasty.create(ann)))
                .isNotNull();
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> customers() == 1);
    }

    @Test
    void theLibrarysOwnRetriesMakeOne() throws Exception {
        faults.fail(1, Fault.UNAVAILABLE);
        faults.fail(1, Fault.CUT_AFTER);
        shop.client(5, 5000).v1().customers().create(ann);
        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void someCallsFailAndOthersAreOnlySlow() throws Exception {
        faults.fail(1, Fault.RATE_LIMIT, call -> call.startsWith("POST /v1/refunds"));
        assertThat(customers()).isZero();
        faults.mend();
        faults.slow(Duration.ofMillis(300));
        long before = System.nanoTime();
        customers();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThan(Duration.ofMillis(299));
    }
}
