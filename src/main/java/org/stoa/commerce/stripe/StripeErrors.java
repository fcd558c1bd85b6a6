package org.stoa.commerce.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import java.util.Set;
import java.util.regex.Pattern;
import org.stoa.commerce.ProviderTrouble;

/** What went wrong at Stripe, in a sentence for the school's administrators. */
final class StripeErrors {
    private static final int SERVER_ERROR = 500;
    private static final Set<String> TAX_CODES =
            Set.of(
                    "stripe_tax_inactive",
                    "taxes_calculation_failed",
                    "customer_tax_location_invalid");
    private static final Pattern TAX_WORDS =
            Pattern.compile(
                    "head office|automatic tax|stripe tax|tax[ _](code|behavior)",
                    Pattern.CASE_INSENSITIVE);

    private StripeErrors() {}

    static ProviderTrouble trouble(StripeException e) {
        return switch (e) {
            case PermissionException p ->
                    lasting("The school's secret key is not allowed to do this at Stripe", p);
            case AuthenticationException a ->
                    lasting("Stripe does not know the school's secret key; it was replaced", a);
            case RateLimitException r -> passing("Stripe was asked too often just now", r);
            case IdempotencyException i -> passing("Stripe is at work on the same already", i);
            case CardException c -> lasting("Stripe says that the card was refused", c);
            case InvalidRequestException i -> lasting("Stripe refuses what it is asked", i);
            case ApiConnectionException c -> passing("Stripe could not be reached", c);
            default -> passing("Something went wrong at Stripe itself", e);
        };
    }

    /**
     * Whether it lies in how tax is set up at Stripe. Of a missing head office Stripe tells in
     * words alone ({@code docs.stripe.com/tax/set-up}, {@code docs.stripe.com/error-codes}).
     */
    static boolean ofTax(ProviderTrouble e) {
        if (!(e.getCause() instanceof InvalidRequestException refused)) {
            return false;
        }
        var code = String.valueOf(refused.getCode());
        var param = String.valueOf(refused.getParam());
        return TAX_CODES.contains(code)
                || param.startsWith("automatic_tax")
                || TAX_WORDS.matcher(String.valueOf(refused.getMessage())).find();
    }

    /** Stripe itself broke at it, and would give the same answer again under the same key. */
    static boolean broken(StripeException e) {
        return e.getStatusCode() != null && e.getStatusCode() >= SERVER_ERROR;
    }

    private static ProviderTrouble lasting(String what, StripeException e) {
        return new ProviderTrouble(true, sentence(what, e), e);
    }

    private static ProviderTrouble passing(String what, StripeException e) {
        return new ProviderTrouble(false, sentence(what, e), e);
    }

    private static String sentence(String what, StripeException e) {
        var error = e.getStripeError();
        var said = error == null ? null : error.getMessage();
        var request = e.getRequestId() == null ? "" : " [request " + e.getRequestId() + "]";
        return what + (said == null ? "" : ": " + said) + request;
    }
}
