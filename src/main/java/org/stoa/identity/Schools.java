package org.stoa.identity;

import static org.stoa.shared.Words.say;

import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Colour;
import org.stoa.shared.Ids;
import org.stoa.shared.Language;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.Signals;
import org.stoa.web.cache.CachedPages;
import org.stoa.web.limits.RateLimits;

/** Founding schools, and what their administrators settle about them. */
@Service
public class Schools {
    private static final RateLimits.Rule FOUNDED_FROM_ADDRESS =
            new RateLimits.Rule("schools", 600, Duration.ofHours(1));
    private static final int LONGEST_PROPOSAL = 40;
    private static final int NUMBERS_AT_ONCE = 100;
    private static final int PROPOSALS_TRIED = 20;

    /** Letters that do not come apart into one of ASCII and a mark. */
    private static final Map<String, String> LETTERS =
            Map.of(
                    "ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ",
                    "th", "ı", "i");

    private final PersonStore store;
    private final AccountStore names;
    private final CachedPages pages;
    private final People people;
    private final RateLimits limits;
    private final Signals signals;
    private final Ids ids;
    private final Clock clock;

    Schools(
            PersonStore store,
            AccountStore names,
            CachedPages pages,
            People people,
            RateLimits limits,
            Signals signals,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.names = names;
        this.pages = pages;
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
     * @param timeZone of the IANA's names, as in {@code Europe/Berlin}; null or empty for the
     *     server's
     */
    public record NewSchool(
            @Nullable String name,
            @Nullable String subdomain,
            @Nullable Owner owner,
            @Nullable String timeZone) {}

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
     *     owner.name}, {@code owner.email}, {@code owner.password}, {@code timeZone}
     * @throws Problem.Conflict when the owner's address has an account with another password
     */
    public Founded found(NewSchool wish, @Nullable UUID signedIn, String address) {
        var chosen = text(wish.subdomain()).strip().toLowerCase(Locale.ROOT);
        var errors = wrong(wish, chosen, signedIn);
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var limit = limits.take(FOUNDED_FROM_ADDRESS, address);
        if (!limit.granted()) {
            return new Founded.TooMany(limit);
        }
        var owner = wish.owner();
        if (signedIn != null || owner == null) {
            return open(wish, chosen, Objects.requireNonNull(signedIn), null);
        }
        var form = new People.SignUp(owner.name(), owner.email(), owner.password());
        return switch (people.prepare(form, address)) {
            case People.Entrance.TooMany(var tooMany) -> new Founded.TooMany(tooMany);
            case People.Entrance.Ready ready -> open(wish, chosen, ready.person().id(), ready);
        };
    }

    private List<FieldError> wrong(NewSchool wish, String chosen, @Nullable UUID signedIn) {
        var errors = new ArrayList<FieldError>();
        Entry.name("name", wish.name(), errors);
        if (!chosen.isEmpty()) {
            errors.addAll(objections(chosen));
        }
        var zone = text(wish.timeZone());
        if (!zone.isEmpty()) {
            checkZone(zone, errors);
        }
        var owner = wish.owner();
        if (signedIn == null && owner == null) {
            errors.add(new FieldError("owner", say("identity.school.owner")));
        } else if (signedIn == null && owner != null) {
            Entry.name("owner.name", owner.name(), errors);
            Entry.email("owner.email", owner.email(), errors);
            Entry.password("owner.password", owner.password(), errors);
        }
        return errors;
    }

    /** A proposal that another school took meanwhile makes way for the next one. */
    private Founded open(
            NewSchool wish, String chosen, UUID owner, People.Entrance.@Nullable Ready fresh) {
        var name = text(wish.name()).strip();
        for (int i = 0; i < PROPOSALS_TRIED; i++) {
            var subdomain = chosen.isEmpty() ? propose(name) : chosen;
            var school =
                    new Organization(
                            ids.next(), subdomain, name, Words.language().tag(), null, zone(wish));
            if (opened(school, owner, fresh)) {
                return new Founded.Opened(school, owner);
            }
            if (!chosen.isEmpty()) {
                break;
            }
        }
        throw new Problem.Invalid(List.of(taken(chosen.isEmpty() ? propose(name) : chosen)));
    }

