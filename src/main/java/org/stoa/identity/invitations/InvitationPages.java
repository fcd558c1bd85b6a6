package org.stoa.identity.invitations;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.identity.People;
import org.stoa.identity.VisitPages;
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

/** Invitations by link: handing them out, and following one. */
@Controller
public class InvitationPages {
    private final Invitations invitations;
    private final Entrances entrances;
    private final VisitPages visits;
    private final Hosts hosts;
    private final Shells shells;

    InvitationPages(
            Invitations invitations,
            Entrances entrances,
            VisitPages visits,
            Hosts hosts,
            Shells shells) {
        this.invitations = invitations;
        this.entrances = entrances;
        this.visits = visits;
        this.hosts = hosts;
        this.shells = shells;
    }

    /**
     * {@code identity/invitations}; posts {@code role}, {@code days}, {@code uses} and {@code
     * email} to {@code /admin/invitations}, and nothing to {@code /admin/invitations/{id}/revoke}.
     *
     * @param link that of an invitation that was just made, shown this once; empty otherwise
     * @param mailed the address that it goes to by mail, too; empty for none
     */
    public record InvitationsView(
            List<Invitation> open, Form form, String link, String mailed, String notice) {}

    /**
     * {@code identity/invited}: somebody follows a link; posts to {@code here}, with {@code name},
     * {@code email} and {@code password} unless they are signed in.
     *
     * @param role what they will be at the school; null where they teach there already
     * @param purpose what it is for beside the school; may be empty
     * @param person who is signed in; empty for nobody
     * @param elsewhere where a sign-in at another school is brought from
     */
    public record InvitedView(
            String here,
            @Nullable Role role,
            String purpose,
            String person,
            String elsewhere,
            Form form) {}

    @GetMapping("/admin/invitations")
    @Allowed(Who.ADMIN)
    Page list(@RequestParam(defaultValue = "") String done, HttpServletRequest request) {
        var notice = done.equals("revoked") ? say("people.takenBack") : "";
        return list(Form.filled(Map.of("days", "14", "uses", "1")), "", "", notice, request);
    }

    @PostMapping("/admin/invitations")
    @Allowed(Who.ADMIN)
    Page make(@RequestParam Map<String, String> typed, HttpServletRequest request) {
        try {
            var made =
                    invitations.make(
                            new Invitations.Wish(
                                    role(typed.getOrDefault("role", "student")),
                                    "",
                                    typed.getOrDefault("email", ""),
                                    number(typed.get("days")),
                                    number(typed.get("uses"))));
            var link = address(request) + made.path();
            var mailed = typed.getOrDefault("email", "").strip();
            return list(Form.filled(Map.of("days", "14", "uses", "1")), link, mailed, "", request);
        } catch (Problem.Invalid wrong) {
            return list(Form.refused(kept(typed), wrong.errors()), "", "", "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/admin/invitations/{id}/revoke")
    @Allowed(Who.ADMIN)
    void revoke(@PathVariable UUID id, HttpServletResponse response) {
        invitations.revoke(id);
        VisitPages.seeOther(response, "/admin/invitations?done=revoked");
    }

    @GetMapping("/invited/{token}")
    @Allowed(Who.ANYONE)
    Page look(
            @PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        refuseGuesses(request, response);
        return invited(token, Form.empty(), request);
    }

    @PostMapping("/invited/{token}")
    @Allowed(Who.ANYONE)
    @Nullable Page accept(
            @PathVariable String token,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        refuseGuesses(request, response);
        var school = Caller.current().school();
        var address = request.getRemoteAddr();
        var person = Caller.current().person();
        if (person != null) {
            var entered = entrances.accept(school, token, person, address);
            VisitPages.seeOther(response, onwards(entered.role()));
            return null;
        }
        var form = new People.SignUp(typed.get("name"), typed.get("email"), typed.get("password"));
        try {
            return switch (entrances.accept(school, token, form, address)) {
                case Entrances.Entrance.Entered(var who, var role) -> {
                    visits.signedInHere(who.id(), request, response);
                    var next = visits.alsoOnPlatform(onwards(role), request);
                    VisitPages.seeOther(response, next);
                    yield null;
                }
                case Entrances.Entrance.TooMany(var limit) ->
                        throw TooMany.refusal(response, limit, null);
            };
        } catch (Problem.Invalid wrong) {
            return invited(token, Form.refused(kept(typed), wrong.errors()), request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Problem.Conflict another) {
            var error = new FieldError("", String.valueOf(another.getMessage()));
            return invited(token, Form.refused(kept(typed), List.of(error)), request)
                    .with(HttpStatus.CONFLICT);
        }
    }

    private Page list(
            Form form, String link, String mailed, String notice, HttpServletRequest request) {
        return Page.of(
                "identity/invitations",
                shells.personal(request, "Invitations", "admin"),
                new InvitationsView(invitations.open(), form, link, mailed, notice));
    }

    private Page invited(String token, Form form, HttpServletRequest request) {
        var caller = Caller.current();
        var shown = entrances.look(caller.school(), token, request.getRemoteAddr());
        var here = "/invited/" + token;
        return Page.of(
                "identity/invited",
                shells.personal(request, say("identity.invited.title"), ""),
                new InvitedView(
                        here,
                        shown.role(),
                        shown.purpose(),
                        caller.signedIn() ? caller.name() : "",
                        VisitPages.byWayOfPlatform(here),
                        form));
    }

    private void refuseGuesses(HttpServletRequest request, HttpServletResponse response) {
        var guesses = entrances.guesses(request.getRemoteAddr());
        if (!guesses.granted()) {
            throw TooMany.refusal(response, guesses, null);
        }
    }

    private static String onwards(Role role) {
        return role.atLeast(Role.TEACHER) ? "/studio" : "/learn";
    }

    private String address(HttpServletRequest request) {
        return hosts.address(
                Caller.current().school(), request.getScheme(), request.getServerPort());
    }

    private static int number(@Nullable String typed) {
        return typed != null && typed.strip().matches("[0-9]{1,6}")
                ? Integer.parseInt(typed.strip())
                : 0;
    }

    private static Role role(String word) {
        try {
            return Role.of(word);
        } catch (IllegalArgumentException e) {
            throw new Problem.Invalid("role", say("identity.invitations.sayRole"));
        }
    }

    private static Map<String, String> kept(Map<String, String> typed) {
        var kept = new HashMap<>(typed);
        kept.keySet().removeAll(List.of("password", "_csrf"));
        return kept;
    }
}
