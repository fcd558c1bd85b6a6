package org.stoa.messaging.delivery;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses who carries mail. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class DeliveryConfiguration {
    @Bean
    Carrier carrier(MailSettings settings, Roots roots) {
        return settings.host().isEmpty()
                ? new MailboxCarrier()
                : new SmtpCarrier(
                        settings,
                        settings.from().isEmpty() ? "stoa@" + roots.host() : settings.from());
    }
}
