package org.stoa.inbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two hours of Clerk's webhooks as a bad day brings them: three in ten are duplicates, some at the
 * same instant as their twins, one in ten comes up to an hour late, one in a hundred can never be
 * done. It also says how things must stand when all of them have come.
 */
public final class DeliveryPlan {
    private static final double HOURS = 2;
    private static final double LATE_SHARE = 0.1;
    private static final long THEN = 1_780_000_000_000L;

    private final Random random;
    private final String mark;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, User> users = new TreeMap<>();
    private final List<String> schools = new ArrayList<>();
    private final Map<String, Member> members = new TreeMap<>();
    private final Set<String> poison = new HashSet<>();

    /** An event, at a place between 0 and 1 of the two hours. */
    private record Event(String id, String body, double at) {}

    /** A delivery; one of a pair is followed by its twin. */
    public record Sent(String id, String body, boolean pair) {}

    /** Somebody as they must stand at the end. */
    public static final class User {
        public final String id;
        public String name;
        public boolean deleted;
        private long updatedAt;

        User(String id, String name, long at) {
            this.id = id;
            this.name = name;
            this.updatedAt = at;
        }
    }

    /** A membership as it must stand at the end. */
    public static final class Member {
        public final String user;
        public final String school;
        public String role;
        private final String id;

        Member(String id, String user, String school, String role) {
            this.id = id;
            this.user = user;
            this.school = school;
            this.role = role;
        }
    }

    private final List<Sent> deliveries;

    public DeliveryPlan(long seed, int size) {
        random = new Random(seed);
        mark = Long.toString(random.nextLong() >>> 4, 36);
        int once = size * 7 / 10;
        int bad = size / 100;
        make(once - bad);
        for (int i = 0; i < bad; i++) {
            var id = eventId();
            poison.add(id);
            events.add(
                    new Event(
                            id,
                            event("user.created", "{\"id\":\"\",\"n\":%d}".formatted(i)),
                            i / (double) bad));
        }
        deliveries = shuffled(size - once, size / 20);
    }

    public List<Sent> deliveries() {
        return deliveries;
    }

    public Set<String> eventIds() {
        var ids = new HashSet<String>();
        events.forEach(e -> ids.add(e.id()));
        return ids;
    }

    public Set<String> poison() {
        return poison;
    }

    public Map<String, User> users() {
        return users;
    }

    public List<String> schools() {
        return schools;
    }

    public Map<String, Member> members() {
        return members;
    }

    /** What all ids of this plan have in common. */
    public String mark() {
        return mark;
    }

    private void make(int count) {
        for (int i = 0; i < count; i++) {
            double at = i / (double) count;
            long time = THEN + i;
            int dice = random.nextInt(100);
            if (schools.isEmpty() || dice < 4) {
                foundSchool(at, time);
            } else if (users.isEmpty() || dice < 44) {
                signUp(at, time);
            } else if (dice < 62) {
                join(at, time);
            } else if (dice < 84) {
                rename(at, time);
            } else if (dice < 94) {
                promote(at, time);
            } else {
                remove(at, time);
            }
        }
    }

    private void foundSchool(double at, long time) {
        var id = "org_" + schools.size() + "x" + mark;
        schools.add(id);
        add(
                "organization.created",
                """
                {"id":"%s","object":"organization","name":"School %d","slug":"%s","created_by":"","updated_at":%d}
                """
                        .formatted(
                                id, schools.size(), "school-" + schools.size() + "-" + mark, time),
                at);
    }

    private void signUp(double at, long time) {
        var user =
                new User("user_" + users.size() + "x" + mark, "Ann" + users.size() + " Berg", time);
        users.put(user.id, user);
        add("user.created", user(user), at);
    }

    private void rename(double at, long time) {
        var user = anyone();
        if (user.deleted) {
            signUp(at, time);
            return;
        }
        user.name = "Bea" + random.nextInt(1_000_000) + " Berg";
        user.updatedAt = time;
        add("user.updated", user(user), at);
    }

