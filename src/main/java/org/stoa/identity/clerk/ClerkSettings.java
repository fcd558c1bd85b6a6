package org.stoa.identity.clerk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.stoa.tenancy.Role;

/**
 * How Stoa and one instance of Clerk know each other; what is empty is switched off. Lists are
 * separated by commas.
 *
 * @param webhookSecret those by which its webhooks are signed, each as {@code whsec_…}
 * @param apiBase of its Backend API
 * @param secretKey for that API; without one, nothing is fetched
 * @param issuer of session tokens; without one, none is taken for a sign-in
 * @param jwksUrl where their keys are, unless under the issuer
 * @param authorizedParties origins that a token may have been made for; empty for any
 * @param cookie whether the cookie {@code __session} is taken as well
 * @param roles by Clerk's words, as in {@code org:admin=admin}; others are students
 * @param graceDays how long a school that was deleted can still be taken out
 * @param reconcileSeconds between two looks at everything
 */
@ConfigurationProperties("stoa.clerk")
public record ClerkSettings(
        @DefaultValue("") String webhookSecret,
        @DefaultValue("https://api.clerk.com/v1") String apiBase,
        @DefaultValue("") String secretKey,
        @DefaultValue("") String issuer,
        @DefaultValue("") String jwksUrl,
        @DefaultValue("") String authorizedParties,
        @DefaultValue("false") boolean cookie,
        @DefaultValue(
                        "org:admin=admin,org:teacher=teacher,org:instructor=teacher,org:member=student")
                String roles,
        @DefaultValue("30") int graceDays,
        @DefaultValue("300") int reconcileSeconds) {

    List<String> secrets() {
        return list(webhookSecret);
    }

    List<String> parties() {
        return list(authorizedParties);
    }

    /** What somebody is here who has this role there. */
    Role role(String word) {
        var known = map().get(word);
        return known == null ? Role.STUDENT : known;
    }

    private Map<String, Role> map() {
        var map = new LinkedHashMap<String, Role>();
        for (var pair : list(roles)) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) {
                map.put(parts[0].strip(), Role.of(parts[1].strip()));
            }
        }
        return map;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }
}
