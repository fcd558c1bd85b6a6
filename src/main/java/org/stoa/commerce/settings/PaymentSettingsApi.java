package org.stoa.commerce.settings;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** By whom the school is paid, as JSON. */
@RestController
@Tag(name = "Selling")
class PaymentSettingsApi {
    private final PaymentSettings settings;
    private final Hosts hosts;

    PaymentSettingsApi(PaymentSettings settings, Hosts hosts) {
        this.settings = settings;
        this.hosts = hosts;
    }

    @Schema(name = "WritePaymentSettings")
    record WriteBody(
            @Nullable String provider,
            @Nullable String secretKey,
            @Nullable String webhookSecret) {}

    /**
     * @param usable whether anybody can be charged by it
     * @param webhookUrl where the provider has to send its events; null for the test checkout
     */
    @Schema(name = "PaymentSettings")
    record SettingsBody(String provider, boolean usable, @Nullable String webhookUrl) {}

    @GetMapping("/api/v1/settings/payments")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "getPaymentSettings",
            summary = "Read by whom the school is paid",
            description = "Secrets are never shown.")
    SettingsBody get(HttpServletRequest request) {
        return body(request);
    }

    @PutMapping("/api/v1/settings/payments")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "setPaymentSettings",
            summary = "Set by whom the school is paid",
            description =
                    "`provider` is `stripe`, with `secretKey` and `webhookSecret`, or `test`, in"
                            + " which no money moves. Secrets are kept encrypted and never shown"
                            + " again.")
    SettingsBody set(@RequestBody WriteBody body, HttpServletRequest request) {
        settings.set(body.provider(), body.secretKey(), body.webhookSecret());
        return body(request);
    }

    private SettingsBody body(HttpServletRequest request) {
        var setup = settings.current();
        var root =
                hosts.address(
                        Caller.current().school(), request.getScheme(), request.getServerPort());
        return new SettingsBody(
                setup.provider(),
                setup.usable(),
                setup.test() ? null : root + "/api/webhooks/" + setup.provider());
    }
}
