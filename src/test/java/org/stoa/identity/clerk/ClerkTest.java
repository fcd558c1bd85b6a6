package org.stoa.identity.clerk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.stoa.identity.Entry;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.inbox.Sender;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.AtOnce;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** People and schools as Clerk tells of them. */
@StoaTest
class ClerkTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD_SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl";
    private static final ClerkDouble CLERK = new ClerkDouble();
    private static final long THEN = 1_780_000_000_000L;

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired People people;
    private @Autowired Sessions sessions;
    private @Autowired ClerkReconciliation reconciliation;
    private final String mark = UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    @DynamicPropertySource
    static void clerk(DynamicPropertyRegistry registry) {
        registry.add("stoa.clerk.webhook-secret", () -> SECRET + " , " + OLD_SECRET);
        registry.add("stoa.clerk.api-base", () -> CLERK.address() + "/v1");
        registry.add("stoa.clerk.secret-key", () -> ClerkDouble.KEY);
        registry.add("stoa.clerk.issuer", CLERK::address);
        registry.add("stoa.clerk.authorized-parties", () -> "https://school.example");
        registry.add("stoa.clerk.cookie", () -> "true");
        // The test looks by itself.
        registry.add("stoa.clerk.reconcile-seconds", () -> "86400");
    }

    @AfterAll
    static void end() {
        CLERK.close();
    }

    @Test
    void aPersonComesChangesAndGoes() {
        send("user.created", user("u", "Ann", 1));
        assertThat(name("u")).isEqualTo("Ann Berg");
        assertThat(email("u")).isEqualTo("u" + mark + "@example.org");
        send("user.updated", user("u", "Anna", 2));
        assertThat(name("u")).isEqualTo("Anna Berg");
        var token = sessions.newToken(person("u"), "A token");
        assertThat(me(token)).isEqualTo(200);
        send("user.deleted", ClerkDouble.gone(id("u"), "user"));
        assertThat(me(token)).isEqualTo(401);
        assertThat(one("select deleted_at is not null from users where id = '%s'", person("u")))
                .isEqualTo("t");
        // Late news of somebody who is gone bring nobody back.
        send("user.updated", user("u", "Annika", 3));
        assertThat(one("select deleted_at is not null from users where id = '%s'", person("u")))
                .isEqualTo("t");
        // And the address is free for whoever proves it next.
        var again = (ObjectNode) user("u", "Ann", 4);
        again.put("id", id("other"));
        send("user.created", again);
        assertThat(person("other")).isNotEqualTo(person("u"));
        assertThat(email("other")).isEqualTo("u" + mark + "@example.org");
    }

    @Test
    void olderNewsChangeNothing() {
        send("user.updated", user("u", "Newer", 9));
        send("user.created", user("u", "Older", 1));
        send("user.updated", user("u", "Same", 9));
        assertThat(name("u")).isEqualTo("Newer Berg");
    }

    @Test
    void aMembershipWaitsForItsPersonAndItsSchoolInWhateverOrder() {
        var events =
                List.of(
                        Map.entry("user.created", user("u", "Ann", 1)),
                        Map.entry("organization.created", school("o", "Knots", "", 1)),
                        Map.entry(
                                "organizationMembership.created",
                                membership("m", "u", "o", "org:teacher", 1)),
                        Map.entry(
                                "organizationMembership.updated",
                                membership("m", "u", "o", "org:admin", 2)));
        for (int seed = 0; seed < 12; seed++) {
            var round = "r" + seed;
            var order = new ArrayList<>(events);
            Collections.shuffle(order, new Random(seed));
            for (var event : order) {
                send(event.getKey(), renamed(event.getValue(), round));
            }
            assertThat(
                            one(
                                    """
                                    select m.role || ' ' || m.status from organization_memberships m
                                      join clerk_users u on u.user_id = m.user_id
                                      join clerk_organizations o on o.school_id = m.organization_id
                                     where u.clerk_id = '%s'
                                    """,
                                    id("u") + round))
                    .as("order %s", order.stream().map(Map.Entry::getKey).toList())
                    .isEqualTo("admin active");
        }
    }

    @Test
    void allAtTheSameInstantIsOneOfEach() throws Exception {
        for (int round = 0; round < 6; round++) {
            var r = "i" + round;
            var events =
                    List.of(
                            ClerkDouble.event("user.created", renamed(user("u", "Ann", 1), r)),
                            ClerkDouble.event(
                                    "organization.created",
                                    renamed(school("o", "Knots", "", 1), r)),
                            ClerkDouble.event(
                                    "organizationMembership.created",
                                    renamed(membership("m", "u", "o", "org:member", 1), r)));
            var calls = new ArrayList<Callable<Integer>>();
            for (var event : events) {
                calls.add(() -> delivered(event));
                calls.add(() -> delivered(event));
            }
            assertThat(AtOnce.all(calls)).containsOnly(200);
            var sql =
                    """
                    select count(*)::text from organization_memberships m
                      join clerk_users u on u.user_id = m.user_id
                     where u.clerk_id = '%s' and m.status = 'active'
                    """;
            await().until(() -> one(sql, id("u") + r).equals("1"));
            assertThat(
                            one(
                                    "select count(*)::text from users where email = '%s'",
                                    "u" + mark + r + "@example.org"))
                    .isEqualTo("1");
        }
    }

    @Test
    void whoFoundedASchoolOwnsItAndWhoLeavesComesBack() {
        send("user.created", user("u", "Ann", 1));
        send("organization.created", school("o", "Knots", "u", 1));
        send("organizationMembership.created", membership("m", "u", "o", "org:admin", 1));
        assertThat(membership("u", "o")).isEqualTo("owner active");
        send("organizationMembership.deleted", membership("m", "u", "o", "org:admin", 1));
        assertThat(membership("u", "o")).isEqualTo("owner suspended");
        send("organizationMembership.created", membership("m", "u", "o", "org:admin", 2));
        assertThat(membership("u", "o")).as("an ended one stays so").isEqualTo("owner suspended");
        send("organizationMembership.created", membership("m2", "u", "o", "org:member", 3));
        assertThat(membership("u", "o")).isEqualTo("student active");
        send("organizationMembership.deleted", membership("m", "u", "o", "org:admin", 1));
        assertThat(membership("u", "o")).isEqualTo("student active");
    }

    @Test
    void aSchoolIsReachedByItsSlugUnlessThatIsTakenOrReserved() {
        var slug = "knots-" + mark;
        send("organization.created", ClerkDouble.organization(id("a"), "Knots", slug, "", THEN));
        send("organization.created", ClerkDouble.organization(id("b"), "Knots", slug, "", THEN));
        send("organization.created", ClerkDouble.organization(id("c"), "Admin", "admin", "", THEN));
        assertThat(subdomain("a")).isEqualTo(slug);
        assertThat(subdomain("b")).isEqualTo(slug.replace("-", ""));
        assertThat(subdomain("c")).startsWith("admin").isNotEqualTo("admin");
        var visitor = new Visitor(port);
        assertThat(visitor.peek(slug, "/courses").status()).isEqualTo(200);
        var renamed = ClerkDouble.organization(id("a"), "Bends", "bends" + mark, "", THEN + 5);
        send("organization.updated", renamed);
        assertThat(visitor.peek(slug, "/courses").body()).contains("Bends");
    }

    @Test
    void aSchoolThatIsDeletedIsClosedAtOnceOpenForItsExportAndErasedLater() throws Exception {
        send("user.created", user("u", "Ann", 1));
        send("organization.created", school("o", "Knots", "u", 1));
        send("organizationMembership.created", membership("m", "u", "o", "org:admin", 1));
        var subdomain = subdomain("o");
        var token = sessions.newToken(person("u"), "A token");
        var visitor = new Visitor(port);
        assertThat(visitor.peek(subdomain, "/courses").status()).isEqualTo(200);
        send("organization.deleted", ClerkDouble.gone(id("o"), "organization"));
        assertThat(visitor.peek(subdomain, "/courses").status()).isEqualTo(410);
        assertThat(visitor.call("GET", subdomain, "/api/v1/me", token, null).status())
                .isEqualTo(410);
        assertThat(export(subdomain, token)).isEqualTo(200);
        assertThat(export(subdomain, "none")).isEqualTo(401);
        assertThat(listed(subdomain)).as("since when it is closed").contains("T").endsWith("Z");
        send("organization.updated", school("o", "Knots again", "u", 9));
        assertThat(visitor.peek(subdomain, "/courses").status()).isEqualTo(410);
        assertThat(
                        one(
                                "select (erased_after - closed_at)::text from organizations where subdomain = '%s'",
                                subdomain))
                .isEqualTo("30 days");
    }

    /** As Clerk does: what could not be stored just now is sent again. */
    private int delivered(String event) throws Exception {
        var id = Sender.newId();
        var status = new AtomicInteger();
        await().until(() -> {
            status.set(sender().send(id, event).statusCode());
            return status.get() != 503;
        });
        return status.get();
    }

    /** Since when a school is closed, as the installation's administrator reads it. */
    private String listed(String subdomain) {
        var root = people.platformAdmin("root" + mark + "@example.org").id();
        var before =
                one(
                        """
                        select coalesce(max(b.id::text), '00000000-0000-0000-0000-000000000000')
                          from organizations b, organizations o
                         where o.subdomain = '%s' and b.id < o.id
                        """,
                        subdomain);
        var path = "/api/v1/platform/organizations?limit=1&cursor=" + before;
        var token = sessions.newToken(root, "Platform");
        var answer = new Visitor(port).call("GET", null, path, token, null);
        assertThat(answer.text("items.0.subdomain")).isEqualTo(subdomain);
        return answer.text("items.0.closedAt");
    }

    /** Who signs up somewhere with another's address must not be handed their account. */
    @Test
    void anAddressThatWasNotProvenLeadsToNobodysAccount() {
        var victim = people.find("nobody").orElse(null);
        assertThat(victim).isNull();
        var address = "v" + mark + "@example.org";
        var known = known(address);
        var unproven = (ObjectNode) ClerkDouble.user(id("x"), "Eve", address, THEN);
        ((ObjectNode) unproven.at("/email_addresses/0/verification")).put("status", "unverified");
        send("user.created", unproven);
        assertThat(person("x")).isNotEqualTo(known);
        assertThat(email("x")).endsWith("@clerk.invalid");
        var token = sessions.newToken(known, "Set by whoever came first");
        send("user.updated", ClerkDouble.user(id("y"), "Vera", address, THEN));
        assertThat(person("y")).isEqualTo(known);
        assertThat(one("select (password_hash is null)::text from users where id = '%s'", known))
                .isEqualTo("true");
        assertThat(me(token)).isEqualTo(401);
    }

    @Test
    void aPoisonedEventIsKeptAndTheNextIsDone() {
        var id = Sender.newId();
        var answer = sender().send(id, "{\"type\":\"user.created\",\"data\":{\"id\":\"\"}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(one("select status from webhook_events where event_id = '%s'", id))
                .isEqualTo("failed");
        send("user.created", user("u", "Ann", 1));
        assertThat(name("u")).isEqualTo("Ann Berg");
    }

    @Test
    void theSecretBeforeStillServesAndARetiredOneDoesNot() {
        var event = ClerkDouble.event("user.created", user("u", "Ann", 1));
        assertThat(new Sender(port, "clerk", OLD_SECRET).send(Sender.newId(), event).statusCode())
                .isEqualTo(200);
        var retired = new Sender(port, "clerk", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
        assertThat(retired.send(Sender.newId(), event).statusCode()).isEqualTo(400);
    }

    @Test
    void whatWasNeverDeliveredIsFetched() throws Exception {
        CLERK.users.clear();
        CLERK.organizations.clear();
        CLERK.memberships.clear();
        CLERK.wrong.clear();
        for (int i = 0; i < 620; i++) {
            put(
                    CLERK.users,
                    ClerkDouble.user(
                            id("f" + i), "Fay" + i, "f" + i + mark + "@example.org", THEN + i));
        }
        put(CLERK.organizations, school("o", "Fetched", "", 1));
        for (int i = 0; i < 510; i++) {
            put(CLERK.memberships, membership("m" + i, "f" + i, "o", "org:member", i));
        }
        CLERK.refusals.set(2);
        reconciliation.look();
        assertThat(CLERK.wrong).isEmpty();
        assertThat(
                        one(
                                "select count(*)::text from clerk_users where clerk_id like 'user_f%%%s'",
                                mark))
                .isEqualTo("620");
        var members =
                "select count(*)::text from organization_memberships m join clerk_organizations o"
                        + " on o.school_id = m.organization_id where o.clerk_id = '%s' and m.status = 'active'";
        assertThat(one(members, id("o"))).isEqualTo("510");
        // What was deleted meanwhile, and renamed, with no webhook of it.
        CLERK.users.remove(id("f3"));
        CLERK.memberships.remove(id("m4"));
        put(
                CLERK.users,
                ClerkDouble.user(id("f5"), "Renamed", "f5" + mark + "@example.org", THEN + 9_999));
        reconciliation.look();
        assertThat(
                        one(
                                "select (deleted_at is not null)::text from users where id = '%s'",
                                person("f3")))
                .isEqualTo("true");
        assertThat(membership("f4", "o")).isEqualTo("student suspended");
        assertThat(name("f5")).isEqualTo("Renamed Berg");
        CLERK.organizations.clear();
        CLERK.memberships.clear();
        reconciliation.look();
        assertThat(
                        one(
                                "select (closed_at is not null)::text from organizations where subdomain = '%s'",
                                subdomain("o")))
                .isEqualTo("true");
        CLERK.users.clear();
    }

    @Test
    void aSessionTokenOfClerksSignsInAsBearerAndAsCookie() throws Exception {
        send("user.created", user("u", "Ann", 1));
        send("organization.created", school("o", "Knots", "u", 1));
        send("organizationMembership.created", membership("m", "u", "o", "org:admin", 1));
        var subdomain = subdomain("o");
        var good = CLERK.token(claims("u").build());
        var visitor = new Visitor(port);
        var me = visitor.call("GET", subdomain, "/api/v1/me", good, null);
        assertThat(me.status()).as(me.body()).isEqualTo(200);
        assertThat(me.text("role")).isEqualTo("owner");
        var soon = Instant.now();
        var stranger = new RSAKeyGenerator(2048).keyID("ins_1").generate();
        for (var bad :
                List.of(
                        CLERK.token(claims("u").issuer("https://other.example").build()),
                        CLERK.token(
                                claims("u")
                                        .expirationTime(Date.from(soon.minusSeconds(60)))
                                        .build()),
                        CLERK.token(claims("u").expirationTime(null).build()),
                        CLERK.token(
                                claims("u").notBeforeTime(Date.from(soon.plusSeconds(60))).build()),
                        CLERK.token(claims("u").claim("azp", "https://evil.example").build()),
                        CLERK.token(claims("u").claim("azp", null).build()),
                        CLERK.token(claims("u").claim("sts", "pending").build()),
                        CLERK.token(claims("nobody").build()),
                        ClerkDouble.token(claims("u").build(), stranger, "ins_1"),
                        good.substring(0, good.lastIndexOf('.') + 1),
                        "eyJhbGciOiJub25lIn0." + good.split("\\.", -1)[1] + ".")) {
            assertThat(visitor.call("GET", subdomain, "/api/v1/me", bad, null).status())
                    .as(bad)
                    .isEqualTo(401);
        }
        send("user.deleted", ClerkDouble.gone(id("u"), "user"));
        assertThat(visitor.call("GET", subdomain, "/api/v1/me", good, null).status())
                .isEqualTo(401);
    }

    @Test
    void anUnknownKeyIsLookedForOnceAMinuteAtMost() throws Exception {
        send("user.created", user("u", "Ann", 1));
        me(CLERK.token(claims("u").build()));
        int before = CLERK.keysAsked.get();
        for (int i = 0; i < 20; i++) {
            var made = ClerkDouble.token(claims("u").build(), CLERK.key(), "ins_made_up" + i);
            assertThat(me(made)).isEqualTo(401);
        }
        assertThat(CLERK.keysAsked.get() - before).isLessThanOrEqualTo(1);
    }

    private int export(String subdomain, String token) throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/api/v1/school/export"))
                        .header("Host", subdomain + ".localhost:" + port)
                        .header("Authorization", "Bearer " + token)
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private JWTClaimsSet.Builder claims(String user) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(CLERK.address())
                .subject(id(user))
                .claim("azp", "https://school.example")
                .claim("sid", "sess_1")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now.minusSeconds(10)))
                .expirationTime(Date.from(now.plusSeconds(60)));
    }

    private Sender sender() {
        return new Sender(port, "clerk", SECRET);
    }

    private void send(String type, JsonNode data) {
        var id = Sender.newId();
        var answer = sender().send(id, ClerkDouble.event(type, data));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        await().until(() ->
                one("select status from webhook_events where event_id = '%s'", id)
                        .equals("completed"));
    }

    /** The same event of another round's people and schools. */
    private JsonNode renamed(JsonNode data, String round) {
        return new tools.jackson.databind.json.JsonMapper()
                .readTree(data.toString().replace(mark, mark + round));
    }

    private static void put(Map<String, ObjectNode> all, JsonNode one) {
        all.put(one.path("id").asString(), (ObjectNode) one);
    }

    /** Somebody who signed up by themselves, with a password. */
    private UUID known(String address) {
        var school = UUID.randomUUID();
        service.sql(
                        "insert into organizations (id, subdomain, name, created_at) values (:id, :sub, 'S', now())")
                .param("id", school)
                .param("sub", "s" + school.toString().substring(0, 8))
                .update();
        var organization = new Organization(school, "s", "S", "en", null);
        assertThat(Entry.isEmail(address)).isTrue();
        return people.add(
                        organization,
                        new People.NewMember(
                                "Vera", address, "a long walk along the sea", Role.STUDENT))
                .id();
    }

    private JsonNode user(String id, String name, long after) {
        return ClerkDouble.user(id(id), name, id + mark + "@example.org", THEN + after);
    }

    private JsonNode school(String id, String name, String by, long after) {
        return ClerkDouble.organization(
                id(id), name, id + "-" + mark, by.isEmpty() ? "" : id(by), THEN + after);
    }

    private JsonNode membership(String id, String user, String school, String role, long after) {
        return ClerkDouble.membership(id(id), id(user), id(school), role, THEN + after);
    }

    private String id(String name) {
        return "user_" + name + mark;
    }

    private int me(String token) {
        return new Visitor(port).call("GET", null, "/api/v1/me", token, null).status();
    }

    private UUID person(String user) {
        return UUID.fromString(
                one("select user_id::text from clerk_users where clerk_id = '%s'", id(user)));
    }

    private String name(String user) {
        return one("select name from users where id = '%s'", person(user));
    }

    private String email(String user) {
        return one("select email from users where id = '%s'", person(user));
    }

    private String subdomain(String organization) {
        return one(
                "select subdomain from organizations o join clerk_organizations c on c.school_id = o.id where clerk_id = '%s'",
                id(organization));
    }

    private String membership(String user, String organization) {
        return one(
                """
                select m.role || ' ' || m.status from organization_memberships m
                  join clerk_users u on u.user_id = m.user_id
                  join clerk_organizations o on o.school_id = m.organization_id
                 where u.clerk_id = '%s'
                """,
                id(user));
    }

    private String one(String sql, @Nullable Object value) {
        return service.sql(sql.formatted(value))
                .query((row, number) -> String.valueOf(row.getString(1)))
                .optional()
                .orElse("none");
    }
}
