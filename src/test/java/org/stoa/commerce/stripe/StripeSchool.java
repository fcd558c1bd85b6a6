package org.stoa.commerce.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.stoa.commerce.Shop;
import org.stoa.stripe.Attempt;
import org.stoa.stripe.StripeAccount;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StripeAtHand;

/** A school that is paid through Stripe, with the account that it has there. */
final class StripeSchool {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    final Shop shop;
    final StripeAccount account;
    final String endpoint;
    final String key = "sk_test_" + UUID.randomUUID().toString().replace("-", "");
    final String secret = "whsec_" + UUID.randomUUID().toString().replace("-", "");
    private final int port;
    private final ServiceDatabase service;

    StripeSchool(int port, ServiceDatabase service) {
        this.port = port;
        this.service = service;
        shop = new Shop(port);
        account = StripeAtHand.stripe().account(key);
        var address = "http://" + shop.host + ".localhost:" + port + "/api/webhooks/stripe";
        endpoint = account.endpoint(URI.create(address), secret);
        settings(key, secret);
    }

    void settings(String secretKey, String webhookSecret) {
        var body =
                Map.of(
                        "provider", "stripe",
                        "secretKey", secretKey,
                        "webhookSecret", webhookSecret);
        var set = shop.call("PUT", "/api/v1/settings/payments", shop.owner, body);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(set.body()).doesNotContain(secretKey).doesNotContain(webhookSecret);
    }

    /** The checkout session that somebody who wants the course is led to. */
    String session(Shop.Buyer buyer, String course) {
        var asked = shop.enroll(buyer, course);
        assertThat(asked.status()).as(asked.body()).isEqualTo(402);
        var url = asked.text("checkoutUrl");
        assertThat(url).startsWith(StripeAtHand.stripe().address() + "/pay/cs_test_");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** Pays with a card that works; the name of the payment. */
    String pay(String session) {
        assertThat(account.buyer().pay(session)).isInstanceOf(Attempt.Done.class);
        return account.object(session).path("payment_intent").asString();
    }

    String buy(Shop.Buyer buyer, String course) {
        var payment = pay(session(buyer, course));
        awaitIn(buyer, course, true);
        return payment;
    }

    void awaitIn(Shop.Buyer buyer, String course, boolean in) {
        await().atMost(PATIENCE).until(() -> shop.isIn(buyer, course) == in);
    }

    void awaitStatus(Shop.Buyer buyer, String course, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(buyer, course)).isEqualTo(status));
    }

    /** Waits until everything that Stripe sends has arrived, and what follows from it is done. */
    void settled() {
        try {
            account.deliveries().await(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        await().atMost(PATIENCE).until(() -> waiting() == 0);
    }

    private long waiting() {
        return service.sql(
                        """
                        select (select count(*) from webhook_events
                                 where at_organization = :school and status in ('pending', 'failed'))
                             + (select count(*) from scheduled_tasks
                                 where at_organization = :school
                                   and task_name in ('settle-by-stripe', 'look-at-stripe-payment',
                                                     'give-money-back', 'end-subscription'))
                        """)
                .param("school", id())
                .query(Long.class)
                .single();
    }

    List<Session> sessions() throws StripeException {
        var client =
                StripeClient.builder()
                        .setApiKey(key)
                        .setApiBase(StripeAtHand.stripe().address())
                        .build();
        return client.v1().checkout().sessions().list().getData();
    }

    /** Sends an event signed with this; the status that is answered. */
    int send(String body, String signedWith) throws Exception {
        var header = Webhook.Signature.generateSignatureHeader(body, signedWith);
        return sendWith(body, header);
    }

    int sendWith(String body, String header) throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/api/webhooks/stripe"))
                        .header("Host", shop.host + ".localhost:" + port)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("Stripe-Signature", header)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return HTTP.send(request, BodyHandlers.ofString()).statusCode();
    }

    UUID id() {
        return service.sql("select id from organizations where subdomain = :host")
                .param("host", shop.host)
                .query(UUID.class)
                .single();
    }

    /** How the latest order of somebody for a course stands. */
    String status(Shop.Buyer buyer, String course) {
        return service.sql(
                        """
                        select r.status from orders r
                          join offers o on o.organization_id = r.organization_id and o.id = r.offer_id
                          join courses c on c.organization_id = o.organization_id and c.id = o.course_id
                         where r.user_id = :buyer and c.slug = :course and r.organization_id = :school
                         order by r.id desc limit 1
                        """)
                .param("buyer", buyer.id())
                .param("course", course)
                .param("school", id())
                .query((row, number) -> Objects.requireNonNull(row.getString(1)))
                .single();
    }

    Map<String, Long> statuses() {
        return counts(
                "select status, count(*) from orders where organization_id = :school group by 1");
    }

    /** How often each thing happened to the school's orders. */
    Map<String, Long> happened() {
        return counts(
                "select what, count(*) from order_events where organization_id = :school group by 1");
    }

    /** The events that came in, by what became of them. */
    Map<String, Long> received() {
        return counts(
                "select status, count(*) from webhook_events where at_organization = :school group by 1");
    }

    private Map<String, Long> counts(String sql) {
        var found = new TreeMap<String, Long>();
        service.sql(sql)
                .param("school", id())
                .query(row -> {
                    found.put(row.getString(1), row.getLong(2));
                });
        return found;
    }

    long count(String table) {
        return service.sql("select count(*) from " + table + " where organization_id = :school")
                .param("school", id())
                .query(Long.class)
                .single();
    }

    /** Nobody was charged twice, and Stripe's books are ours. */
    void balance() {
        var theirs = account.ledger().payments();
        long paid = theirs.stream().mapToLong(it -> it.amount()).sum();
        long returned = theirs.stream().mapToLong(it -> it.refunded()).sum();
        assertThat(count("payments")).isEqualTo(theirs.size());
        var ours =
                service.sql(
                                """
                                select coalesce(sum(paid), 0), coalesce(sum(returned), 0) from orders
                                 where organization_id = :school
                                """)
                        .param("school", id())
                        .query((row, number) -> List.of(row.getLong(1), row.getLong(2)))
                        .single();
        assertThat(ours).containsExactly(paid, returned);
        assertThat(StripeAtHand.stripe().broken()).isEmpty();
    }
}
