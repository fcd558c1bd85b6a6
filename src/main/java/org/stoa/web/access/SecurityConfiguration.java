package org.stoa.web.access;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.ProblemWriter;

/**
 * Spring Security's chain with the two parts of it that serve here: the firewall against malformed
 * requests and the CSRF tokens. Who calls is found by {@link CallerFilter}, what they may do by
 * {@link AccessInterceptor}, the headers by {@link SecurityHeaders}.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http,
            Hosts hosts,
            ObjectProvider<Credentials> credentials,
            ProblemWriter problems,
            CsrfTokens csrfTokens) {
        var all = credentials.orderedStream().toList();
        var others = all.stream().map(Credentials::cookie).filter(c -> !c.isEmpty()).toList();
        return http.securityContext(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .exceptionHandling(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .csrf(csrf ->
                        csrf.csrfTokenRepository(csrfTokens)
                                .csrfTokenRequestHandler(new AskedForTokens())
                                .requireCsrfProtectionMatcher(
                                        request -> needsToken(request, others))
                                .withObjectPostProcessor(refusedBy(problems)))
                .addFilterBefore(new CallerFilter(hosts, all, problems), CsrfFilter.class)
                .build();
    }

    /** Said where it is found: nothing behind this filter has run yet. */
    private static ObjectPostProcessor<CsrfFilter> refusedBy(ProblemWriter problems) {
        return new ObjectPostProcessor<>() {
            @Override
            public <T extends CsrfFilter> T postProcess(T filter) {
                filter.setAccessDeniedHandler(
                        (request, response, denied) -> problems.outdated(request, response));
                return filter;
            }
        };
    }

    @Bean
    RequestRejectedHandler refusedByTheFirewall(ProblemWriter problems) {
        return (request, response, rejected) ->
                SpokenLanguage.run(
                        Caller.anonymous(null),
                        request,
                        () ->
                                problems.write(
                                        request,
                                        response,
                                        HttpStatus.BAD_REQUEST,
                                        say("problem.malformedAddress")));
    }

    /**
     * The time of a request is measured as a whole; that of each filter would cost more than it.
     */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /**
     * A forged request can only ride on a cookie. Forms always need the token (a forged sign-in is
     * one too); a call to the API needs it when it rides on a cookie that signs somebody in. The
     * language is chosen on pages that are the same for everyone and have no token: its handler
     * looks at the origin itself. Mail programs end a kind of mail by an address that is a secret
     * itself.
     */
    private static boolean needsToken(HttpServletRequest request, List<String> others) {
        if (SAFE.contains(request.getMethod())
                || request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || request.getRequestURI().equals("/language")
                || request.getRequestURI().startsWith("/unsubscribe/")
                || request.getRequestURI().startsWith("/api/webhooks/")) {
            return false;
        }
        return !request.getRequestURI().startsWith("/api/")
                || SessionCookie.read(request) != null
                || others.stream().anyMatch(c -> SessionCookie.readExactly(c, request) != null);
    }
}
