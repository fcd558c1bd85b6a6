package org.stoa.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.tenancy.Organization;
import org.stoa.web.ProblemWriter;

/** Finds out which site is called and by whom, and binds that for the rest of the request. */
final class CallerFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    /** Load balancers ask these by whatever address they know. */
    private static final Set<String> HEALTH = Set.of("/livez", "/readyz");

    private final Hosts hosts;
    private final List<Credentials> credentials;
    private final ProblemWriter problems;

    CallerFilter(Hosts hosts, List<Credentials> credentials, ProblemWriter problems) {
        this.hosts = hosts;
        this.credentials = credentials;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (hosts.site(request.getHeader(HttpHeaders.HOST))) {
            case Hosts.Site.Unknown() when HEALTH.contains(request.getRequestURI()) ->
                    serve(null, request, response, chain);
            case Hosts.Site.Unknown() ->
                    Caller.anonymous(null)
                            .run(() ->
                                    problems.write(
                                            request,
                                            response,
                                            HttpStatus.NOT_FOUND,
                                            "There is no school at this address. Check how"
                                                    + " it is written."));
            case Hosts.Site.Platform() -> serve(null, request, response, chain);
            case Hosts.Site.School(var school) -> serve(school, request, response, chain);
        }
    }

    private void serve(
            @Nullable Organization school,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        Caller caller;
        try {
            caller = caller(school, request);
        } catch (DataAccessResourceFailureException | TransientDataAccessException e) {
            Caller.anonymous(school).run(() -> problems.away(request, response));
            return;
        }
        if (caller == null) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
            Caller.anonymous(school)
                    .run(() ->
                            problems.write(
                                    request,
                                    response,
                                    HttpStatus.UNAUTHORIZED,
                                    "This token means nothing here. It may have been"
                                            + " revoked, or belong to another school."));
            return;
        }
        MDC.put("school", school == null ? "" : school.subdomain());
        MDC.put("person", caller.person() == null ? "" : caller.person().toString());
        try {
            caller.call(() -> {
                chain.doFilter(request, response);
                return null;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** Null when a bearer token was sent that means nothing at this host. */
    private @Nullable Caller caller(@Nullable Organization school, HttpServletRequest request) {
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return bearer
                    ? recognise(
                            Credentials.Kind.BEARER,
                            school,
                            authorization.substring(BEARER.length()).strip())
                    : null;
        }
        var secret = SessionCookie.read(request);
        var person = secret == null ? null : recognise(Credentials.Kind.COOKIE, school, secret);
        return person == null ? Caller.anonymous(school) : person;
    }

    private @Nullable Caller recognise(
            Credentials.Kind kind, @Nullable Organization school, String secret) {
        for (var one : credentials) {
            var caller = one.kind() == kind ? one.recognise(school, secret) : null;
            if (caller != null) {
                return caller;
            }
        }
        return null;
    }

    /** A stream that goes on after its first dispatch is still the same caller's. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
