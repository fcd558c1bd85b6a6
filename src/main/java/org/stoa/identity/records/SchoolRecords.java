package org.stoa.identity.records;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.identity.Entry;
import org.stoa.identity.People;
import org.stoa.identity.Person;
import org.stoa.identity.Schools;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Signals;

/** A school and its people as an archive holds them, for those who administer the school. */
@Service
public class SchoolRecords {
    private static final Duration LINKS_HOLD = Duration.ofDays(60);

    private final SchoolRecordStore store;
    private final Schools schools;
    private final People people;
    private final Signals signals;
    private final Ids ids;
    private final Clock clock;

    SchoolRecords(
            SchoolRecordStore store,
            Schools schools,
            People people,
            Signals signals,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.schools = schools;
        this.people = people;
        this.signals = signals;
        this.ids = ids;
        this.clock = clock;
    }

    /** What the caller's school says of itself. */
    public SchoolRecord school() {
        var school = Caller.current().school();
        return new SchoolRecord(
                school.name(),
                school.subdomain(),
                school.language(),
                school.accent(),
                school.timeZone());
    }

    /** Everybody of the caller's school, by address, in the caller's transaction. */
    public void members(Consumer<MemberRecord> into) {
        store.members(into);
    }

    /** Whether anybody learns in the caller's school. */
    public boolean hasStudents() {
        return store.hasStudents();
    }

    /**
     * Opens a school in which there is nobody yet.
     *
     * @throws Problem.Invalid when the subdomain cannot be had, or the name cannot be one
     */
    public Organization open(String subdomain, SchoolRecord about) {
        var errors = new ArrayList<FieldError>();
        var objection = schools.objection(subdomain);
        if (!objection.isEmpty()) {
            errors.add(new FieldError("subdomain", objection));
        }
        Entry.name("name", about.name(), errors);
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var school =
                new Organization(
                        ids.next(),
                        subdomain,
                        about.name().strip(),
                        about.language(),
                        about.accent(),
                        about.timeZone());
        if (!store.add(school, clock.instant())) {
            throw new Problem.Invalid(
                    "subdomain", "The name " + subdomain + " is taken by another school.");
        }
        signals.send(Organizations.CHANGED, subdomain);
        return school;
    }

    /** All that is taken in the work is kept, or none of it. */
    public <T extends @Nullable Object> T together(Supplier<T> work) {
        return store.together(work);
    }

    /** Somebody who could not be taken in as they are in the archive. */
    public record Refused(int index, String reason) {}

    /**
     * What came of some people.
     *
     * @param fresh how many had no account on this installation; now they have one, without a
     *     password, and an invitation of their own for an administrator to hand out
     */
    public record Taken(int fresh, List<Refused> refused) {}

    /**
     * Makes people members of the caller's school, as what they are in the archive. An account that
     * there is is used as it is; who is a member already stays what they are.
     */
    public Taken take(List<MemberRecord> members) {
        var school = Caller.current().school().id();
        var refused = new ArrayList<Refused>();
        var rows = new ArrayList<SchoolRecordStore.Row>();
        for (int i = 0; i < members.size(); i++) {
            var member = members.get(i);
            var errors = new ArrayList<FieldError>();
            Entry.email("email", member.email(), errors);
            Entry.name("name", member.name(), errors);
            if (errors.isEmpty()) {
                rows.add(
                        new SchoolRecordStore.Row(
                                i,
                                ids.next().toString(),
                                ids.next().toString(),
                                Entry.emailKey(member.email()),
                                member.name().strip(),
                                member.role().word(),
                                member.suspended() ? "suspended" : "active",
                                member.since().toString()));
            } else {
                refused.add(new Refused(i, errors.getFirst().message()));
            }
        }
        var now = clock.instant();
        int fresh = store.addAccounts(rows, now);
        store.addMembers(school, rows).forEach(people::changed);
        store.invite(school, rows, now, now.plus(LINKS_HOLD));
        refused.addAll(store.others(school, rows));
        return new Taken(fresh, refused);
    }

    /** The owners of the caller's school who could not sign in, as they have no password. */
    public List<Person> ownersWithoutPassword() {
        return store.ownersWithoutPassword(Caller.current().school().id());
    }

    /**
     * Gives such an owner a password, for whoever administers the installation to hand out; false
     * when they are more than the owner of this school.
     */
    public boolean firstPassword(UUID owner, String password) {
        return people.firstPassword(owner, password);
    }
}
