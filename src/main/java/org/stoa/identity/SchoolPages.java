package org.stoa.identity;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.tenancy.Role;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;
import org.stoa.web.limits.TooMany;

/** The platform's own pages: welcome, start a school, go to one of your schools. */
@Controller
public class SchoolPages {
    private final Schools schools;
    private final People people;
    private final VisitPages visits;
    private final Hosts hosts;
    private final Shells shells;

    SchoolPages(Schools schools, People people, VisitPages visits, Hosts hosts, Shells shells) {
        this.schools = schools;
        this.people = people;
        this.visits = visits;
        this.hosts = hosts;
        this.shells = shells;
    }

    /**
     * {@code platform/welcome}.
     *
     * @param signedIn whether somebody is, so that the page leads on to their schools
     */
    public record WelcomeView(boolean signedIn) {}

    /**
     * {@code platform/start}; posts {@code name}, {@code subdomain} and, unless somebody is signed
     * in, {@code ownerName}, {@code email}, {@code password} to {@code /start}.
     *
     * @param suffix what follows the subdomain in the school's address, as in {@code
     *     .localhost:8080}
     */
    public record StartView(Form form, boolean signedIn, String suffix) {}

    /**
     * {@code platform/subdomain}, the fragment at {@code GET /start/subdomain?name=…&subdomain=…}:
     * what a school of this name would be called, and whether that is free.
     *
     * @param proposal the subdomain looked at
     * @param message a sentence, as in {@code musicschool.localhost:8080 is free.}
     */
    public record SubdomainView(String proposal, boolean free, String message) {}

    /**
     * {@code platform/schools}: where the signed-in person belongs.
     *
     * @param administers whether they administer the whole installation
     */
    public record SchoolsView(String person, List<School> schools, boolean administers) {}

    /**
     * One of a person's schools.
     *
     * @param address where to go for it, signed in on arrival
     * @param host what the address bar will say
     */
    public record School(String name, String address, String host, Role role) {}

    /** A school's front door is its catalog. */
    @GetMapping("/")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    @Nullable Page welcome(HttpServletRequest request, HttpServletResponse response) {
        if (Caller.current().organization() != null) {
            VisitPages.seeOther(response, "/courses");
            return null;
        }
        return Page.of(
                "platform/welcome",
                shells.personal(request, "Stoa", ""),
                new WelcomeView(Caller.current().signedIn()));
    }

    @GetMapping("/start")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.PLATFORM)
    Page start(HttpServletRequest request) {
        return start(Form.empty(), request);
    }

    @GetMapping("/start/subdomain")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.PLATFORM)
    Page subdomain(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String subdomain,
            HttpServletRequest request) {
        boolean own = !subdomain.isBlank();
        var proposal = own ? subdomain.strip() : name.isBlank() ? "" : schools.propose(name);
        var objection = proposal.isEmpty() ? "" : schools.objection(proposal);
        boolean free = !proposal.isEmpty() && objection.isEmpty();
        var message = free ? say("platform.start.free", proposal + suffix(request)) : objection;
        return Page.fragment("platform/subdomain", new SubdomainView(proposal, free, message));
    }

    @PostMapping("/start")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.PLATFORM)
    @Nullable Page start(
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        var caller = Caller.current();
        var owner =
                caller.signedIn()
                        ? null
                        : new Schools.Owner(
                                typed.get("ownerName"), typed.get("email"), typed.get("password"));
        try {
            var wish =
                    new Schools.NewSchool(
                            typed.get("name"),
                            typed.get("subdomain"),
                            owner,
                            known(typed.get("timeZone")));
            return switch (schools.found(wish, caller.person(), request.getRemoteAddr())) {
                case Schools.Founded.Opened(var school, var person) -> {
                    visits.signedInHere(person, request, response);
                    VisitPages.seeOther(response, visits.into(school, "/studio", request));
                    yield null;
                }
                case Schools.Founded.TooMany(var limit) -> {
                    TooMany.describe(response, limit);
                    yield start(refused(typed, List.of(tooMany())), request)
                            .with(HttpStatus.TOO_MANY_REQUESTS);
                }
            };
        } catch (Problem.Invalid e) {
            return start(
                            refused(typed, e.errors().stream().map(SchoolPages::asInForm).toList()),
                            request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Problem.Conflict e) {
            var error = new FieldError("email", String.valueOf(e.getMessage()));
            return start(refused(typed, List.of(error)), request).with(HttpStatus.CONFLICT);
        }
    }

    /** The address that people try first. */
    @GetMapping("/platform")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    void platform(HttpServletResponse response) {
        VisitPages.seeOther(response, "/platform/jobs");
    }

    @GetMapping("/schools")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.PLATFORM)
    Page schools(HttpServletRequest request) {
        var caller = Caller.current();
        return Page.of(
                "platform/schools",
                shells.personal(request, say("page.mySchools"), ""),
                new SchoolsView(caller.name(), of(people, hosts, request), caller.platformAdmin()));
    }

    static List<School> of(People people, Hosts hosts, HttpServletRequest request) {
        var platform = hosts.address(null, request.getScheme(), request.getServerPort());
        var host = platform.substring(platform.indexOf("://") + 3);
        return people.schools(Caller.current().personId()).stream()
                .map(s ->
                        new School(
                                s.name(),
                                platform + "/sign-in/carry?to=" + s.subdomain(),
                                s.subdomain() + "." + host,
                                s.role()))
                .toList();
    }

    private Page start(Form form, HttpServletRequest request) {
        return Page.of(
                "platform/start",
                shells.personal(request, say("page.startSchool"), ""),
                new StartView(form, Caller.current().signedIn(), suffix(request)));
    }

    private String suffix(HttpServletRequest request) {
        var address = hosts.address(null, request.getScheme(), request.getServerPort());
        return "." + address.substring(address.indexOf("://") + 3);
    }

    // The browser says it, not a person: one that is not known here is left out.
    private static @Nullable String known(@Nullable String zone) {
        return zone != null && ZoneId.getAvailableZoneIds().contains(zone) ? zone : null;
    }

    private static Form refused(Map<String, String> typed, List<FieldError> errors) {
        var kept = new java.util.HashMap<>(typed);
        kept.keySet().removeAll(List.of("password", "_csrf"));
        return Form.refused(kept, errors);
    }

    private static FieldError tooMany() {
        return new FieldError("", say("platform.start.tooMany"));
    }

    private static FieldError asInForm(FieldError error) {
        return switch (error.field()) {
            case "owner.name" -> new FieldError("ownerName", error.message());
            case "owner.email" -> new FieldError("email", error.message());
            case "owner.password" -> new FieldError("password", error.message());
            default -> error;
        };
    }
}
