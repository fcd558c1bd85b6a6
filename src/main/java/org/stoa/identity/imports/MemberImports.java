package org.stoa.identity.imports;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.stoa.identity.People;
import org.stoa.identity.imports.MemberList.Line;
import org.stoa.identity.invitations.Invitations;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.shared.Secrets;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/**
 * Brings a list of people in: all of it, or, where a line is wrong, nothing. Who has no account
 * gets one without a password, and everybody an invitation of their own to hand out.
 */
@Service
class MemberImports {
    private static final Duration LINKS_HOLD = Duration.ofDays(60);
    private static final int MOST_ERRORS = 100;

    private final MemberImportStore store;
    private final People people;
    private final Secrets secrets;
    private final Ids ids;
    private final Clock clock;

    MemberImports(MemberImportStore store, People people, Secrets secrets, Ids ids, Clock clock) {
        this.store = store;
        this.people = people;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
    }

    /** What comes, or would come, of a line. */
    enum Outcome {
        ADDED,
        HERE_ALREADY,
        WRONG;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** A line, and what comes of it, in a sentence where there is one to say. */
    record Reported(
            int line, String name, String email, String role, Outcome outcome, String words) {}

    /** All lines, in their order. */
    record Report(String encoding, List<Reported> lines) {
        int count(Outcome outcome) {
            return (int) lines.stream().filter(it -> it.outcome() == outcome).count();
        }

        boolean sound() {
            return count(Outcome.WRONG) == 0;
        }
    }

    /**
     * What an import would do; nothing is kept.
     *
     * @throws Problem.Invalid for the field {@code file} when it is no list of people at all
     */
    Report look(byte[] csv) {
        var list = MemberList.read(csv);
        var here = store.rolesHere(list.lines().stream().map(Line::email).toList());
        boolean owner = Caller.current().isAtLeast(Role.OWNER);
        return new Report(
                list.encoding(),
                list.lines().stream().map(it -> reported(it, here, owner)).toList());
    }

    /**
     * @throws Problem.Invalid for {@code file}, or for each wrong line as {@code line 7}; then
     *     nothing was kept
     */
    Report bring(byte[] csv) {
        var report = look(csv);
        if (!report.sound()) {
            throw new Problem.Invalid(
                    report.lines().stream()
                            .filter(it -> it.outcome() == Outcome.WRONG)
                            .limit(MOST_ERRORS)
                            .map(it -> new FieldError("line " + it.line(), it.words()))
                            .toList());
        }
        var fresh = report.lines().stream().filter(it -> it.outcome() == Outcome.ADDED).toList();
        var caller = Caller.current();
        var now = clock.instant();
        var accounts = new ArrayList<UUID>();
        var invitations = new ArrayList<UUID>();
        fresh.forEach(it -> {
            accounts.add(ids.next());
            invitations.add(ids.next());
        });
        var old =
                store.add(
                        caller.school().id(),
                        caller.person(),
                        new MemberImportStore.Batch(fresh, accounts, invitations),
                        now,
                        now.plus(LINKS_HOLD));
        old.forEach(people::changed);
        return report;
    }

    /** A link to hand out. */
    record Link(String name, String email, String role, String token) {}

    /**
     * A new link for everybody who was brought in and has not followed theirs; the ones handed out
     * before stop to hold.
     */
    List<Link> links() {
        var open = store.open();
        var tokens = open.stream().map(it -> secrets.next()).toList();
        store.relink(
                open.stream().map(MemberImportStore.Open::invitation).toList(),
                tokens.stream().map(Invitations::fingerprint).toList(),
                clock.instant().plus(LINKS_HOLD));
        var links = new ArrayList<Link>();
        for (int i = 0; i < open.size(); i++) {
            var it = open.get(i);
            links.add(new Link(it.name(), it.email(), it.role(), tokens.get(i)));
        }
        return links;
    }

    private static Reported reported(Line line, Map<String, String> here, boolean owner) {
        var role = line.role();
        var word = role == null ? "" : role.word();
        var present = here.get(line.email());
        if (!line.wrong().isEmpty()) {
            return of(line, word, Outcome.WRONG, line.wrong());
        }
        if (present != null) {
            return of(
                    line,
                    word,
                    Outcome.HERE_ALREADY,
                    present.equals(word)
                            ? say("identity.csv.already")
                            : say("identity.csv.alreadyAs", say("identity.role", present)));
        }
        if (role == Role.OWNER && !owner) {
            return of(line, word, Outcome.WRONG, say("identity.members.ownerOnly"));
        }
        return of(line, word, Outcome.ADDED, "");
    }

    private static Reported of(Line line, String role, Outcome outcome, String words) {
        return new Reported(line.number(), line.name(), line.email(), role, outcome, words);
    }
}
