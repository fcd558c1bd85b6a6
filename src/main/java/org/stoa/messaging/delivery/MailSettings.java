package org.stoa.messaging.delivery;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server.
 *
 * @param host empty for none: then mail is kept for the mailbox page
 * @param security {@code starttls} (required, not merely tried), {@code tls} from the first byte,
 *     or {@code none}
 * @param username empty for a server that asks for none
 * @param from the address that all mail comes from; empty for {@code stoa@} and the platform's host
 */
@ConfigurationProperties("stoa.mail")
record MailSettings(
        @DefaultValue("") String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") String security,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("") String from) {}
