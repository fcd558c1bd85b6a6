package org.stoa.stripe;

import com.stripe.param.AccountRetrieveCurrentParams;
import com.stripe.param.BalanceRetrieveParams;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.ChargeListParams;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.DisputeCloseParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentUpdateParams;
import com.stripe.param.PayoutListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionExpireParams;
import com.stripe.param.checkout.SessionListLineItemsParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionUpdateParams;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Every address that is answered. */
final class Routes {
    // Whatever is retrieved takes expand[] alone.
    static final Class<?> RETRIEVE = ChargeRetrieveParams.class;
    private static final List<Route> ALL = all();

    private Routes() {}

    static List<Route> matching(String path) {
        return ALL.stream().filter(r -> r.path().matcher(path).matches()).toList();
    }

    private static List<Route> all() {
        var all = new ArrayList<Route>();
        all.addAll(checkout());
        all.addAll(payments());
        all.addAll(disputes());
        all.addAll(balance());
        all.addAll(CatalogRoutes.all());
        all.addAll(customers());
        all.addAll(billing());
        all.addAll(account());
        return List.copyOf(all);
    }

    private static List<Route> checkout() {
        var kind = "checkout.session";
        return List.of(
                post(
                        "/checkout/sessions",
                        SessionCreateParams.class,
                        kind,
                        """
                        line_items mode success_url cancel_url customer customer_email currency
                        client_reference_id metadata payment_intent_data subscription_data discounts
                        automatic_tax expires_at allow_promotion_codes invoice_creation
                        customer_creation payment_method_types ui_mode customer_update
                        tax_id_collection billing_address_collection name_collection branding_settings\
                        """,
                        c -> new SessionRequest(c).create()),
                Route.get("/checkout/sessions", SessionListParams.class, kind, Sessions::list),
                retrieve("/checkout/sessions/*", kind),
                Route.get(
                        "/checkout/sessions/*/line_items",
                        SessionListLineItemsParams.class,
                        kind,
                        Sessions::lines),
                only("/checkout/sessions/*", SessionUpdateParams.class, kind, Sessions::update),
                post(
                        "/checkout/sessions/*/expire",
                        SessionExpireParams.class,
                        kind,
                        "",
                        Sessions::expire));
    }

    private static List<Route> payments() {
        return List.of(
                retrieve("/payment_intents/*", "payment_intent"),
                list(
                        "/payment_intents",
                        PaymentIntentListParams.class,
                        "payment_intent",
                        "customer"),
                only(
                        "/payment_intents/*",
                        PaymentIntentUpdateParams.class,
                        "payment_intent",
                        Payments::update),
                post(
                        "/payment_intents/*/cancel",
                        PaymentIntentCancelParams.class,
                        "payment_intent",
                        "cancellation_reason",
                        Payments::cancel),
                retrieve("/charges/*", "charge"),
                list("/charges", ChargeListParams.class, "charge", "customer", "payment_intent"),
                post(
                        "/refunds",
                        RefundCreateParams.class,
                        "refund",
                        "amount charge payment_intent reason metadata",
                        Refunds::create),
                retrieve("/refunds/*", "refund"),
                list("/refunds", RefundListParams.class, "refund", "charge", "payment_intent"));
    }

    private static List<Route> disputes() {
        return List.of(
                retrieve("/disputes/*", "dispute"),
                list("/disputes", DisputeListParams.class, "dispute", "charge", "payment_intent"),
                post(
                        "/disputes/*",
                        DisputeUpdateParams.class,
                        "dispute",
                        "evidence submit metadata",
                        Disputes::update),
                post(
                        "/disputes/*/close",
                        DisputeCloseParams.class,
                        "dispute",
                        "",
                        Disputes::accept));
    }

    private static List<Route> balance() {
        return List.of(
                retrieve("/balance_transactions/*", "balance_transaction"),
                Route.of(
                        "GET",
                        "/balance_transactions",
                        BalanceTransactionListParams.class,
                        "balance_transaction",
                        "payout source type currency",
                        Payouts::transactions),
                Route.get("/balance", BalanceRetrieveParams.class, "balance", Payouts::balance),
                retrieve("/payouts/*", "payout"),
                list("/payouts", PayoutListParams.class, "payout", "status"));
    }