    private static ZoneId zone(NewSchool wish) {
        var zone = text(wish.timeZone());
        return zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    private static void checkZone(String zone, List<FieldError> errors) {
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            errors.add(new FieldError("timeZone", say("identity.zone.unknown")));
        }
    }

    private boolean opened(Organization school, UUID owner, People.Entrance.@Nullable Ready fresh) {
        return store.together(() -> {
            if (!store.addOrganization(school, clock.instant())) {
                return false;
            }
            if (fresh != null) {
                people.keep(school, fresh);
            }
            store.addMembership(school.id(), owner, Role.OWNER, clock.instant());
            signals.send(Organizations.CHANGED, school.subdomain());
            signals.send(Recognition.CHANGED, owner.toString());
            return true;
        });
    }

    /**
     * Gives the caller's school another name, language and colour, and the clocks by which its
     * dates are meant. Its address stays: people and programs hold on to it.
     *
     * @param language a tag that Stoa speaks, or {@link Language#UNDETERMINED}
     * @param zone of the IANA's names, as in {@code Europe/Berlin}
     * @param accent as {@code #rrggbb}, null for Stoa's own
     * @throws Problem.Invalid for {@code name}, {@code language}, {@code timeZone} or {@code
     *     accent}
     */
    public void settle(
            @Nullable String name, String language, String zone, @Nullable String accent) {
        var errors = new ArrayList<FieldError>();
        Entry.name("name", name, errors);
        if (!language.equals(Language.UNDETERMINED) && Language.of(language) == null) {
            errors.add(new FieldError("language", say("identity.language.unknown")));
        }
        checkZone(zone, errors);
        if (accent != null && !Colour.written(accent)) {
            errors.add(new FieldError("accent", say("identity.colour.unknown")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var school = Caller.current().school();
        var colour = accent == null ? null : Colour.of(accent);
        names.settle(text(name).strip(), language, ZoneId.of(zone), colour);
        signals.send(Organizations.CHANGED, school.subdomain());
        pages.changed(school.id());
    }

    /**
     * What a school of this name would be called in its address: {@code musicschool}; with a number
     * where that is taken.
     */
    public String propose(String name) {
        var base = folded(name);
        for (int from = 1; ; from += NUMBERS_AT_ONCE) {
            var candidates =
                    IntStream.range(from, from + NUMBERS_AT_ONCE)
                            .mapToObj(n -> n == 1 ? base : base + n)
                            .filter(candidate -> !ReservedNames.contain(candidate))
                            .toList();
            var taken = store.subdomainsTaken(candidates);
            var free = candidates.stream().filter(c -> !taken.contains(c)).findFirst();
            if (free.isPresent()) {
                return free.get();
            }
        }
    }

    /**
     * What a school with this slug of another program would be called in its address: the slug, if
     * it is an address nobody has, else with a number, or as its name proposes.
     */
    public String proposeFor(String slug, String name) {
        if (!Entry.isSubdomain(slug)) {
            return propose(slug.isEmpty() ? name : slug);
        }
        boolean free =
                !ReservedNames.contain(slug) && store.subdomainsTaken(List.of(slug)).isEmpty();
        return free ? slug : propose(slug);
    }

    private static String folded(String name) {
        var text = name.toLowerCase(Locale.ROOT);
        for (var letter : LETTERS.entrySet()) {
            text = text.replace(letter.getKey(), letter.getValue());
        }
        text = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("[^a-z0-9]", "");
        var base = text.length() > LONGEST_PROPOSAL ? text.substring(0, LONGEST_PROPOSAL) : text;
        return base.length() < 2 ? "school" + base : base;
    }

    /** Why a subdomain cannot be had; empty when it can. */
    public String objection(String subdomain) {
        var errors = objections(subdomain);
        return errors.isEmpty() ? "" : errors.getFirst().message();
    }

    private List<FieldError> objections(String subdomain) {
        var errors = new ArrayList<FieldError>();
        Entry.subdomain("subdomain", subdomain, errors);
        if (errors.isEmpty() && !store.subdomainsTaken(List.of(subdomain)).isEmpty()) {
            errors.add(taken(subdomain));
        }
        return errors;
    }

    private static FieldError taken(String subdomain) {
        return new FieldError("subdomain", say("identity.school.taken", subdomain));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
