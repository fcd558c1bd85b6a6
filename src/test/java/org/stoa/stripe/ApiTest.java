package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.param.ChargeListParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What every call meets: keys, parameters, idempotency, lists. */
class ApiTest {
    private static final StripeDouble STRIPE = new StripeDouble();
    private final Shop shop = new Shop(STRIPE);

    @AfterAll
    static void end() {
        assertThat(STRIPE.broken()).isEmpty();
        STRIPE.close();
    }

    @Test
    void onlyTheSecretKeyOpensAnAccountAndNoOther() throws Exception {
        assertThat(shop.call("GET", "/v1/account", "", "X-None", "1").statusCode()).isEqualTo(401);
        var wrong = shop.call("GET", "/v1/account", "", "Authorization", "Bearer sk_test_wrong");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("Invalid API Key provided: sk_test_****");
        var basic = Base64.getEncoder().encodeToString((shop.key + ":").getBytes());
        var known = shop.call("GET", "/v1/account", "", "Authorization", "Basic " + basic);
        assertThat(known.statusCode()).isEqualTo(200);
        var other = new Shop(STRIPE);
        var session = shop.open(Shop.once(4900, "eur"));
        assertThat(shop.client.v1().accounts().retrieveCurrent().getId())
                .isNotEqualTo(other.client.v1().accounts().retrieveCurrent().getId());
        var refused =
                catchThrowableOfType(
                        InvalidRequestException.class, () -> other.session(session.getId()));
        assertThat(refused.getCode()).isEqualTo("resource_missing");
        assertThat(refused.getStatusCode()).isEqualTo(404);
        assertThat(
                        catchThrowableOfType(
                                AuthenticationException.class,
                                () ->
                                        com.stripe.StripeClient.builder()
                                                .setApiKey("sk_test_no")
                                                .setApiBase(STRIPE.address())
                                                .build()
                                                .v1()
                                                .customers()
                                                .list()))
                .isNotNull();
    }

    @Test
    void parametersAreHeldAgainstWhatStripeTakes() throws Exception {
        refused("foo=1", "parameter_unknown", "Received unknown parameter: foo");
        refused("line_items[0][price_data][colour]=red", "parameter_unknown", "[colour]");
        refused("mode=payment", "parameter_missing", "Missing required param: line_items.");
        refused("mode=gift", "", "Invalid mode: must be one of payment, setup, subscription");
        refused("expires_at=soon", "parameter_invalid_integer", "Invalid integer: soon");
        refused("mode=", "parameter_invalid_empty", "You passed an empty string for 'mode'");
        refused("success_url[a]=b", "", "Invalid string");
        refused("allow_promotion_codes=maybe", "", "Invalid boolean: maybe");
        refused("metadata[k]=" + "x".repeat(501), "", "up to 500 characters");
    }

    @Test
    void amountsCurrenciesAndNamesAreLookedAt() throws Exception {
        var line = "&line_items[0][quantity]=1&line_items[0][price_data][unit_amount]=";
        var rest = "&line_items[0][price_data][product_data][name]=Knots&mode=payment";
        var in = "&line_items[0][price_data][currency]=";
        var url = "success_url=https://school.example/";
        refused(url + line + "4900" + in + "eux" + rest, "", "Invalid currency: eux");
        refused(url + line + "20" + in + "eur" + rest, "amount_too_small", "0.50 eur");
        refused(url + line + "-1" + in + "eur" + rest, "parameter_invalid_integer", "non-negative");
        refused(url + line + "49.5" + in + "eur" + rest, "parameter_invalid_integer", "49.5");
        refused(url + line + "12345" + in + "kwd" + rest, "invalid_charge_amount", "by 10");
        refused(
                "success_url=/back" + line + "4900" + in + "eur" + rest,
                "url_invalid",
                "valid URL");
        refused(
                url + "&mode=payment" + line + "1" + in + "eur",
                "parameter_missing",
                "product_data");
        refused(
                url + "&mode=payment&line_items[0][price]=price_none&line_items[0][quantity]=1",
                "resource_missing",
                "No such price: 'price_none'");
        refused(
                url + line + "4900" + in + "eur" + rest + "&customer=cus_none",
                "resource_missing",
                "No such customer: 'cus_none'");
        var good =
                shop.call("POST", "/v1/checkout/sessions", url + line + "500" + in + "JPY" + rest);
        assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
        assertThat(good.body()).contains("\"currency\" : \"jpy\"");
    }

