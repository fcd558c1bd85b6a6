package org.stoa.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stoa.stripe.Ledger;
import org.stoa.stripe.StripeAccount;

/** Holds a school's books against Stripe's: who is in, who has paid, and what came to what. */
final class ShopBooks {
    private final ShopField field;
    private final StripeAccount account;
    private final String school;
    private final Map<String, Integer> sessions;

    /**
     * @param school its subdomain
     * @param sessions who was led to which checkout
     */
    ShopBooks(
            ShopField field, StripeAccount account, String school, Map<String, Integer> sessions) {
        this.field = field;
        this.account = account;
        this.school = school;
        this.sessions = sessions;
    }

    /** As many people as are to buy, each with a token, in one statement each. */
    static void people(ShopField field, String school, int many) throws SQLException {
        try (var connection = field.connect();
                var statement = connection.createStatement()) {
            statement.execute("create schema if not exists bench");
            statement.execute(
                    "create table if not exists bench.shoppers (school text, n int, id uuid)");
            statement.execute(
                    """
                    insert into bench.shoppers
                    select '%s', n, gen_random_uuid() from generate_series(0, %d) n
                    """
                            .formatted(school, many - 1));
            statement.execute(
                    """
                    insert into users (id, name, email, created_at)
                    select id, 'Shopper ' || n, 'shopper-' || n || '@' || school || '.example.org', now()
                      from bench.shoppers where school = '%s'
                    """
                            .formatted(school));
            statement.execute(
                    """
                    insert into organization_memberships (organization_id, user_id, role, created_at)
                    select o.id, s.id, 'student', now()
                      from bench.shoppers s join organizations o on o.subdomain = s.school
                     where s.school = '%s'
                    """
                            .formatted(school));
            statement.execute(
                    """
                    insert into sessions (id, sign_in_id, user_id, at_organization, token_hash, device,
                                          address, created_at, last_seen_at, expires_at)
                    select s.id, s.id, s.id, o.id,
                           sha256(convert_to(s.school || '-shopper-' || n, 'UTF8')), 'bench',
                           '127.0.0.1', now(), now() + interval '1 day', now() + interval '30 days'
                      from bench.shoppers s join organizations o on o.subdomain = s.school
                     where s.school = '%s'
                    """
                            .formatted(school));
        }
    }

    /** Those for whom what was paid and who is in differ. */
    Set<Integer> mismatches() throws SQLException {
        var in = in();
        var differing = paying();
        for (var one : in) {
            if (!differing.remove(one)) {
                differing.add(one);
            }
        }
        return differing;
    }

    /** Whoever Stripe has money of that is neither returned nor disputed. */
    private Set<Integer> paying() {
        var paying = new HashSet<Integer>();
        for (var one : account.ledger().payments()) {
            if (one.refunded() < one.amount() && !one.disputed()) {
                paying.add(buyer(one));
            }
        }
        return paying;
    }

    private int buyer(Ledger.Payment payment) {
        return sessions.getOrDefault(payment.session(), -1);
    }

    /** Charges beyond the first of one buyer. */
    long doubleCharges() {
        var seen = new HashSet<Integer>();
        return account.ledger().payments().stream().filter(it -> !seen.add(buyer(it))).count();
    }

    /** Places and open grants beyond the first of one buyer in one course. */
    long doubleEnrollments() throws SQLException {
        return number(
                """
                select (select count(*) - count(distinct (user_id, course_id)) from enrollments
                         where organization_id = o.id)
                     + (select count(*) - count(distinct (user_id, course_id)) from access_grants
                         where organization_id = o.id and (ends_at is null or ends_at > now()))
                  from organizations o where subdomain = '%s'
                """);
    }

    /** What came in and what went back, as the school and as Stripe say it, in minor units. */
    record Sums(long paid, long returned, long paidThere, long returnedThere) {
        long difference() {
            return Math.abs(paid - paidThere) + Math.abs(returned - returnedThere);
        }
    }

    Sums sums() throws SQLException {
        long paid = 0;
        long returned = 0;
        for (var one : account.ledger().payments()) {
            paid += one.amount();
            returned += one.refunded();
        }
        return new Sums(
                number(
                        """
                        select coalesce(sum(p.amount), 0) from payments p
                          join organizations o on o.id = p.organization_id where o.subdomain = '%s'
                        """),
                number(
                        """
                        select coalesce(sum(r.returned), 0) from orders r
                          join organizations o on o.id = r.organization_id where o.subdomain = '%s'
                        """),
                paid,
                returned);
    }

    /** Those of whose events at least one was never sent. */
    Set<Integer> silenced() {
        var buyers = new HashMap<String, Integer>(sessions);
        for (var one : account.ledger().payments()) {
            buyers.put(one.paymentIntent(), buyer(one));
            buyers.put(one.charge(), buyer(one));
        }
        var silenced = new HashSet<Integer>();
        for (var event : account.deliveries().forgotten()) {
            var about = account.object(event).at("/data/object");
            for (var key : List.of("id", "payment_intent", "charge")) {
                var buyer = buyers.get(about.path(key).asString(""));
                if (buyer != null) {
                    silenced.add(buyer);
                }
            }
        }
        return silenced;
    }

    int enrolled() throws SQLException {
        return in().size();
    }

    private Set<Integer> in() throws SQLException {
        var in = new HashSet<Integer>();
        try (var connection = field.connect()) {
            for (var row : rows(connection, IN)) {
                in.add(Integer.valueOf(row));
            }
        }
        return in;
    }

    long waiting() throws SQLException {
        return number(
                """
                select count(*) from waiting_list w
                  join organizations o on o.id = w.organization_id where o.subdomain = '%s'
                """);
    }

    /**
     * Events and jobs that were given up, but for rounds: the next does what one has not done that
     * was killed each time.
     */
    long dead() throws SQLException {
        return number(
                """
                select (select count(*) from webhook_events where status = 'dead')
                     + (select count(*) from finished_jobs where state = 'dead'
                           and kind not in ('look-at-stripe', 'look-at-stripe-everywhere',
                                            'compare-with-stripe', 'compare-with-stripe-everywhere'))
                  from organizations o where subdomain = '%s'
                """);
    }

    long deadlocks() throws SQLException {
        return number(
                """
                select (select deadlocks from pg_stat_database where datname = current_database())
                  from organizations o where subdomain = '%s'
                """);
    }

    private static final String IN =
            """
            select s.n from bench.shoppers s
              join organizations o on o.subdomain = s.school and o.subdomain = '%s'
              join enrollments e on e.organization_id = o.id and e.user_id = s.id
             where e.status = 'active'
               and exists (select from access_grants g
                            where g.organization_id = e.organization_id and g.user_id = e.user_id
                              and g.course_id = e.course_id and g.starts_at <= now()
                              and (g.ends_at is null or g.ends_at > now()))
            """;

    long number(String sql) throws SQLException {
        try (var connection = field.connect()) {
            return Long.parseLong(rows(connection, sql).getFirst());
        }
    }

    private List<String> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql.formatted(school))) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
