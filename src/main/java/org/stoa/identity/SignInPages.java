package org.stoa.identity;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Errand;
import org.stoa.web.access.SessionCookie;
import org.stoa.web.access.SpokenLanguage;
import org.stoa.web.access.Who;
import org.stoa.web.limits.RateLimits;
import org.stoa.web.limits.TooMany;

/** Signing up and in, on a school's site and on the platform's. */
@Controller
public class SignInPages {
    private final People people;
    private final Sessions sessions;
    private final VisitPages visits;
    private final List<Errand> errands;
    private final Shells shells;

    SignInPages(
            People people,
            Sessions sessions,
            VisitPages visits,
            List<Errand> errands,
            Shells shells) {
        this.people = people;
        this.sessions = sessions;
        this.visits = visits;
        this.errands = errands;
        this.shells = shells;
    }

    /**
     * {@code identity/sign-in}; posts {@code email}, {@code password}, {@code next} and, where
     * there is one, {@code errand} to {@code /sign-in}.
     *
     * @param form its error as a whole says that the sign-in failed, without telling why
     * @param next the address to go on to, empty for the usual one
     * @param elsewhere where somebody who is signed in at another school comes in with that; empty
     *     on the platform's own page
     * @param errand what is done on the way to {@code next}, in words; empty for nothing
     */
    public record SignInView(Form form, String next, String elsewhere, String errand) {}

    /**
     * {@code identity/sign-up}; posts {@code name}, {@code email}, {@code password}, {@code next}
     * and, where there is one, {@code errand} to {@code /sign-up}.
     *
     * @param errand what is done on the way to {@code next}, in words; empty for nothing
     */
    public record SignUpView(Form form, String next, String errand) {}

    @GetMapping("/sign-in")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    @Nullable Page signIn(
            @RequestParam(defaultValue = "") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (Caller.current().signedIn()) {
            VisitPages.seeOther(response, onwards(next));
            return null;
        }
        return signInPage(Form.empty(), next, request);
    }

    @PostMapping("/sign-in")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    @Nullable Page signIn(
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        var next = typed.getOrDefault("next", "");
        var attempt =
                people.signIn(typed.get("email"), typed.get("password"), request.getRemoteAddr());
        return switch (attempt) {
            case People.Attempt.Welcome(var person) -> enter(person, typed, request, response);
            case People.Attempt.Wrong w ->
                    signInPage(refused(typed, say("identity.signIn.wrong")), next, request)
                            .with(HttpStatus.UNPROCESSABLE_CONTENT);
            case People.Attempt.TooMany(var limit) ->
                    signInPage(refused(typed, tooMany(limit, response)), next, request)
                            .with(HttpStatus.TOO_MANY_REQUESTS);
        };
    }

    @GetMapping("/sign-up")
    @Allowed(Who.ANYONE)
    @Nullable Page signUp(
            @RequestParam(defaultValue = "") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (Caller.current().role() != null) {
            VisitPages.seeOther(response, onwards(next));
            return null;
        }
        return signUpPage(Form.empty(), next, request);
    }

    @PostMapping("/sign-up")
    @Allowed(Who.ANYONE)
    @Nullable Page signUp(
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        var next = typed.getOrDefault("next", "");
        var form = new People.SignUp(typed.get("name"), typed.get("email"), typed.get("password"));
        try {
            var attempt = people.signUp(Caller.current().school(), form, request.getRemoteAddr());
            return switch (attempt) {
                case People.Attempt.Welcome(var person) -> enter(person, typed, request, response);
                case People.Attempt.TooMany(var limit) ->
                        signUpPage(refused(typed, tooMany(limit, response)), next, request)
                                .with(HttpStatus.TOO_MANY_REQUESTS);
                case People.Attempt.Wrong w ->
                        throw new IllegalStateException("Signing up does not answer so");
            };
        } catch (Problem.Invalid e) {
            return signUpPage(Form.refused(kept(typed), e.errors()), next, request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Problem.Conflict e) {
            return signUpPage(refused(typed, String.valueOf(e.getMessage())), next, request)
                    .with(HttpStatus.CONFLICT);
        }
    }

    @PostMapping("/sign-out")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        var person = Caller.current().person();
        if (person != null) {
            sessions.signIn(SessionCookie.read(request))
                    .ifPresent(signIn -> sessions.end(person, signIn));
        }
        SessionCookie.clear(request, response);
        if (Caller.current().language() != null) {
            SpokenLanguage.choose(null, request, response);
        }
        VisitPages.seeOther(response, "/");
    }

    private @Nullable Page enter(
            Person person,
            Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        visits.signedInHere(person.id(), request, response);
        var next = onwards(person, typed);
        VisitPages.seeOther(response, visits.alsoOnPlatform(next, request));
        return null;
    }

    /** Does the errand that the form carried, if any, as the person who has just come in. */
    private String onwards(Person person, Map<String, String> typed) {
        var next = new AtomicReference<>(onwards(typed.getOrDefault("next", "")));
        var school = Caller.current().organization();
        var address = typed.getOrDefault("errand", "");
        if (school == null || errand(address).isEmpty()) {
            return next.get();
        }
        people.schools(person.id()).stream()
                .filter(s -> s.subdomain().equals(school.subdomain()) && !s.suspended())
                .map(s -> Caller.member(school, person.id(), person.name(), s.role()))
                .forEach(member -> member.run(() -> next.set(done(address))));
        return next.get();
    }

    private String done(String address) {
        return errands.stream()
                .filter(errand -> errand.words(address).isPresent())
                .findFirst()
                .orElseThrow()
                .done(address);
    }

    private String errand(String address) {
        return Caller.current().organization() == null || address.isEmpty()
                ? ""
                : errands.stream()
                        .flatMap(errand -> errand.words(address).stream())
                        .findFirst()
                        .orElse("");
    }

    private static String onwards(String next) {
        if (VisitPages.relative(next)) {
            return next;
        }
        return Caller.current().organization() == null ? "/schools" : "/learn";
    }

    private Page signInPage(Form form, String next, HttpServletRequest request) {
        return Page.of(
                "identity/sign-in",
                shells.personal(request, say("page.signIn"), ""),
                new SignInView(
                        form, next, VisitPages.byWayOfPlatform(onwards(next)), errand(next)));
    }

    private Page signUpPage(Form form, String next, HttpServletRequest request) {
        return Page.of(
                "identity/sign-up",
                shells.personal(request, say("page.signUp"), ""),
                new SignUpView(form, next, errand(next)));
    }

    private static String tooMany(RateLimits.Answer limit, HttpServletResponse response) {
        TooMany.describe(response, limit);
        return say("identity.tooManyAttemptsWait");
    }

    private static Form refused(Map<String, String> typed, String message) {
        return Form.refused(kept(typed), List.of(new FieldError("", message)));
    }

    private static Map<String, String> kept(Map<String, String> typed) {
        var kept = new java.util.HashMap<>(typed);
        kept.keySet().removeAll(List.of("password", "_csrf"));
        return kept;
    }
}