    @Test
    void addressesAndVersionsThatAreNoneAreRefused() throws Exception {
        var nowhere = shop.call("GET", "/v1/nothing", "");
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.body()).contains("Unrecognized request URL (GET: /v1/nothing)");
        var json =
                shop.call(
                        "POST",
                        "/v1/customers",
                        "{}",
                        "Authorization",
                        "Bearer " + shop.key,
                        "Stripe-Version",
                        "yesterday");
        assertThat(json.body()).contains("Invalid Stripe API version: yesterday");
    }

    private void refused(String form, String code, String message) throws Exception {
        var answer = shop.call("POST", "/v1/checkout/sessions", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        var error = Json.JSON.readTree(answer.body()).path("error");
        assertThat(Json.text(error, "code")).as(answer.body()).isEqualTo(code);
        assertThat(Json.text(error, "message")).contains(message);
        assertThat(Json.text(error, "type")).isEqualTo("invalid_request_error");
    }

    @Test
    void aKeyHasOneAnswer() throws Exception {
        var sessions = shop.client.v1().checkout().sessions();
        var params = Shop.once(4900, "eur").build();
        var first = sessions.create(params, Shop.under("order-1"));
        var again = sessions.create(params, Shop.under("order-1"));
        assertThat(again.getId()).isEqualTo(first.getId());
        assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(sessions.list().getData()).hasSize(1);
        var other = Shop.once(5000, "eur").build();
        var refused =
                catchThrowableOfType(
                        IdempotencyException.class,
                        () -> sessions.create(other, Shop.under("order-1")));
        assertThat(refused).hasMessageContaining("same parameters they were first used with");
        var elsewhere = CustomerCreateParams.builder().setName("Ann").build();
        assertThat(
                        catchThrowableOfType(
                                IdempotencyException.class,
                                () ->
                                        shop.client
                                                .v1()
                                                .customers()
                                                .create(elsewhere, Shop.under("order-1"))))
                .hasMessageContaining("same endpoint");
        STRIPE.pass(Duration.ofHours(25));
        assertThat(sessions.create(other, Shop.under("order-1")).getId())
                .isNotEqualTo(first.getId());
    }

    @Test
    void aRefusedParameterLeavesTheKeyFree() throws Exception {
        var headers =
                new String[] {"Authorization", "Bearer " + shop.key, "Idempotency-Key", "free"};
        assertThat(shop.call("POST", "/v1/customers", "names=Ann", headers).statusCode())
                .isEqualTo(400);
        assertThat(shop.call("POST", "/v1/customers", "name=Ann", headers).statusCode())
                .isEqualTo(200);
    }

    @Test
    void twoAtOnceUnderOneKeyMakeOne() throws Exception {
        var headers =
                new String[] {"Authorization", "Bearer " + shop.key, "Idempotency-Key", "two"};
        shop.account.faults().silence(Duration.ofSeconds(3));
        shop.account.faults().fail(1, Faults.Fault.SLOW);
        var first =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return shop.call("POST", "/v1/customers", "name=Ann", headers);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        await().atMost(Duration.ofSeconds(120))
                .until(() -> shop.account.idempotency().isUnderWay("two"));
        var second = shop.call("POST", "/v1/customers", "name=Ann", headers);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("idempotency_key_in_use");
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(shop.client.v1().customers().list().getData()).hasSize(1);
    }

    @Test
    void listsComeInPagesNewestFirst() throws Exception {
        var customers = shop.client.v1().customers();
        var made = new ArrayList<String>();
        for (int i = 0; i < 25; i++) {
            made.add(
                    customers
                            .create(CustomerCreateParams.builder().setName("C" + i).build())
                            .getId());
        }
        var first = customers.list(CustomerListParams.builder().setLimit(10L).build());
        assertThat(first.getHasMore()).isTrue();
        assertThat(first.getData().getFirst().getId()).isEqualTo(made.getLast());
        var all = new ArrayList<String>();
        customers
                .list(CustomerListParams.builder().setLimit(7L).build())
                .autoPagingIterable()
                .forEach(c -> all.add(c.getId()));
        assertThat(all.reversed()).isEqualTo(made);
        backwards(made);
    }

    private void backwards(java.util.List<String> made) throws Exception {
        var customers = shop.client.v1().customers();
        var before =
                customers.list(
                        CustomerListParams.builder()
                                .setLimit(3L)
                                .setEndingBefore(made.get(10))
                                .build());
        assertThat(before.getData().getFirst().getId()).isEqualTo(made.get(13));
        assertThat(before.getData().getLast().getId()).isEqualTo(made.get(11));
        assertThat(
                        catchThrowableOfType(
                                        InvalidRequestException.class,
                                        () ->
                                                customers.list(
                                                        CustomerListParams.builder()
                                                                .setLimit(101L)
                                                                .build()))
                                .getParam())
                .isEqualTo("limit");
    }

    @Test
    void eventsAreListedSinceATime() throws Exception {
        var customers = shop.client.v1().customers();
        long then = STRIPE.now().getEpochSecond();
        STRIPE.pass(Duration.ofHours(1));
        var late = customers.create(CustomerCreateParams.builder().setName("Late").build());
        var since = EventListParams.Created.builder().setGt(then + 60).build();
        var events =
                shop.client.v1().events().list(EventListParams.builder().setCreated(since).build());
        assertThat(events.getData()).hasSize(1);
        assertThat(
                        Json.id(
                                Json.JSON
                                        .readTree(events.getData().getFirst().getData().toJson())
                                        .path("object")))
                .isEqualTo(late.getId());
    }

    @Test
    void whatIsNamedIsExpanded() throws Exception {
        var session = shop.sold(4900);
        var whole =
                shop.client
                        .v1()
                        .checkout()
                        .sessions()
                        .retrieve(
                                session.getId(),
                                SessionRetrieveParams.builder()
                                        .addExpand("line_items")
                                        .addExpand(
                                                "payment_intent.latest_charge.balance_transaction")
                                        .build());
        assertThat(whole.getLineItems().getData().getFirst().getDescription()).isEqualTo("Knots");
        var charge = whole.getPaymentIntentObject().getLatestChargeObject();
        assertThat(charge.getBalanceTransactionObject().getNet()).isEqualTo(4900 - 98);
        var charges =
                shop.client
                        .v1()
                        .charges()
                        .list(
                                ChargeListParams.builder()
                                        .setPaymentIntent(session.getPaymentIntent())
                                        .addExpand("data.payment_intent")
                                        .build());
        assertThat(charges.getData().getFirst().getPaymentIntentObject().getId())
                .isEqualTo(session.getPaymentIntent());
    }

    @Test
    void whatIsNotThereIsNotExpanded() throws Exception {
        var session = shop.sold(4900);
        var refused =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () ->
                                shop.client
                                        .v1()
                                        .paymentIntents()
                                        .retrieve(
                                                session.getPaymentIntent(),
                                                PaymentIntentRetrieveParams.builder()
                                                        .addExpand("nothing")
                                                        .build()));
        assertThat(refused).hasMessageContaining("This property cannot be expanded (nothing)");
    }

    @Test
    void theShopNotesThingsAfterwards() throws Exception {
        var session = shop.sold(4900);
        shop.call(
                "POST", "/v1/checkout/sessions/" + session.getId(), "metadata[a]=1&metadata[b]=2");
        shop.call("POST", "/v1/checkout/sessions/" + session.getId(), "metadata[a]=");
        assertThat(shop.session(session.getId()).getMetadata()).containsOnlyKeys("b");
        var path = "/v1/payment_intents/" + session.getPaymentIntent();
        assertThat(shop.call("POST", path, "metadata[order]=1").statusCode()).isEqualTo(200);
        assertThat(shop.call("POST", path, "amount=1").statusCode()).isEqualTo(400);
        var pending = shop.client.v1().balance().retrieve().getPending().getFirst();
        assertThat(pending.getAmount()).isEqualTo(4900 - 98);
    }

    @Test
    void whatTheDoubleDoesNotDoItDoesNotSeemToDo() {
        var refused =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () ->
                                shop.open(
                                        Shop.once(4900, "eur")
                                                .addOptionalItem(
                                                        SessionCreateParams.OptionalItem.builder()
                                                                .setPrice("price_1")
                                                                .setQuantity(1L)
                                                                .build())));
        assertThat(refused).hasMessageContaining("does not do this yet: optional_items");
        var manual =
                Shop.once(4900, "eur")
                        .setPaymentIntentData(
                                SessionCreateParams.PaymentIntentData.builder()
                                        .setCaptureMethod(
                                                SessionCreateParams.PaymentIntentData.CaptureMethod
                                                        .MANUAL)
                                        .build());
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> shop.open(manual)))
                .hasMessageContaining("yet: payment_intent_data[capture_method]");
    }
}
