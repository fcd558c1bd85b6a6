package org.stoa.identity;

import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.Signals;
import org.stoa.web.limits.RateLimits;

/** Founding schools. */
@Service
public class Schools {
    private static final RateLimits.Rule FOUNDED_FROM_ADDRESS =
            new RateLimits.Rule("schools", 600, Duration.ofHours(1));
    private static final int LONGEST_PROPOSAL = 40;

    private final PersonStore store;
    private final People people;
    private final RateLimits limits;
    private final Signals signals;
    private final Ids ids;
    private final Clock clock;

    Schools(
            PersonStore store,
            People people,
            RateLimits limits,
            Signals signals,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.people = people;
        this.limits = limits;
        this.signals = signals;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A school to be founded.
     *
     * @param subdomain null or empty for the proposal from the name
     * @param owner who signs up as its owner; null when the caller does it with their own account
     */
    public record NewSchool(
            @Nullable String name, @Nullable String subdomain, @Nullable Owner owner) {}

    /** Who will own it. */
    public record Owner(@Nullable String name, @Nullable String email, @Nullable String password) {}

    /** What came of it. */
    public sealed interface Founded {
        record Opened(Organization school, UUID owner) implements Founded {}

        record TooMany(RateLimits.Answer limit) implements Founded {}
    }

    /**
     * Founds a school with its owner, or refuses with nothing kept.
     *
     * @param signedIn the account that founds it, null when the owner signs up with it
     * @param address the network address the wish comes from
     * @throws Problem.Invalid naming each wrong field: {@code name}, {@code subdomain}, {@code
     *     owner.name}, {@code owner.email}, {@code owner.password}
     * @throws Problem.Conflict when the owner's address has an account with another password
     */
    public Founded found(NewSchool wish, @Nullable UUID signedIn, String address) {
        var errors = new ArrayList<FieldError>();
        Entry.name("name", wish.name(), errors);
        var owner = wish.owner();
        if (signedIn == null && owner == null) {
            errors.add(new FieldError("owner", "Say who owns the school."));
        } else if (signedIn == null && owner != null) {
            Entry.name("owner.name", owner.name(), errors);
            Entry.email("owner.email", owner.email(), errors);
            Entry.password("owner.password", owner.password(), errors);
        }
        var name = wish.name() == null ? "" : wish.name().strip();
        boolean chosen = wish.subdomain() != null && !wish.subdomain().isBlank();
        var subdomain =
                chosen && wish.subdomain() != null
                        ? wish.subdomain().strip().toLowerCase(Locale.ROOT)
                        : errors.isEmpty() ? propose(name) : "";
        if (chosen) {
            Entry.subdomain("subdomain", subdomain, errors);
            if (errors.isEmpty() && store.subdomainTaken(subdomain)) {
                errors.add(taken(subdomain));
            }
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var limit = limits.take(FOUNDED_FROM_ADDRESS, address);
        if (!limit.granted()) {
            return new Founded.TooMany(limit);
        }
        return open(
                new Organization(ids.next(), subdomain, name, "en", null),
                owner,
                signedIn,
                address);
    }

    private Founded open(
            Organization school, @Nullable Owner owner, @Nullable UUID signedIn, String address) {
        return store.together(() -> {
            if (!store.addOrganization(school, clock.instant())) {
                throw new Problem.Invalid(java.util.List.of(taken(school.subdomain())));
            }
            var person = signedIn;
            if (person == null && owner != null) {
                switch (people.account(
                        "" + owner.name(), "" + owner.email(), "" + owner.password(), address)) {
                    case People.Attempt.Welcome(var who) -> person = who.id();
                    case People.Attempt.TooMany(var limit) -> {
                        return new Founded.TooMany(limit);
                    }
                    case People.Attempt.Wrong w ->
                            throw new Problem.Conflict("Sign in with your own password.");
                }
            }
            var id = java.util.Objects.requireNonNull(person);
            store.addMembership(school.id(), id, Role.OWNER, clock.instant());
            signals.send(Organizations.CHANGED, school.subdomain());
            signals.send(Recognition.CHANGED, id.toString());
            return new Founded.Opened(school, id);
        });
    }

    /** What a school of this name would be called in its address: {@code musicschool}. */
    public String propose(String name) {
        var folded =
                Normalizer.normalize(name.replace("ß", "ss"), Normalizer.Form.NFKD)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]", "");
        var base =
                folded.length() > LONGEST_PROPOSAL ? folded.substring(0, LONGEST_PROPOSAL) : folded;
        if (base.length() < 2) {
            base = "school" + base;
        }
        var proposal = base;
        for (int n = 2; ReservedNames.contain(proposal) || store.subdomainTaken(proposal); n++) {
            proposal = base + n;
        }
        return proposal;
    }

    /** Why a subdomain cannot be had; empty when it can. */
    public String objection(String subdomain) {
        var errors = new ArrayList<FieldError>();
        Entry.subdomain("subdomain", subdomain, errors);
        if (errors.isEmpty() && store.subdomainTaken(subdomain)) {
            errors.add(taken(subdomain));
        }
        return errors.isEmpty() ? "" : errors.getFirst().message();
    }

    private static FieldError taken(String subdomain) {
        return new FieldError(
                "subdomain", "The name " + subdomain + " is taken by another school.");
    }
}
