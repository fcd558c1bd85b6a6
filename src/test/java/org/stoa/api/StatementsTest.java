package org.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.testing.StoaTest;
import org.stoa.testing.TestDatabase;
import org.stoa.testing.Visitor;

/**
 * How many statements a page sends once it is warm, by the database's own log. The binding, which
 * travels with a statement, is not one of its own.
 */
@StoaTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsTest {
    private static final Path LOG = TestDatabase.DATA.resolve("postgres/log");
    private static final int LEAST = 2;
    private static final int TIMES = 40;
    private static final int MOST = 3;

    private @LocalServerPort int port;
    private ApiSchool school = new ApiSchool(new Wire(0), "", "", "", "", "", "", "", List.of());
    private Visitor visitor = new Visitor(0);

    @BeforeAll
    void aLearnerAndALog() throws Exception {
        school = ApiSchool.open(port);
        visitor = new Visitor(port);
        var email = "owner@" + school.subdomain() + ".example.org";
        var signIn = Map.of("email", email, "password", ApiSchool.PASSWORD);
        visitor.submit(null, "/sign-in", signIn);
        assertThat(visitor.submit(school.subdomain(), "/sign-in", signIn).status()).isEqualTo(200);
        var join = "/courses/" + school.course() + "/join";
        assertThat(visitor.submit(school.subdomain(), join, Map.of()).status()).isEqualTo(200);
        logging("alter system set log_statement = 'all'");
    }

    @AfterAll
    void noLog() throws Exception {
        logging("alter system reset log_statement");
    }

    /** The log itself tells when the change has come to pass. */
    private static void logging(String change) throws Exception {
        var postgres = TestDatabase.postgres();
        try (var connection =
                        DriverManager.getConnection(
                                postgres.url(), "postgres", postgres.secrets().superuser());
                var statement = connection.createStatement()) {
            statement.execute(change);
            statement.execute("select pg_reload_conf()");
            if (change.contains("reset")) {
                return;
            }
            var until = System.nanoTime() + Duration.ofSeconds(120).toNanos();
            for (int i = 0; ; i++) {
                statement.execute("select 'marker " + i + "'");
                if (since(0).stream().anyMatch(line -> line.contains("'marker "))) {
                    return;
                }
                assertThat(System.nanoTime()).as("The log begins").isLessThan(until);
                Thread.onSpinWait();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/courses",
                "/courses?q=knots",
                "/courses?category=none",
                "/courses/knots",
                "/fragments/corner",
                "/fragments/standing/knots",
                "/fragments/search?q=knots",
                "/learn",
                "/learn/knots/lesson-1",
                "/learn/knots/lesson-1/discussion",
                "/fragments/discussion/knots/lesson-1",
                "/studio/knots/discussion",
                "/messages",
                "/messages/knots",
                "/account",
                "/announcements",
                "/learn/knots/announcements",
                "/studio/knots/announcements",
                "/admin/announcements",
                "/studio",
                "/studio/import",
                "/studio/new",
                "/studio/knots",
                "/studio/knots/people",
                "/studio/knots/facts",
                "/admin/categories",
                "/studio/knots/learners",
                "/studio/knots/lessons/LESSON",
                "/studio/knots/lessons/LESSON/versions",
                "/studio/knots/lessons/LESSON/rules",
                "/studio/knots/access",
                "/studio/knots/lessons/LESSON/versions?version=1",
                "/studio/knots/history",
                "/studio/knots/releases",
                "/studio/knots/releases/1/withdraw",
                "/admin/members",
                "/admin/jobs",
                "/admin/sales",
                "/admin/sales?span=months&q=knots&status=paid",
                "/admin/payments",
                "/admin/sales/billing",
                "/orders",
                "/admin/members/import",
                "/admin/invitations",
                "/admin/school",
                "/admin/export",
                "/courses/knots/leave",
                "/api",
            })
    void aPageOfASchoolSendsThreeStatementsAtMost(String path) throws IOException {
        var lesson = school.lessons().getFirst();
        var sent = sent(visitor, school.subdomain(), path.replace("LESSON", lesson), MOST);
        assertThat(sent.size()).as("%s sends %s", path, sent).isLessThanOrEqualTo(MOST);
    }

    /**
     * It holds the whole draft against the release, and the rules of its lessons against each
     * other.
     */
    @Test
    void thePageBeforePublishingSendsFourStatementsAtMost() throws IOException {
        assertThat(sent(visitor, school.subdomain(), "/studio/knots/publish", MOST + 1))
                .hasSizeLessThanOrEqualTo(MOST + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/start", "/schools", "/account", "/sign-in"})
    void aPageOfThePlatformSendsThreeStatementsAtMost(String path) throws IOException {
        var sent = sent(visitor, null, path, MOST);
        assertThat(sent.size()).as("%s sends %s", path, sent).isLessThanOrEqualTo(MOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/courses", "/courses/knots"})
    void aKeptPageSendsNone(String path) throws IOException {
        assertThat(sent(new Visitor(port), school.subdomain(), path, 0)).isEmpty();
    }

    @Test
    void aLogThatSaysNothingWouldBeNoticed() throws IOException {
        assertThat(sent(visitor, school.subdomain(), "/learn", MOST)).isNotEmpty();
    }

    /**
     * The fewest of some visits, since jobs of the program may run at the same time: a page that
     * needs more never sends fewer, however often it is asked for.
     */
    private static List<String> sent(
            Visitor visitor, @Nullable String subdomain, String path, int most) throws IOException {
        for (int i = 0; i < 2; i++) {
            assertThat(visitor.peek(subdomain, path).status()).as(path).isIn(200, 303);
        }
        List<String> fewest = List.of();
        for (int i = 0; i < LEAST || (fewest.size() > most && i < TIMES); i++) {
            long before = Files.size(LOG);
            visitor.peek(subdomain, path);
            var sent = since(before);
            fewest = i == 0 || sent.size() < fewest.size() ? sent : fewest;
        }
        return fewest;
    }

    private static List<String> since(long position) throws IOException {
        try (var log = new RandomAccessFile(LOG.toFile(), "r")) {
            log.seek(position);
            var bytes = new byte[(int) (log.length() - position)];
            log.readFully(bytes);
            var sent = new ArrayList<String>();
            for (var line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
                boolean statement =
                        line.contains("LOG:  execute ") || line.contains("LOG:  statement: ");
                if (statement && !line.contains("select set_config('stoa.organization'")) {
                    sent.add(line.substring(line.indexOf("LOG:  ") + 6));
                }
            }
            return sent;
        }
    }
}
