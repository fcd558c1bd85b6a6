package org.stoa.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.SessionCookie;
import org.stoa.web.access.Who;

/**
 * Carries a sign-in from host to host. Each host has a cookie of its own that no other can read;
 * who goes from one to another passes the platform's host, with a code that serves once.
 */
@Controller
class VisitPages {
    private static final int LONGEST_ADDRESS = 2_000;

    private final Sessions sessions;
    private final Organizations organizations;
    private final Hosts hosts;

    VisitPages(Sessions sessions, Organizations organizations, Hosts hosts) {
        this.sessions = sessions;
        this.organizations = organizations;
        this.hosts = hosts;
    }

    /** On the platform: on to a school, signed in there on arrival. */
    @GetMapping("/sign-in/carry")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.PLATFORM)
    void carry(
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "/learn") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var school =
                Optional.of(to)
                        .filter(Entry::isSubdomain)
                        .flatMap(organizations::bySubdomain)
                        .orElseThrow(() -> new Problem.NotFound("There is no such school."));
        var caller = Caller.current();
        var signIn = sessions.signIn(SessionCookie.read(request)).orElse(null);
        if (caller.person() == null || signIn == null) {
            var back = "/sign-in/carry?to=" + encoded(to) + "&next=" + encoded(next);
            seeOther(response, "/sign-in?next=" + encoded(back));
            return;
        }
        seeOther(response, carry(caller.person(), signIn, school, next, request));
    }

    /** At a school: a code from the platform begins a session here. */
    @GetMapping("/sign-in/arrive")
    @Allowed(Who.ANYONE)
    void arrive(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "/learn") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var school = Caller.current().school();
        var begun = sessions.arrive(code, school.id(), device(request));
        begun.ifPresent(
                b -> SessionCookie.write(request, response, b.secret(), Sessions.COOKIE_LIFETIME));
        var onwards = relative(next) ? next : "/learn";
        seeOther(response, begun.isPresent() ? onwards : "/sign-in?next=" + encoded(onwards));
    }

    /** On the platform: keeps a sign-in that was made at a school, and leads back there. */
    @GetMapping("/sign-in/keep")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.PLATFORM)
    void keep(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        sessions.arrive(code, null, device(request))
                .ifPresent(b ->
                        SessionCookie.write(
                                request, response, b.secret(), Sessions.COOKIE_LIFETIME));
        seeOther(response, ofThisInstallation(back, request) ? back : "/schools");
    }

    /** The address at a school that begins a session there and leads on. */
    String carry(
            UUID person,
            UUID signIn,
            Organization school,
            String next,
            HttpServletRequest request) {
        var code = sessions.carry(person, signIn, school.id());
        return hosts.address(school, request.getScheme(), request.getServerPort())
                + "/sign-in/arrive?code="
                + code
                + "&next="
                + encoded(next);
    }

    /** Begins a session at this host and gives the browser its cookie. */
    UUID signedInHere(UUID person, HttpServletRequest request, HttpServletResponse response) {
        var current = sessions.signIn(SessionCookie.read(request));
        if (current.isPresent() && person.equals(Caller.current().person())) {
            return current.get();
        }
        var school = Caller.current().organization();
        var begun =
                sessions.begin(person, school == null ? null : school.id(), null, device(request));
        SessionCookie.write(request, response, begun.secret(), Sessions.COOKIE_LIFETIME);
        return begun.signIn();
    }

    /** The way to an address of this host that first keeps the sign-in on the platform too. */
    String alsoOnPlatform(UUID person, UUID signIn, String next, HttpServletRequest request) {
        var school = Caller.current().organization();
        if (school == null) {
            return next;
        }
        var scheme = request.getScheme();
        int port = request.getServerPort();
        return hosts.address(null, scheme, port)
                + "/sign-in/keep?code="
                + sessions.carry(person, signIn, null)
                + "&back="
                + encoded(hosts.address(school, scheme, port) + next);
    }

    /** The way into this school with a sign-in made elsewhere; empty on the platform itself. */
    String byWayOfPlatform(String next, HttpServletRequest request) {
        var school = Caller.current().organization();
        return school == null
                ? ""
                : hosts.address(null, request.getScheme(), request.getServerPort())
                        + "/sign-in/carry?to="
                        + school.subdomain()
                        + "&next="
                        + encoded(next);
    }

    /** Whether an address stays on the host it is followed on. */
    static boolean relative(@Nullable String address) {
        return address != null
                && address.startsWith("/")
                && !address.startsWith("//")
                && address.length() <= LONGEST_ADDRESS
                && !address.contains("\\")
                && address.chars().noneMatch(Character::isISOControl);
    }

    static void seeOther(HttpServletResponse response, String address) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, ascii(address));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** An address with what a header cannot hold written in per cent. */
    private static String ascii(String address) {
        var text = new StringBuilder();
        for (byte b : address.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7F && b != '"' && b != '<' && b != '>') {
                text.append((char) b);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }

    private boolean ofThisInstallation(String address, HttpServletRequest request) {
        int path = address.indexOf('/', address.indexOf("://") + 3);
        if (relative(address)) {
            return true;
        }
        if (path < 0 || !relative(address.substring(path))) {
            return false;
        }
        var site = address.substring(0, path);
        var scheme = request.getScheme();
        int port = request.getServerPort();
        return site.startsWith(scheme + "://")
                && hosts.site(site.substring(site.indexOf("://") + 3))
                        instanceof Hosts.Site.School(var school)
                && site.equals(hosts.address(school, scheme, port));
    }

    private static Sessions.Device device(HttpServletRequest request) {
        return new Sessions.Device(
                request.getHeader(HttpHeaders.USER_AGENT), request.getRemoteAddr());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