    private static List<Route> customers() {
        return List.of(
                post(
                        "/customers",
                        CustomerCreateParams.class,
                        "customer",
                        "metadata",
                        Customers::create),
                retrieve("/customers/*", "customer"),
                list("/customers", CustomerListParams.class, "customer", "email"),
                post(
                        "/customers/*",
                        CustomerUpdateParams.class,
                        "customer",
                        "metadata",
                        Customers::update),
                Route.of(
                        "DELETE",
                        "/customers/*",
                        RETRIEVE,
                        "customer",
                        "",
                        c -> Catalog.delete(c, "customer")),
                post(
                        "/billing_portal/sessions",
                        com.stripe.param.billingportal.SessionCreateParams.class,
                        "billing_portal.session",
                        "customer return_url",
                        Customers::portal));
    }

    private static List<Route> billing() {
        return List.of(
                retrieve("/subscriptions/*", "subscription"),
                Route.of(
                        "GET",
                        "/subscriptions",
                        SubscriptionListParams.class,
                        "subscription",
                        "status price customer",
                        Subscriptions::list),
                post(
                        "/subscriptions/*",
                        SubscriptionUpdateParams.class,
                        "subscription",
                        "cancel_at_period_end cancel_at items proration_behavior metadata",
                        Subscriptions::update),
                Route.of(
                        "DELETE",
                        "/subscriptions/*",
                        SubscriptionCancelParams.class,
                        "subscription",
                        "cancellation_details invoice_now prorate",
                        Subscriptions::cancel),
                retrieve("/invoices/*", "invoice"),
                Route.of(
                        "GET",
                        "/invoices",
                        InvoiceListParams.class,
                        "invoice",
                        "customer status collection_method subscription",
                        Invoicing::list),
                post("/invoices/*/pay", InvoicePayParams.class, "invoice", "", Invoicing::pay),
                Route.of(
                        "GET",
                        "/invoice_payments",
                        InvoicePaymentListParams.class,
                        "invoice_payment",
                        "payment invoice status",
                        Invoicing::payments));
    }

    private static List<Route> account() {
        return List.of(
                Route.get(
                        "/account",
                        AccountRetrieveCurrentParams.class,
                        "account",
                        c -> {
                            var account = Json.blank("account");
                            account.put("id", c.account().id());
                            return account;
                        }),
                Route.of(
                        "GET",
                        "/events",
                        EventListParams.class,
                        "event",
                        "type types delivery_success",
                        Events::list),
                retrieve("/events/*", "event"),
                post(
                        "/webhook_endpoints",
                        WebhookEndpointCreateParams.class,
                        "webhook_endpoint",
                        "url enabled_events api_version connect metadata",
                        Endpoints::create),
                retrieve("/webhook_endpoints/*", "webhook_endpoint"),
                list("/webhook_endpoints", WebhookEndpointListParams.class, "webhook_endpoint"),
                Route.of(
                        "DELETE",
                        "/webhook_endpoints/*",
                        RETRIEVE,
                        "webhook_endpoint",
                        "",
                        c -> Catalog.delete(c, "webhook_endpoint")));
    }

    static Route post(
            String path,
            Class<?> params,
            String object,
            String does,
            Function<Call, ObjectNode> answer) {
        return Route.of("POST", path, params, object, does, answer);
    }

    /** An update that takes metadata and description, of all that Stripe takes. */
    private static Route only(
            String path, Class<?> params, String object, Function<Call, ObjectNode> answer) {
        var route = post(path, params, object, "metadata", answer);
        return new Route(
                route.method(),
                route.path(),
                route.params(),
                object,
                route.does(),
                call -> {
                    for (var key : call.params().propertyNames()) {
                        if (!key.matches("metadata|description|expand")) {
                            throw StripeRefusal.invalid(
                                            "The double of Stripe does not do this yet: " + key)
                                    .param(key);
                        }
                    }
                    return answer.apply(call);
                });
    }

    static Route retrieve(String path, String object) {
        return Route.get(path, RETRIEVE, object, c -> c.subject(object));
    }

    static Route list(String path, Class<?> params, String object, String... filters) {
        return Route.of(
                "GET",
                path,
                params,
                object,
                String.join(" ", filters),
                c -> c.page(object, c.same(filters)));
    }
}
