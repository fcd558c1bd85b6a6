package org.stoa.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.TestDatabase;

/** Two schools' catalogs: what is listed, what is found, and what never breaks them. */
@StoaTest
class CatalogTest {
    private final Catalog catalog;
    private final ServiceDatabase service;
    private final Ids ids;
    private final int port;
    private Caller halden;
    private Caller harbour;

    @Autowired
    CatalogTest(Catalog catalog, ServiceDatabase service, Ids ids, @LocalServerPort int port) {
        this.catalog = catalog;
        this.service = service;
        this.ids = ids;
        this.port = port;
    }

    @BeforeEach
    void twoSchools() {
        halden = Caller.anonymous(school("halden"));
        harbour = Caller.anonymous(school("harbour"));
        course(halden, 1, "Rope Work", "Crafts", "beginner", "hands", "Knots for every day.");
        course(halden, 2, "Rope", "Crafts", "advanced", "hands", "All of it.");
        course(
                halden,
                3,
                "Pythagoras and friends",
                "Mathematics",
                "beginner",
                "proof",
                "Triangles.");
        course(
                halden,
                4,
                "Programming in Python",
                "Programming",
                "beginner",
                "code",
                "No rope here.");
        course(halden, 5, "Façade und Gerüst", "Crafts", "advanced", "hands", "Bauen.");
        course(harbour, 6, "Ropes of the harbour", "Crafts", "beginner", "hands", "Ours.");
    }

    @Test
    void theBestMatchComesFirst() throws Exception {
        assertThat(found("rope")).containsExactly("Rope", "Rope Work", "Programming in Python");
    }

    @Test
    void typingErrorsAreForgivenAndAccentsToo() throws Exception {
        assertThat(found("pythn")).contains("Programming in Python");
        assertThat(found("progamming")).containsExactly("Programming in Python");
        assertThat(found("facade")).containsExactly("Façade und Gerüst");
        assertThat(found("pyth").getFirst()).isEqualTo("Pythagoras and friends");
        assertThat(found("zebra")).isEmpty();
        assertThat(found("!?")).isEmpty();
    }

    @Test
    void anotherSchoolsCoursesAreNeverFound() throws Exception {
        assertThat(found("harbour")).isEmpty();
        var rows =
                halden.call(() ->
                        service.sql("select count(*) from search_courses(:other, 'rope', 10)")
                                .param("other", harbour.school().id())
                                .query(Integer.class)
                                .single());
        assertThat(rows).isZero();
    }

