package org.stoa.web.access;

import static org.stoa.shared.Words.say;

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
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.tenancy.Organization;
import org.stoa.web.ProblemWriter;

/** Finds out which site is called and by whom, and binds that for the rest of the request. */
final class CallerFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    /** Load balancers ask these by whatever address they know. */
    private static final Set<String> HEALTH = Set.of("/livez", "/readyz");

    /** What serves to take a closed school out. */
    private static final List<String> LEFT_OPEN =
            List.of(
                    "/admin/export",
                    "/api/v1/school/export",
                    "/api/v1/sessions",
                    "/sign-in",
                    "/sign-out",
                    "/language",
                    "/assets/",
                    "/livez",
                    "/readyz");

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
        switch (site(request)) {
            case null ->
                    SpokenLanguage.run(
                            Caller.anonymous(null),
                            request,
                            () -> problems.away(request, response));
            case Hosts.Site.Unknown() when HEALTH.contains(request.getRequestURI()) ->
                    serve(null, request, response, chain);
            case Hosts.Site.Unknown() ->
                    SpokenLanguage.run(
                            Caller.anonymous(null),
                            request,
                            () ->
                                    problems.write(
                                            request,
                                            response,
                                            HttpStatus.NOT_FOUND,
                                            say("problem.noSchoolHere")));
            case Hosts.Site.Platform() -> serve(null, request, response, chain);
            case Hosts.Site.School(var school)
                    when school.closedAt() != null && !leftOpen(request.getRequestURI()) ->
                    closed(school, request, response);
            case Hosts.Site.School(var school) -> serve(school, request, response, chain);
        }
    }

    /** Null when only the database knows it, which does not answer. */
    private Hosts.@Nullable Site site(HttpServletRequest request) {
        try {
            return hosts.site(request.getHeader(HttpHeaders.HOST));
        } catch (DataAccessResourceFailureException | TransientDataAccessException e) {
            return null;
        }
    }

    private void closed(
            Organization school, HttpServletRequest request, HttpServletResponse response) {
        SpokenLanguage.run(
                Caller.anonymous(school),
                request,
                () ->
                        problems.write(
                                request, response, HttpStatus.GONE, say("problem.schoolClosed")));
    }

    private static boolean leftOpen(String path) {
        return LEFT_OPEN.stream()
                .anyMatch(open ->
                        path.equals(open)
                                || path.startsWith(open.endsWith("/") ? open : open + "/"));
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
            SpokenLanguage.run(
                    Caller.anonymous(school), request, () -> problems.away(request, response));
            return;
        }
        if (caller == null) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
            SpokenLanguage.run(
                    Caller.anonymous(school),
                    request,
                    () ->
                            problems.write(
                                    request,
                                    response,
                                    HttpStatus.UNAUTHORIZED,
                                    say("problem.tokenMeansNothing")));
            return;
        }
        MDC.put("school", school == null ? "" : school.subdomain());
        MDC.put("person", caller.person() == null ? "" : caller.person().toString());
        try {
            Words.in(
                    SpokenLanguage.of(caller, request),
                    () ->
                            caller.call(() -> {
                                chain.doFilter(request, response);
                                return null;
                            }));
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
        if (person == null) {
            person = byOtherCookie(school, request);
        }
        return person == null ? Caller.anonymous(school) : person;
    }

    private @Nullable Caller byOtherCookie(
            @Nullable Organization school, HttpServletRequest request) {
        for (var one : credentials) {
            if (one.kind() != Credentials.Kind.OTHER_COOKIE) {
                continue;
            }
            var secret = SessionCookie.readExactly(one.cookie(), request);
            var caller = secret == null ? null : one.recognise(school, secret);
            if (caller != null) {
                return caller;
            }
        }
        return null;
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
