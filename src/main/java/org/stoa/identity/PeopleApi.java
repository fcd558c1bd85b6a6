package org.stoa.identity;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.ProblemWriter;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.SessionCookie;
import org.stoa.web.access.Who;
import org.stoa.web.limits.TooMany;

/** Founding schools, signing up and in, and what is the caller's own, as JSON. */
@RestController
@Tag(name = "People")
class PeopleApi {
    private final Schools schools;
    private final People people;
    private final Account account;
    private final Sessions sessions;
    private final Hosts hosts;
    private final ProblemWriter problems;

    PeopleApi(
            Schools schools,
            People people,
            Account account,
            Sessions sessions,
            Hosts hosts,
            ProblemWriter problems) {
        this.schools = schools;
        this.people = people;
        this.account = account;
        this.sessions = sessions;
        this.hosts = hosts;
        this.problems = problems;
    }

    record FoundedBody(String subdomain, String url, String token) {}

    record SignInBody(@Nullable String email, @Nullable String password) {}

    record SignedUpBody(UUID id, String token) {}

    record TokenBody(String token) {}

    record MembershipBody(String subdomain, String name, String role) {}

    /**
     * @param role here, at the host that was called; null where they are no member, and on the
     *     platform's own host
     * @param suspended they are a member here, and may not enter now
     */
    record MeBody(
            UUID id,
            String name,
            String email,
            @Nullable String role,
            boolean suspended,
            List<MembershipBody> memberships) {}

    record NewTokenBody(@Nullable String name) {}

    record ApiTokenBody(UUID id, String name, Instant createdAt, @Nullable Instant lastUsed) {}

    record SessionBody(UUID id, String device, String address, Instant lastSeen) {}

    record TokenList(List<ApiTokenBody> items, @Nullable String nextCursor) {}

    record SessionList(List<SessionBody> items, @Nullable String nextCursor) {}

