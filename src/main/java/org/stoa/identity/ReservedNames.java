package org.stoa.identity;

import java.util.Set;

/** Subdomains that no school can have, because people would take them for Stoa's own. */
final class ReservedNames {
    private static final Set<String> NAMES =
            Set.of(
                    "www",
                    "api",
                    "admin",
                    "app",
                    "mail",
                    "smtp",
                    "imap",
                    "pop",
                    "ftp",
                    "ns",
                    "ns1",
                    "ns2",
                    "dns",
                    "static",
                    "assets",
                    "media",
                    "cdn",
                    "content",
                    "status",
                    "help",
                    "support",
                    "docs",
                    "blog",
                    "news",
                    "shop",
                    "stoa",
                    "platform",
                    "localhost",
                    "root",
                    "system",
                    "internal",
                    "test",
                    "staging",
                    "dev",
                    "login",
                    "signin",
                    "sign-in",
                    "signup",
                    "sign-up",
                    "account",
                    "accounts",
                    "auth",
                    "sso",
                    "oauth",
                    "billing",
                    "pay",
                    "payments",
                    "security",
                    "abuse",
                    "postmaster",
                    "webmaster",
                    "hostmaster",
                    "info",
                    "contact",
                    "about",
                    "legal",
                    "privacy",
                    "terms",
                    "metrics",
                    "health",
                    "webhooks",
                    "webhook",
                    "ws",
                    "start",
                    "schools",
                    "styleguide");

    private ReservedNames() {}

    static boolean contain(String subdomain) {
        return NAMES.contains(subdomain);
    }
}