    private void remove(double at, long time) {
        var user = anyone();
        boolean belongs = members.values().stream().anyMatch(m -> m.user.equals(user.id));
        if (user.deleted || belongs) {
            rename(at, time);
            return;
        }
        user.deleted = true;
        add(
                "user.deleted",
                "{\"id\":\"%s\",\"object\":\"user\",\"deleted\":true}".formatted(user.id),
                at);
    }

    private void join(double at, long time) {
        var user = anyone();
        var school = schools.get(random.nextInt(schools.size()));
        if (user.deleted || members.containsKey(user.id + school)) {
            signUp(at, time);
            return;
        }
        var id = "orgmem_" + members.size() + "x" + mark;
        var member = new Member(id, user.id, school, "org:member");
        members.put(user.id + school, member);
        add("organizationMembership.created", member(member, time), at);
    }

    private void promote(double at, long time) {
        if (members.isEmpty()) {
            signUp(at, time);
            return;
        }
        var all = new ArrayList<>(members.values());
        var member = all.get(random.nextInt(all.size()));
        member.role = random.nextBoolean() ? "org:teacher" : "org:admin";
        add("organizationMembership.updated", member(member, time), at);
    }

    private User anyone() {
        var all = new ArrayList<>(users.values());
        return all.get(random.nextInt(all.size()));
    }

    private String user(User user) {
        return """
        {"id":"%s","object":"user","first_name":"%s","last_name":"%s","primary_email_address_id":"idn_1",\
        "email_addresses":[{"id":"idn_1","email_address":"%s@example.org","verification":{"status":"verified"}}],\
        "updated_at":%d}
        """
                .formatted(
                        user.id,
                        user.name.substring(0, user.name.indexOf(' ')),
                        "Berg",
                        user.id.replace('_', '-'),
                        user.updatedAt);
    }

    private static String member(Member member, long time) {
        return """
        {"id":"%s","object":"organization_membership","role":"%s","organization":{"id":"%s"},\
        "public_user_data":{"user_id":"%s"},"updated_at":%d}
        """
                .formatted(member.id, member.role, member.school, member.user, time);
    }

    private void add(String type, String data, double at) {
        events.add(new Event(eventId(), event(type, data), at));
    }

    private static String event(String type, String data) {
        return "{\"data\":%s,\"object\":\"event\",\"type\":\"%s\"}".formatted(data.strip(), type);
    }

    private String eventId() {
        return "msg_" + events.size() + "x" + mark;
    }

    /** In the order in which they come: late ones up to half of the time later. */
    private List<Sent> shuffled(int duplicates, int pairs) {
        var placed = new HashMap<String, Double>();
        var sorted = new ArrayList<Map.Entry<Double, Sent>>();
        for (var event : events) {
            boolean late = random.nextDouble() < LATE_SHARE;
            double at = event.at() + (late ? random.nextDouble() / HOURS : 0);
            placed.put(event.id(), at);
            sorted.add(Map.entry(at, new Sent(event.id(), event.body(), false)));
        }
        var again = new ArrayList<>(events);
        Collections.shuffle(again, random);
        for (int i = 0; i < duplicates - pairs; i++) {
            var event = again.get(pairs + i % (again.size() - pairs));
            double later = placed.getOrDefault(event.id(), 0.0) + random.nextDouble() / HOURS;
            sorted.add(Map.entry(later, new Sent(event.id(), event.body(), false)));
        }
        sorted.sort(Comparator.comparingDouble(Map.Entry::getKey));
        var twins = new HashSet<String>();
        again.subList(0, pairs).forEach(e -> twins.add(e.id()));
        var all = new ArrayList<Sent>();
        for (var one : sorted) {
            var sent = one.getValue();
            boolean pair = twins.remove(sent.id());
            all.add(new Sent(sent.id(), sent.body(), pair));
            if (pair) {
                all.add(new Sent(sent.id(), sent.body(), false));
            }
        }
        return all;
    }
}
