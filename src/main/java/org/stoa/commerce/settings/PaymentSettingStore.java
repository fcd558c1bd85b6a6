package org.stoa.commerce.settings;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.ServiceDatabase;

/** By whom schools are paid. */
@Repository
class PaymentSettingStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    PaymentSettingStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    /** All schools of the installation that have this provider. */
    List<UUID> schools(String provider) {
        return service.sql(
                        """
                        select organization_id from payment_settings
                         where provider = :provider and secret_key is not null
                         order by organization_id
                        """)
                .param("provider", provider)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    Optional<Instant> lookedUntil() {
        return jdbc.sql(
                        """
                        select looked_until from payment_settings
                         where organization_id = (select current_organization())
                           and looked_until is not null
                        """)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    void looked(Instant until) {
        jdbc.sql(
                        """
                        update payment_settings set looked_until = :until
                         where organization_id = (select current_organization())
                        """)
                .param("until", until)
                .update();
    }

    /** As it is kept: sealed. */
    @SuppressWarnings("ArrayRecordComponent") // No two are compared.
    record Row(
            String provider,
            byte @Nullable [] secretKey,
            byte @Nullable [] webhookSecret,
            byte @Nullable [] formerWebhookSecret) {}

    Optional<Row> find() {
        return jdbc.sql(
                        """
                        select provider, secret_key, webhook_secret, former_webhook_secret
                          from payment_settings
                         where organization_id = (select current_organization())
                        """)
                .query((row, number) ->
                        new Row(
                                row.getString("provider"),
                                row.getBytes("secret_key"),
                                row.getBytes("webhook_secret"),
                                row.getBytes("former_webhook_secret")))
                .optional();
    }

    void set(Row row, @Nullable UUID by, Instant now) {
        jdbc.sql(
                        """
                        insert into payment_settings
                               (organization_id, provider, secret_key, webhook_secret,
                                former_webhook_secret, changed_at, changed_by)
                        values (current_organization(), :provider, :key, :secret, :former, :now,
                                cast(:by as uuid))
                        on conflict (organization_id) do update
                           set provider = excluded.provider, secret_key = excluded.secret_key,
                               webhook_secret = excluded.webhook_secret,
                               former_webhook_secret = excluded.former_webhook_secret,
                               changed_at = excluded.changed_at, changed_by = excluded.changed_by
                        """)
                .param("provider", row.provider())
                .param("key", row.secretKey(), Types.BINARY)
                .param("secret", row.webhookSecret(), Types.BINARY)
                .param("former", row.formerWebhookSecret(), Types.BINARY)
                .param("by", by, Types.OTHER)
                .param("now", now)
                .update();
    }
}
