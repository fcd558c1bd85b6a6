package org.stoa.identity;

import static org.stoa.shared.Words.say;

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
import org.stoa.web.access.ArrivalCookie;
import org.stoa.web.access.SessionCookie;
import org.stoa.web.access.SpokenLanguage;
import org.stoa.web.access.Who;

/**
 * Carries a sign-in from host to host. Each host has a cookie of its own that no other can read;
 * who goes from one to another passes the platform's host, with a code that serves once and only in
 * the browser that asked for it.
 */
@Controller
public class VisitPages {
    private static final int LONGEST_ADDRESS = 2_000;

    private final Sessions sessions;
    private final Organizations organizations;
    private final Hosts hosts;
    private final ArrivalCookie arrivals;

    VisitPages(
            Sessions sessions, Organizations organizations, Hosts hosts, ArrivalCookie arrivals) {
        this.arrivals = arrivals;
        this.sessions = sessions;
        this.organizations = organizations;
        this.hosts = hosts;
    }

    /** At a school: asks the platform for a sign-in that this browser has there. */
    @GetMapping("/sign-in/begin")
    @Allowed(Who.ANYONE)
    void begin(
            @RequestParam(defaultValue = "/learn") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var tie = arrivals.begin(request, response);
        var school = Caller.current().school();
        seeOther(
                response,
                hosts.address(null, request.getScheme(), request.getServerPort())
                        + carryTo(school.subdomain(), next, tie));
    }

    /** On the platform: on to a school, signed in there on arrival. */
    @GetMapping("/sign-in/carry")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.PLATFORM)
    void carry(
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "/learn") String next,
            @RequestParam(defaultValue = "") String tie,
            HttpServletRequest request,
            HttpServletResponse response) {
        var school = school(to);
        if (tie.isEmpty()) {
            seeOther(response, into(school, next, request));
            return;
        }
        var caller = Caller.current();
        var signIn = sessions.signIn(SessionCookie.read(request)).orElse(null);
        if (caller.person() == null || signIn == null) {
            seeOther(response, "/sign-in?next=" + encoded(carryTo(to, next, tie)));
            return;
        }
        seeOther(
                response,
                address(school, request)
                        + "/sign-in/arrive?code="
                        + sessions.carry(caller.person(), signIn, school.id(), tie)
                        + "&next="
                        + encoded(next));
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
        var tie = arrivals.expected(request);
        var begun =
                tie == null
                        ? Optional.<Sessions.Begun>empty()
                        : sessions.arrive(code, tie, school.id(), device(request));
        begun.ifPresent(
                b -> SessionCookie.write(request, response, b.secret(), Sessions.COOKIE_LIFETIME));
        var onwards = relative(next) ? next : "/learn";
        seeOther(response, begun.isPresent() ? onwards : "/sign-in?next=" + encoded(onwards));
    }

    /** On the platform: asks a school for the sign-in that this browser just made there. */
    @GetMapping("/sign-in/ask")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.PLATFORM)
    void ask(
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "/learn") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var tie = arrivals.begin(request, response);
        seeOther(
                response,
                address(school(at), request)
                        + "/sign-in/offer?tie="
                        + tie
                        + "&next="
                        + encoded(next));
    }

    /** At a school: hands the platform the sign-in that was made here. */
    @GetMapping("/sign-in/offer")
    @Allowed(Who.ANYONE)
    void offer(
            @RequestParam(defaultValue = "") String tie,
            @RequestParam(defaultValue = "/learn") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var caller = Caller.current();
        var onwards = relative(next) ? next : "/learn";
        var signIn = sessions.signIn(SessionCookie.read(request)).orElse(null);
        if (caller.person() == null || signIn == null) {
            seeOther(response, onwards);
            return;
        }
        SpokenLanguage.remember(request, response);
        seeOther(
                response,
                hosts.address(null, request.getScheme(), request.getServerPort())
                        + "/sign-in/keep?code="
                        + sessions.carry(caller.person(), signIn, null, tie)
                        + "&back="
                        + encoded(address(caller.school(), request) + onwards));
    }

    /** On the platform: keeps a sign-in that was made at a school, and leads back there. */
    @GetMapping("/sign-in/keep")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.PLATFORM)
    void keep(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        var tie = arrivals.expected(request);
        if (tie != null) {
            sessions.arrive(code, tie, null, device(request))
                    .ifPresent(b ->
                            SessionCookie.write(
                                    request, response, b.secret(), Sessions.COOKIE_LIFETIME));
        }
        seeOther(response, ofThisInstallation(back, request) ? back : "/schools");
    }

    /** The address at a school that brings this browser's sign-in from the platform. */
    String into(Organization school, String next, HttpServletRequest request) {
        return address(school, request) + "/sign-in/begin?next=" + encoded(next);
    }

    /** Begins a session at this host and gives the browser its cookie. */
    public void signedInHere(
            UUID person, HttpServletRequest request, HttpServletResponse response) {
        var current = sessions.signIn(SessionCookie.read(request));
        if (current.isPresent() && person.equals(Caller.current().person())) {
            return;
        }
        var school = Caller.current().organization();
        var begun =
                sessions.begin(person, school == null ? null : school.id(), null, device(request));
        SessionCookie.write(request, response, begun.secret(), Sessions.COOKIE_LIFETIME);
    }

    /** The way to an address of this host that first keeps the sign-in on the platform too. */
    public String alsoOnPlatform(String next, HttpServletRequest request) {
        var school = Caller.current().organization();
        return school == null
                ? next
                : hosts.address(null, request.getScheme(), request.getServerPort())
                        + "/sign-in/ask?at="
                        + school.subdomain()
                        + "&next="
                        + encoded(next);
    }

    /** The way into this school with a sign-in made elsewhere; empty on the platform itself. */
    public static String byWayOfPlatform(String next) {
        return Caller.current().organization() == null
                ? ""
                : "/sign-in/begin?next=" + encoded(next);
    }

    private Organization school(String subdomain) {
        return Optional.of(subdomain)
                .filter(Entry::isSubdomain)
                .flatMap(organizations::bySubdomain)
                .orElseThrow(() -> new Problem.NotFound(say("identity.noSuchSchool")));
    }

    private String address(Organization school, HttpServletRequest request) {
        return hosts.address(school, request.getScheme(), request.getServerPort());
    }

    private static String carryTo(String subdomain, String next, String tie) {
        return "/sign-in/carry?to=" + subdomain + "&next=" + encoded(next) + "&tie=" + encoded(tie);
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

    public static void seeOther(HttpServletResponse response, String address) {
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
