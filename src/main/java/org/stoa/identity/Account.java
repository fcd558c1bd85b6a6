package org.stoa.identity;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Language;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Signals;

/** What the caller sees and changes of their own. */
@Service
public class Account {
    private final AccountStore store;
    private final Sessions sessions;
    private final Signals signals;
    private final Clock clock;

    Account(AccountStore store, Sessions sessions, Signals signals, Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.signals = signals;
        this.clock = clock;
    }

    /** One sign-in, at one device. */
    public record SignIn(UUID id, String device, String address, Instant lastSeen) {}

    /** An API token, without its secret. */
    public record Token(UUID id, String name, Instant createdAt, @Nullable Instant lastUsed) {}

    /**
     * All that the account's page shows.
     *
     * @param proved whether the address was shown to be theirs
     */
    public record Whole(Person me, boolean proved, List<SignIn> signIns, List<Token> tokens) {}

    public Whole whole() {
        return store.whole(Caller.current().personId(), clock.instant())
                .orElseThrow(() -> new Problem.NotFound(say("identity.account.gone")));
    }

    public Person me() {
        return store.me(Caller.current().personId())
                .orElseThrow(() -> new Problem.NotFound(say("identity.account.gone")));
    }

    public void rename(@Nullable String name) {
        var errors = new ArrayList<FieldError>();
        Entry.name("name", name, errors);
        if (name == null || !errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        store.rename(Caller.current().personId(), name.strip());
        signals.send(Recognition.CHANGED, Caller.current().personId().toString());
    }

    /** Chooses the language Stoa speaks with the caller; null leaves it to the school. */
    public void speak(@Nullable Language language) {
        var person = Caller.current().personId();
        store.speak(person, language == null ? null : language.tag());
        signals.send(Recognition.CHANGED, person.toString());
    }

    public List<SignIn> signIns() {
        return store.signIns(Caller.current().personId(), clock.instant());
    }

    /**
     * @throws Problem.NotFound when it is not one of the caller's
     */
    public void endSignIn(UUID signIn) {
        var person = Caller.current().personId();
        if (!store.ownsSignIn(person, signIn)) {
            throw new Problem.NotFound(say("identity.account.noSession"));
        }
        sessions.end(person, signIn);
    }

    public List<Token> tokens() {
        return store.tokens(Caller.current().personId());
    }

    /** Makes a token; its secret is the answer, and is not shown again. */
    public String newToken(@Nullable String name) {
        var errors = new ArrayList<FieldError>();
        Entry.name("name", name, errors);
        if (name == null || !errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        return sessions.newToken(Caller.current().personId(), name.strip());
    }

    /**
     * @throws Problem.NotFound when it is not one of the caller's
     */
    public void revoke(UUID token) {
        var person = Caller.current().personId();
        if (!store.revoke(person, token, clock.instant())) {
            throw new Problem.NotFound(say("identity.account.noToken"));
        }
        signals.send(Recognition.CHANGED, person.toString());
    }
}
