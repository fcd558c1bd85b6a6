package org.stoa.web.access;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.slf4j.MDC;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.web.ProblemWriter;

/** Holds every call against what its route declares. */
@Component
public class AccessInterceptor implements HandlerInterceptor {
    private final ApplicationContext context;
    private final ProblemWriter problems;

    AccessInterceptor(ApplicationContext context, ProblemWriter problems) {
        this.context = context;
        this.problems = problems;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        MDC.put("route", request.getMethod() + " " + pattern);
        if (!(handler instanceof HandlerMethod method)) {
            return true;
        }
        var allowed = method.getMethodAnnotation(Allowed.class);
        if (allowed == null) {
            // Routes of libraries (the API's description): those of ours cannot lack it, see
            // DeclaredAccess.
            return true;
        }
        var caller = Caller.current();
        requireSite(allowed, caller);
        if (allowed.value() != Who.ANYONE && !caller.signedIn()) {
            askToSignIn(request, response);
            return false;
        }
        requireRole(allowed, caller);
        requireOwnership(allowed, caller, request);
        return true;
    }

    private static void requireSite(Allowed allowed, Caller caller) {
        boolean atSchool = caller.organization() != null;
        boolean fits =
                switch (allowed.on()) {
                    case SCHOOL -> atSchool;
                    case PLATFORM -> !atSchool;
                    case BOTH -> true;
                };
        if (!fits) {
            throw new Problem.NotFound(say("problem.nothingHere"));
        }
    }

    private static void requireRole(Allowed allowed, Caller caller) {
        switch (allowed.value()) {
            case ANYONE, SIGNED_IN -> {}
            case PLATFORM_ADMIN -> {
                if (!caller.platformAdmin()) {
                    throw new Problem.Forbidden(say("problem.installationAdmins"));
                }
            }
            default -> {
                if (caller.suspended()) {
                    throw new Problem.Forbidden(say("problem.suspended"));
                }
                if (!caller.isAtLeast(allowed.value().leastRole())) {
                    throw new Problem.Forbidden(
                            caller.role() == null
                                    ? say("problem.notAMember")
                                    : say("problem.role", word(allowed.value().leastRole())));
                }
            }
        }
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked")
    private void requireOwnership(Allowed allowed, Caller caller, HttpServletRequest request) {
        if (allowed.of() == Ownership.Open.class) {
            return;
        }
        var names =
                (Map<String, String>)
                        request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (!context.getBean(allowed.of()).holds(caller, names == null ? Map.of() : names)) {
            throw new Problem.NotFound(say("problem.nothingHere"));
        }
    }

    private void askToSignIn(HttpServletRequest request, HttpServletResponse response) {
        if (ProblemWriter.wantsJson(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(request, response, HttpStatus.UNAUTHORIZED, say("problem.signInFirst"));
            return;
        }
        boolean fragment = request.getHeader("HX-Request") != null;
        var from = request.getMethod().equals("GET") && !fragment ? request.getRequestURI() : "/";
        var address = "/sign-in?next=" + URLEncoder.encode(from, StandardCharsets.UTF_8);
        if (fragment) {
            response.setHeader("HX-Redirect", address);
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        response.setHeader(HttpHeaders.LOCATION, address);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setStatus(HttpStatus.SEE_OTHER.value());
    }
}
