package org.stoa.identity.addresses;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.identity.VisitPages;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;
import org.stoa.web.limits.TooMany;

/** What the links in mails open, and where one asks for them. */
@Controller
public class AddressPages {
    private final Addresses addresses;
    private final Shells shells;

    AddressPages(Addresses addresses, Shells shells) {
        this.addresses = addresses;
        this.shells = shells;
    }

    /** {@code identity/forgot}; posts {@code email} to {@code /forgot}. */
    public record ForgotView(Form form) {}

    /** {@code identity/reset}; posts {@code password} and {@code tokens} to {@code here}. */
    public record ResetView(Form form, String here) {}

    /**
     * {@code identity/confirm}; posts to {@code here}. A page with a button, since programs that
     * look through mail follow every link in it.
     *
     * @param purpose {@code verify}, {@code leave} or {@code arrive}
     */
    public record ConfirmView(String purpose, String email, String here) {}

    /** {@code identity/told}: what was done, and where to go on. */
    public record ToldView(String title, String words, String action, String href) {}

    @GetMapping("/forgot")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    Page forgot(HttpServletRequest request) {
        return forgotPage(Form.empty(), request);
    }

    @PostMapping("/forgot")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    Page forgot(
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            var limit = addresses.forgot(email, school(), request.getRemoteAddr());
            if (!limit.granted()) {
                throw TooMany.refusal(response, limit, null);
            }
        } catch (Problem.Invalid e) {
            return forgotPage(Form.refused(Map.of("email", email), e.errors()), request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return told(
                request,
                new ToldView(
                        say("identity.forgot.sent"),
                        say("identity.forgot.sentWords"),
                        say("page.signIn"),
                        "/sign-in"));
    }

    @GetMapping("/reset/{token}")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    Page reset(
            @PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        refuseGuesses(request, response);
        addresses.look(token, true, request.getRemoteAddr());
        return resetPage(Form.empty(), token, request);
    }

    @PostMapping("/reset/{token}")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    Page reset(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "false") boolean tokens,
            HttpServletRequest request,
            HttpServletResponse response) {
        refuseGuesses(request, response);
        try {
            addresses.reset(token, password, tokens, request.getRemoteAddr());
        } catch (Problem.Invalid e) {
            return resetPage(Form.refused(Map.of(), e.errors()), token, request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return told(
                request,
                new ToldView(
                        say("identity.reset.done"),
                        say("identity.reset.doneWords"),
                        say("page.signIn"),
                        "/sign-in"));
    }

    @GetMapping("/confirm/{token}")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    Page confirm(
            @PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        refuseGuesses(request, response);
        var link = addresses.look(token, false, request.getRemoteAddr());
        return Page.of(
                "identity/confirm",
                shells.personal(request, say("identity.confirm.title"), ""),
                new ConfirmView(link.purpose().word(), link.email(), "/confirm/" + token));
    }

    @PostMapping("/confirm/{token}")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    Page confirmed(
            @PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        refuseGuesses(request, response);
        var outcome = addresses.confirm(token, school(), request.getRemoteAddr());
        var words =
                switch (outcome) {
                    case PROVED -> say("identity.confirm.proved");
                    case HALF_WAY -> say("identity.confirm.halfWay");
                    case CHANGED -> say("identity.confirm.changed");
                };
        return told(
                request,
                new ToldView(
                        say("identity.confirm.done"), words, say("identity.confirm.goOn"), "/"));
    }

    @PostMapping("/account/email")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    Page change(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String addressPassword,
            HttpServletRequest request) {
        try {
            addresses.change(Caller.current().personId(), school(), email, addressPassword);
        } catch (Problem.Invalid e) {
            return changePage(Form.refused(Map.of("email", email), e.errors()), request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return told(
                request,
                new ToldView(
                        say("identity.change.asked"),
                        say("identity.change.askedWords"),
                        say("page.account"),
                        "/account"));
    }

    @GetMapping("/account/email")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    Page change(HttpServletRequest request) {
        return changePage(Form.empty(), request);
    }

    @PostMapping("/account/email/proof")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    void prove(HttpServletResponse response) {
        addresses.proveAgain(Caller.current().personId(), school());
        VisitPages.seeOther(response, "/account?done=proof");
    }

    private Page forgotPage(Form form, HttpServletRequest request) {
        return Page.of(
                "identity/forgot",
                shells.personal(request, say("identity.forgot.title"), ""),
                new ForgotView(form));
    }

    private Page resetPage(Form form, String token, HttpServletRequest request) {
        return Page.of(
                "identity/reset",
                shells.personal(request, say("identity.reset.title"), ""),
                new ResetView(form, "/reset/" + token));
    }

    private Page changePage(Form form, HttpServletRequest request) {
        return Page.of(
                "identity/change",
                shells.personal(request, say("identity.change.title"), ""),
                new ForgotView(form));
    }

    private Page told(HttpServletRequest request, ToldView view) {
        return Page.of("identity/told", shells.personal(request, view.title(), ""), view);
    }

    private void refuseGuesses(HttpServletRequest request, HttpServletResponse response) {
        var guesses = addresses.guesses(request.getRemoteAddr());
        if (!guesses.granted()) {
            throw TooMany.refusal(response, guesses, null);
        }
    }

    private static @Nullable UUID school() {
        var school = Caller.current().organization();
        return school == null ? null : school.id();
    }
}
