package org.stoa.identity;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
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
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.SessionCookie;
import org.stoa.web.access.Who;

/** What a person sees and changes about themselves. */
@Controller
public class AccountPages {
    private final Account account;
    private final People people;
    private final Sessions sessions;
    private final Hosts hosts;
    private final Shells shells;

    AccountPages(Account account, People people, Sessions sessions, Hosts hosts, Shells shells) {
        this.account = account;
        this.people = people;
        this.sessions = sessions;
        this.hosts = hosts;
        this.shells = shells;
    }

    /**
     * {@code identity/account}. Its forms post to {@code /account} ({@code name}), {@code
     * /account/password} ({@code current}, {@code password}), {@code /account/sessions/{id}/end},
     * {@code /account/sessions/end-others}, {@code /account/tokens} ({@code tokenName}), {@code
     * /account/tokens/{id}/revoke}.
     *
     * @param proved whether the address was shown to be theirs
     * @param form what was refused, of whichever form was sent
     * @param freshToken the token just made, shown this once
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record AccountView(
            String name,
            String email,
            boolean proved,
            Form form,
            List<Session> sessions,
            List<Token> tokens,
            @Nullable String freshToken,
            List<SchoolPages.School> schools,
            String notice) {
        /** The form that chooses the language. */
        public Form speaking() {
            var caller = Caller.currentOrNull();
            var language = caller == null ? null : caller.language();
            return Form.filled(Map.of("language", language == null ? "" : language.tag()));
        }
    }

    /**
     * One sign-in, at one device.
     *
     * @param here the one this page was asked with
     */
    public record Session(UUID id, String device, String address, Instant lastSeen, boolean here) {}

    /** An API token, without its secret. */
    public record Token(UUID id, String name, Instant createdAt, @Nullable Instant lastUsed) {}

    /** Each change leads back here by GET, with the word of what was done. */
    private static final Map<String, String> NOTICES =
            Map.of(
                    "saved", "identity.account.saved",
                    "proof", "identity.address.proofSent",
                    "language", "identity.language.saved",
                    "password", "identity.account.passwordChanged",
                    "ended", "identity.account.sessionEnded",
                    "others", "identity.account.othersEnded",
                    "revoked", "identity.account.revoked");

    @GetMapping("/account")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    Page account(@RequestParam(defaultValue = "") String done, HttpServletRequest request) {
        return page(Form.empty(), null, notice(done), request);
    }

    private static String notice(String done) {
        var key = NOTICES.get(done);
        return key == null ? "" : say(key);
    }

    @PostMapping("/account")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Nullable Page rename(
            @RequestParam(defaultValue = "") String name,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            account.rename(name);
        } catch (Problem.Invalid e) {
            return page(Form.refused(Map.of("name", name), e.errors()), null, "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        VisitPages.seeOther(response, "/account?done=saved");
        return null;
    }

    @PostMapping("/account/password")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Nullable Page password(
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response) {
        var person = Caller.current().personId();
        try {
            people.changePassword(person, current, password);
        } catch (Problem.Invalid e) {
            return page(Form.refused(Map.of(), e.errors()), null, "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        // Whoever knew the old password is signed out.
        sessions.endOthers(person, sessions.signIn(SessionCookie.read(request)).orElse(null));
        VisitPages.seeOther(response, "/account?done=password");
        return null;
    }

    @PostMapping("/account/sessions/{id}/end")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    void end(@PathVariable UUID id, HttpServletResponse response) {
        account.endSignIn(id);
        VisitPages.seeOther(response, "/account?done=ended");
    }

    @PostMapping("/account/sessions/end-others")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    void endOthers(HttpServletRequest request, HttpServletResponse response) {
        sessions.signIn(SessionCookie.read(request))
                .ifPresent(here -> sessions.endOthers(Caller.current().personId(), here));
        VisitPages.seeOther(response, "/account?done=others");
    }

    /**
     * The one answer that shows the secret is this POST's own, so that no address leads back to it.
     */
    @PostMapping("/account/tokens")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    Page newToken(@RequestParam(defaultValue = "") String tokenName, HttpServletRequest request) {
        try {
            var secret = account.newToken(tokenName);
            return page(Form.empty(), secret, say("identity.account.tokenMade"), request);
        } catch (Problem.Invalid e) {
            var errors =
                    e.errors().stream()
                            .map(f -> new Problem.FieldError("tokenName", f.message()))
                            .toList();
            return page(Form.refused(Map.of("tokenName", tokenName), errors), null, "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/account/tokens/{id}/revoke")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    void revoke(@PathVariable UUID id, HttpServletResponse response) {
        account.revoke(id);
        VisitPages.seeOther(response, "/account?done=revoked");
    }

    private Page page(
            Form form, @Nullable String freshToken, String notice, HttpServletRequest request) {
        var whole = account.whole();
        var me = whole.me();
        var here = sessions.signIn(SessionCookie.read(request)).orElse(null);
        var view =
                new AccountView(
                        me.name(),
                        me.email(),
                        whole.proved(),
                        form,
                        whole.signIns().stream()
                                .map(s ->
                                        new Session(
                                                s.id(),
                                                DeviceName.of(s.device()),
                                                DeviceName.place(s.address()),
                                                s.lastSeen(),
                                                s.id().equals(here)))
                                .toList(),
                        whole.tokens().stream()
                                .map(t -> new Token(t.id(), t.name(), t.createdAt(), t.lastUsed()))
                                .toList(),
                        freshToken,
                        SchoolPages.of(people, hosts, request),
                        notice);
        return Page.of("identity/account", shells.personal(request, "Account", ""), view);
    }
}