    @PostMapping("/api/v1/organizations")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.PLATFORM)
    @Tag(name = "Schools")
    @Operation(
            operationId = "foundSchool",
            summary = "Start a school",
            description =
                    "On the platform's own host. Answers with the school's address and a token of"
                            + " its owner, which is shown this once. With an Idempotency-Key, the"
                            + " same call again within a day gets the same answer.")
    @ApiResponse(responseCode = "201", description = "The school is there")
    @Nullable ResponseEntity<FoundedBody> found(
            @RequestBody Schools.NewSchool body,
            HttpServletRequest request,
            HttpServletResponse response) {
        var caller = Caller.current();
        var signedIn = body.owner() == null ? caller.person() : null;
        return switch (schools.found(body, signedIn, request.getRemoteAddr())) {
            case Schools.Founded.TooMany(var limit) -> tooMany(limit, request, response);
            case Schools.Founded.Opened(var school, var owner) -> {
                var url = hosts.address(school, request.getScheme(), request.getServerPort());
                yield ResponseEntity.created(URI.create(url))
                        .body(
                                new FoundedBody(
                                        school.subdomain(),
                                        url,
                                        sessions.newToken(owner, say("identity.firstToken"))));
            }
        };
    }

    @PostMapping("/api/v1/users")
    @Allowed(Who.ANYONE)
    @Operation(
            operationId = "signUp",
            summary = "Sign up as a student of this school",
            description =
                    "Who has an account already joins with its own password. With an"
                            + " Idempotency-Key, the same call again within a day gets the same"
                            + " answer.")
    @ApiResponse(responseCode = "201", description = "Signed up, and signed in by the token")
    @Nullable ResponseEntity<SignedUpBody> signUp(
            @RequestBody People.SignUp body,
            HttpServletRequest request,
            HttpServletResponse response) {
        var school = Caller.current().school();
        return switch (people.signUp(school, body, request.getRemoteAddr())) {
            case People.Attempt.TooMany(var limit) -> tooMany(limit, request, response);
            case People.Attempt.Wrong w -> wrong(request, response);
            case People.Attempt.Welcome(var person) ->
                    ResponseEntity.created(URI.create("/api/v1/me"))
                            .body(new SignedUpBody(person.id(), begin(person, request)));
        };
    }

    @PostMapping("/api/v1/sessions")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    @Operation(
            operationId = "signIn",
            summary = "Sign in",
            description =
                    "Each call checks the password and gives a token of its own; an"
                            + " Idempotency-Key changes nothing here.")
    @ApiResponse(responseCode = "201", description = "Signed in by the token")
    @Nullable ResponseEntity<TokenBody> signIn(
            @RequestBody SignInBody body,
            HttpServletRequest request,
            HttpServletResponse response) {
        return switch (people.signIn(body.email(), body.password(), request.getRemoteAddr())) {
            case People.Attempt.TooMany(var limit) -> tooMany(limit, request, response);
            case People.Attempt.Wrong w -> wrong(request, response);
            case People.Attempt.Welcome(var person) ->
                    ResponseEntity.created(URI.create("/api/v1/me"))
                            .body(new TokenBody(begin(person, request)));
        };
    }

    @DeleteMapping("/api/v1/sessions/current")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Operation(
            operationId = "signOut",
            summary = "Sign out",
            description = "Ends the sign-in that this call is made with, at every host.")
    @ApiResponse(responseCode = "204", description = "Signed out")
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        var signIn =
                signedInBy(request)
                        .orElseThrow(
                                () -> new Problem.Conflict(say("identity.api.tokenNotSession")));
        sessions.end(Caller.current().personId(), signIn);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/api/v1/me")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Operation(
            operationId = "getMe",
            summary = "Who I am, and where I belong",
            description =
                    "With the role at the host that is called. Who is `suspended` there has it"
                            + " still, and may not enter.")
    MeBody me() {
        var caller = Caller.current();
        var me = account.me();
        return new MeBody(
                me.id(),
                me.name(),
                me.email(),
                caller.role() == null ? null : caller.role().word(),
                caller.suspended(),
                people.schools(me.id()).stream()
                        .map(s -> new MembershipBody(s.subdomain(), s.name(), s.role().word()))
                        .toList());
    }

    @GetMapping("/api/v1/me/tokens")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Operation(operationId = "listMyTokens", summary = "List my API tokens")
    TokenList tokens() {
        return new TokenList(
                account.tokens().stream()
                        .map(t -> new ApiTokenBody(t.id(), t.name(), t.createdAt(), t.lastUsed()))
                        .toList(),
                null);
    }

    @PostMapping("/api/v1/me/tokens")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Operation(
            operationId = "makeToken",
            summary = "Make an API token",
            description = "It is shown this once.")
    @ApiResponse(responseCode = "201", description = "The token")
    ResponseEntity<TokenBody> makeToken(@RequestBody NewTokenBody body) {
        return ResponseEntity.created(URI.create("/api/v1/me/tokens"))
                .body(new TokenBody(account.newToken(body.name())));
    }

    @DeleteMapping("/api/v1/me/tokens/{id}")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Operation(operationId = "revokeToken", summary = "Revoke one of my API tokens")
    @ApiResponse(responseCode = "204", description = "Revoked")
    ResponseEntity<Void> revoke(@PathVariable UUID id) {
        account.revoke(id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/api/v1/me/sessions")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Operation(operationId = "listMySessions", summary = "List where I am signed in")
    SessionList sessions() {
        return new SessionList(
                account.signIns().stream()
                        .map(s -> new SessionBody(s.id(), s.device(), s.address(), s.lastSeen()))
                        .toList(),
                null);
    }

    @DeleteMapping("/api/v1/me/sessions/{id}")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Operation(operationId = "endSession", summary = "Sign out somewhere")
    @ApiResponse(responseCode = "204", description = "Ended")
    ResponseEntity<Void> end(@PathVariable UUID id) {
        account.endSignIn(id);
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/api/v1/me/sessions")
    @Allowed(value = Who.SIGNED_IN, on = Allowed.Site.BOTH)
    @Operation(operationId = "endOtherSessions", summary = "Sign out everywhere else")
    @ApiResponse(responseCode = "204", description = "Only this sign-in is left")
    ResponseEntity<Void> endOthers(HttpServletRequest request) {
        sessions.endOthers(Caller.current().personId(), signedInBy(request).orElse(null));
        return ResponseEntity.noContent().build();
    }

    /** The sign-in of the cookie or the bearer token; empty for an API token. */
    private Optional<UUID> signedInBy(HttpServletRequest request) {
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return sessions.signIn(
                authorization == null
                        ? SessionCookie.read(request)
                        : authorization.substring("Bearer ".length()).strip());
    }

    private String begin(Person person, HttpServletRequest request) {
        var school = Caller.current().organization();
        return sessions.begin(
                        person.id(),
                        school == null ? null : school.id(),
                        null,
                        new Sessions.Device(
                                request.getHeader(HttpHeaders.USER_AGENT), request.getRemoteAddr()))
                .secret();
    }

    private <T> @Nullable ResponseEntity<T> tooMany(
            org.stoa.web.limits.RateLimits.Answer limit,
            HttpServletRequest request,
            HttpServletResponse response) {
        TooMany.describe(response, limit);
        problems.write(
                request, response, HttpStatus.TOO_MANY_REQUESTS, say("identity.tooManyAttempts"));
        return null;
    }

    private <T> @Nullable ResponseEntity<T> wrong(
            HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        problems.write(request, response, HttpStatus.UNAUTHORIZED, say("identity.signIn.wrong"));
        return null;
    }
}
