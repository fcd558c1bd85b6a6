package org.stoa.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what the database says against a plan that was delivered. */
public final class DeliveryAudit {
    private final Connection database;
    private final DeliveryPlan plan;

    public DeliveryAudit(Connection database, DeliveryPlan plan) {
        this.database = database;
        this.plan = plan;
    }

    /** How many events are not done and not given up yet. */
    public long open() throws SQLException {
        return number(
                "select count(*) from webhook_events where event_id like '%"
                        + plan.mark()
                        + "' and status in ('pending', 'failed')"
                        + " and not (event_id = any ('{"
                        + String.join(",", plan.poison())
                        + "}'))");
    }

    /** Those acknowledged of which no row is there, or whose effect is not. */
    public List<String> lost(Set<String> acknowledged) throws SQLException {
        var states = states();
        var lost = new ArrayList<String>();
        for (var id : acknowledged) {
            var state = states.getOrDefault(id, "no row");
            boolean expected =
                    plan.poison().contains(id)
                            ? !state.equals("completed") && !state.equals("no row")
                            : state.equals("completed");
            if (!expected) {
                lost.add(id + " " + state);
            }
        }
        lost.addAll(people());
        lost.addAll(memberships());
        return lost;
    }

    /** Whatever was done twice: an event completed twice, an account or a school made twice. */
    public List<String> doubled() throws SQLException {
        var twice = new ArrayList<String>();
        twice.addAll(
                texts(
                        "select event_id from webhook_events where event_id like '%"
                                + plan.mark()
                                + "' and jsonb_array_length(jsonb_path_query_array(history,"
                                + " '$[*] ? (@.outcome == \"completed\")')) > 1"));
        twice.addAll(
                texts(
                        "select event_id || ' has rows' from webhook_events where event_id like '%"
                                + plan.mark()
                                + "' group by event_id having count(*) > 1"));
        expect(twice, "account.created", plan.users().size());
        expect(twice, "school.opened", plan.schools().size());
        return twice;
    }

    private void expect(List<String> twice, String effect, int most) throws SQLException {
        long found =
                number(
                        "select count(*) from webhook_events, jsonb_array_elements(effects) e"
                                + " where event_id like '%"
                                + plan.mark()
                                + "' and e ->> 'what' = '"
                                + effect
                                + "'");
        if (found > most) {
            twice.add(effect + " " + found + " times instead of " + most);
        }
    }

    /** The share of events, those that can be done, that were done within half a second. */
    public double atOnce() throws SQLException {
        return number(
                        "select count(*) from webhook_events where event_id like '%"
                                + plan.mark()
                                + "' and completed_at < received_at + interval '500 ms'")
                / (double) plan.eventIds().size();
    }

    public long rows(Set<String> ids) throws SQLException {
        return number(
                "select count(*) from webhook_events where event_id = any ('{"
                        + String.join(",", ids)
                        + "}')");
    }

    private List<String> people() throws SQLException {
        var found = new HashMap<String, String>();
        var sql =
                "select c.clerk_id || ' ' || u.name || ' ' || (u.deleted_at is not null)"
                        + " from clerk_users c join users u on u.id = c.user_id where c.clerk_id like '%"
                        + plan.mark()
                        + "'";
        for (var line : texts(sql)) {
            int space = line.indexOf(' ');
            found.put(line.substring(0, space), line.substring(space + 1));
        }
        var wrong = new ArrayList<String>();
        for (var user : plan.users().values()) {
            var state = found.remove(user.id);
            if (user.deleted) {
                // Deleted before anything else of them came, they were never here.
                if (state != null && !state.endsWith(" true")) {
                    wrong.add(user.id + " lives on");
                }
            } else if (!(user.name + " false").equals(state)) {
                wrong.add(user.id + " is " + state + " instead of " + user.name);
            }
        }
        found.keySet().forEach(id -> wrong.add(id + " is nobody"));
        return wrong;
    }

    private List<String> memberships() throws SQLException {
        var found = new HashSet<String>();
        found.addAll(
                texts(
                        "select u.clerk_id || ' ' || o.clerk_id || ' ' || m.role"
                                + " from organization_memberships m"
                                + " join clerk_users u on u.user_id = m.user_id"
                                + " join clerk_organizations o on o.school_id = m.organization_id"
                                + " where u.clerk_id like '%"
                                + plan.mark()
                                + "' and m.status = 'active'"));
        var roles = Map.of("org:member", "student", "org:teacher", "teacher", "org:admin", "admin");
        var wrong = new ArrayList<String>();
        for (var member : plan.members().values()) {
            var deleted = plan.users().get(member.user);
            var line = member.user + " " + member.school + " " + roles.get(member.role);
            if (!found.remove(line) && deleted != null && !deleted.deleted) {
                wrong.add("missing: " + line);
            }
        }
        found.forEach(line -> wrong.add("too many: " + line));
        return wrong;
    }

    private Map<String, String> states() throws SQLException {
        var states = new HashMap<String, String>();
        for (var line :
                texts(
                        "select event_id || ' ' || status from webhook_events where event_id like '%"
                                + plan.mark()
                                + "'")) {
            var parts = line.split(" ", 2);
            states.put(parts[0], parts[1]);
        }
        return states;
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(texts(sql).getFirst());
    }

    private List<String> texts(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