    @Test
    void filtersNarrowAndFacetsCount() throws Exception {
        var crafts = new Catalog.Filter("", "Crafts", "", "advanced");
        assertThat(titles(halden.call(() -> catalog.page(crafts, null, 12))))
                .containsExactly("Façade und Gerüst", "Rope");
        var ropes = new Catalog.Filter("rope", "Crafts", "hands", "");
        assertThat(titles(halden.call(() -> catalog.page(ropes, null, 12))))
                .containsExactly("Rope", "Rope Work");
        assertThat(halden.call(() -> catalog.facets(crafts)))
                .contains(
                        new Catalog.Facet("everything", "", 5),
                        new Catalog.Facet("found", "", 2),
                        new Catalog.Facet("category", "Crafts", 3),
                        new Catalog.Facet("tag", "hands", 3),
                        new Catalog.Facet("level", "beginner", 3));
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() throws Exception {
        for (int i = 0; i < 20; i++) {
            // At one moment: the place in the list must still be settled.
            course(halden, 9, "Sails " + i, "Sea", "", "wind", "");
        }
        for (var q : List.of("", "sails")) {
            var filter = new Catalog.Filter(q, "Sea", "", "");
            var all = new ArrayList<String>();
            String cursor = null;
            do {
                var at = cursor;
                var page = halden.call(() -> catalog.page(filter, at, 7));
                all.addAll(titles(page));
                cursor = page.nextCursor();
            } while (cursor != null);
            assertThat(all).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void aCursorNobodyHandedOutIsRefused() {
        var cursors =
                List.of(
                        "x",
                        "o-1",
                        "o2147483647",
                        "k",
                        "k1.2.3",
                        "k31556889864403199.0.00000000-0000-0000-0000-000000000000",
                        "k-31557014167219200.0.00000000-0000-0000-0000-000000000000",
                        "k0.-9.00000000-0000-0000-0000-000000000000");
        for (var cursor : cursors) {
            for (var q : List.of("", "rope")) {
                var filter = new Catalog.Filter(q, "", "", "");
                assertThatThrownBy(() -> halden.call(() -> catalog.page(filter, cursor, 100)))
                        .as(cursor)
                        .isInstanceOf(Problem.Invalid.class);
            }
        }
    }

    @Test
    void hostileQuestionsAreAnswered() throws Exception {
        var texts =
                List.of(
                        "\u0000",
                        "a\u0000b",
                        "' or 1=1 --",
                        "a & | ! ( :* <-> \\",
                        "\u202Eevil",
                        "😀😀",
                        "%_\\",
                        "日本語",
                        "x".repeat(10_000),
                        "a ".repeat(400));
        for (var text : texts) {
            var value = URLEncoder.encode(text, StandardCharsets.UTF_8);
            // The server itself refuses a request line of more than 16 KB.
            for (var path :
                    List.of(
                            "/api/v1/courses?q=" + value,
                            "/api/v1/courses?category=" + value,
                            "/api/v1/courses?tag=" + value,
                            "/api/v1/courses?level=" + value,
                            "/api/v1/courses?cursor=" + value,
                            "/courses?q=" + value,
                            "/courses?category=" + value,
                            "/fragments/search?q=" + value)) {
                assertThat(status(halden, path)).as(path).isLessThan(500);
            }
        }
    }

    @Test
    void theSearchPageSaysHowManyThereAre() throws Exception {
        for (int i = 0; i < 20; i++) {
            course(halden, 9, "Sails " + i, "Sea", "", "wind", "");
        }
        assertThat(get(halden, "/courses?q=sails")).contains("20 courses");
    }

    @Test
    void anotherSchoolsCourseIsNotThere() throws Exception {
        assertThat(status(halden, "/courses/ropes-of-the-harbour")).isEqualTo(404);
        assertThat(status(halden, "/api/v1/courses/ropes-of-the-harbour")).isEqualTo(404);
        assertThat(get(halden, "/api/v1/courses?category=Crafts"))
                .contains("\"slug\":\"rope\"")
                .doesNotContain("harbour");
    }

    @Test
    void searchUsesItsIndexes() throws Exception {
        manyCourses(halden, 4_000);
        manyCourses(harbour, 8_000);
        var plan = planOf("select * from search_courses('%s', 'rope', 10)");
        assertThat(plan)
                .contains("catalog_entries_document")
                .contains("catalog_entries_words")
                .contains("catalog_entries_near")
                .doesNotContain("Seq Scan");
    }

    /** How PostgreSQL ran what stands inside the function, as the function's owner. */
    private String planOf(String question) throws SQLException {
        var postgres = TestDatabase.postgres();
        var plan = new StringBuilder();
        try (var connection =
                        DriverManager.getConnection(
                                postgres.url(), "postgres", postgres.secrets().superuser());
                var statement = connection.createStatement()) {
            statement.execute("vacuum analyze catalog_entries");
            statement.execute("load 'auto_explain'");
            statement.execute("set auto_explain.log_min_duration = 0");
            statement.execute("set auto_explain.log_nested_statements = on");
            statement.execute("set auto_explain.log_level = notice");
            var school = halden.school().id();
            statement.execute(
                    "select set_config('stoa.organization', '%s', false)".formatted(school));
            statement.clearWarnings();
            statement.execute(question.formatted(school));
            for (var one = statement.getWarnings(); one != null; one = one.getNextWarning()) {
                plan.append(one.getMessage()).append('\n');
            }
        }
        return plan.toString();
    }

    private void manyCourses(Caller at, int number) {
        service.sql(
                        """
                        with many as (
                            select gen_random_uuid() as id, 'c' || n as slug, md5(n::text) as title
                              from generate_series(1, :number) n
                        ), added as (
                            insert into courses (organization_id, id, slug, title, created_at, updated_at)
                            select :school, id, slug, title, now(), now() from many)
                        insert into catalog_entries
                               (organization_id, course_id, release_id, slug, title, summary, category, tags,
                                level, language, lesson_count, module_sizes, minutes, published_at, words,
                                document)
                        select :school, id, id, slug, title, '', '', '{}', '', 'en', 1, '{1}', 5, now(), title,
                               to_tsvector('simple', title)
                          from many
                        """)
                .param("school", at.school().id())
                .param("number", number)
                .update();
    }

    private List<String> found(String q) throws Exception {
        var filter = new Catalog.Filter(q, "", "", "");
        return titles(halden.call(() -> catalog.page(filter, null, 12)));
    }

    private static List<String> titles(Slice<Catalog.Entry> page) {
        return page.items().stream().map(Catalog.Entry::title).toList();
    }

    private int status(Caller at, String path) throws IOException {
        return Integer.parseInt(get(at, path).substring(9, 12));
    }

    /** The whole answer; HTTP clients do not let a test choose the host. */
    private String get(Caller at, String path) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request =
                    "GET "
                            + path
                            + " HTTP/1.0\r\nHost: "
                            + at.school().subdomain()
                            + ".localhost\r\nAccept: */*\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void course(
            Caller at,
            int day,
            String title,
            String category,
            String level,
            @Nullable String tag,
            String summary) {
        service.sql(
                        """
                        with course as (
                            insert into courses (organization_id, id, slug, title, created_at, updated_at)
                            values (:school, :id, :slug, :title, :at, :at))
                        insert into catalog_entries
                               (organization_id, course_id, release_id, slug, title, summary, category, tags,
                                level, language, lesson_count, module_sizes, minutes, published_at, words,
                                document)
                        values (:school, :id, :id, :slug, :title, :summary, :category, array[:tag], :level,
                                'en', 1, '{1}', 5, :at, folded(:title || ' ' || :tag || ' ' || :category),
                                setweight(to_tsvector('simple', folded(:title)), 'A')
                                || setweight(to_tsvector('simple', folded(:summary)), 'C'))
                        """)
                .param("school", at.school().id())
                .param("id", ids.next())
                .param("slug", org.stoa.catalog.source.Slugs.of(title, "course"))
                .param("title", title)
                .param("summary", summary)
                .param("category", category)
                .param("level", level)
                .param("tag", tag)
                .param("at", Instant.EPOCH.plusSeconds(86_400L * day).atOffset(ZoneOffset.UTC))
                .update();
    }

    private Organization school(String name) {
        var subdomain = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        var school = new Organization(ids.next(), subdomain, name, "en", null);
        service.sql(
                        "insert into organizations (id, subdomain, name, created_at)"
                                + " values (:id, :subdomain, :name, :now)")
                .param("id", school.id())
                .param("subdomain", subdomain)
                .param("name", name)
                .param("now", Instant.EPOCH.atOffset(ZoneOffset.UTC))
                .update();
        return school;
    }
}
