package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.identity.Town.PASSWORD;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.TestDatabase;
import org.stoa.testing.Visitor;

/** Lists of people, as schools have them and as nobody would want them. */
@StoaTest
class MemberImportsTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort private int port;

    private final ServiceDatabase service;
    private Town town;
    private Town.School halden;
    private Town.School harbour;

    @Autowired
    MemberImportsTest(ServiceDatabase service) {
        this.service = service;
    }

    @BeforeEach
    void aTownWithTwoSchools() {
        town = new Town(port);
        halden = town.school("halden");
        harbour = town.school("harbour");
    }

    @Test
    void aListIsLookedOverAndThenAllOfItIsKept() {
        var sam = town.pupil(halden);
        var ines = Town.email("ines");
        var csv =
                "role;e-mail;name\n;%s;Sam\nteacher;%s;Inès Okafor\n\n"
                        .formatted(sam.email(), ines);
        var look = send(true, csv.getBytes(StandardCharsets.UTF_8));
        assertThat(look.status()).as(look.body()).isEqualTo(200);
        assertThat(look.json().path("lines").findValuesAsString("outcome"))
                .containsExactly("here-already", "added");
        assertThat(look.json().path("lines").findValuesAsString("line")).containsExactly("2", "3");
        assertThat(members()).isEqualTo(2);
        assertThat(send(false, csv.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(201);
        assertThat(members()).isEqualTo(3);
        assertThat(send(false, csv.getBytes(StandardCharsets.UTF_8)).text("added")).isEqualTo("0");
        assertThat(members()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, '', UTF-8",
        "UTF-8, '\uFEFF', UTF-8",
        "UTF-16LE, '\uFEFF', UTF-16",
        "UTF-16BE, '\uFEFF', UTF-16",
        "UTF-16LE, '', UTF-16",
        "ISO-8859-1, '', Windows-1252",
        "windows-1252, '', Windows-1252"
    })
    void anEncodingIsRecognised(String charset, String mark, String said) {
        var csv = mark + "name,email\nZoë Müller,%s\n".formatted(Town.email("zoe"));
        var look = send(true, csv.getBytes(Charset.forName(charset)));
        assertThat(look.status()).as(look.body()).isEqualTo(200);
        assertThat(look.text("encoding")).isEqualTo(said);
        assertThat(look.text("lines.0.name")).isEqualTo("Zoë Müller");
    }

    @Test
    void whatIsNoListIsNamedPlainlyAndKeepsNothing() {
        var hostile =
                Map.of(
                        "",
                        "empty",
                        "\n\n",
                        "empty",
                        "name,email",
                        "nobody below",
                        "Ines,ines@example.org",
                        "first line has to name the columns",
                        "name,email,name\nA,a@b.org,B",
                        "twice",
                        "name,email,shoe size\nA,a@b.org,41",
                        "none of them",
                        "name,email\n\"A,a@b.org",
                        "never closed",
                        "name,email\n\"A\"x,a@b.org",
                        "after a closing quotation mark",
                        "name,email\n" + "A,a@b.org\n".repeat(10_002),
                        "more than 10,000 lines");
        hostile.forEach((csv, words) -> {
            for (boolean dry : new boolean[] {true, false}) {
                var answer = send(dry, csv.getBytes(StandardCharsets.UTF_8));
                assertThat(answer.status()).as(words).isEqualTo(422);
                assertThat(answer.text("errors.0.field")).isEqualTo("file");
                assertThat(answer.text("errors.0.message")).contains(words);
            }
        });
        assertThat(send(true, new byte[] {0, 1, 2, (byte) 0xFF, (byte) 0x81, 9}).status())
                .isEqualTo(422);
        assertThat(members()).isEqualTo(1);
    }

    @Test
    void aMillionLinesAreRefusedBeforeTheyAreRead() {
        var csv = ("name,email\n" + "A,a@b.org\n".repeat(1_000_000));
        var answer = send(false, csv.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(members()).isEqualTo(1);
    }

    @Test
    void aWrongLineIsNamedByItsNumberAndNothingIsKept() {
        var good = Town.email("good");
        var csv =
                """
                name,email,role
                Good,%1$s,student
                "Two
                lines",two@example.org,student
                Bad,no address,student
                Again,%2$s,student
                Wizard,wizard@example.org,wizard
                ,nameless@example.org,
                Many,many@example.org,student,more,columns
                =1+1,formula@example.org,student
                """
                        .formatted(good, good.toUpperCase(java.util.Locale.ROOT));
        var answer = send(false, csv.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsString("field"))
                .containsExactly("line 3", "line 5", "line 6", "line 7", "line 8", "line 9");
        assertThat(answer.text("errors.2.message")).isEqualTo("The same address as in line 2.");
        assertThat(answer.text("errors.5.message")).contains("5 columns");
        assertThat(members()).isEqualTo(1);
        assertThat(accounts(good)).isZero();
    }

    @Test
    void aFaultInTheMiddleLeavesNothing() throws SQLException {
        var mark = Town.fresh("fault");
        var csv = "name,email\n" + lines(50, mark);
        TestDatabase.asSuperuser(
                """
                create function fault_%1$s() returns trigger language plpgsql as $$
                begin
                    if exists (select from public.users u
                                where u.id = new.user_id and u.email = '%1$s-25@example.org') then
                        raise exception 'a fault in the middle';
                    end if;
                    return new;
                end $$;
                create trigger fault before insert on organization_memberships
                    for each row execute function fault_%1$s();
                """
                        .formatted(mark));
        try {
            var answer = send(false, csv.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).isEqualTo(500);
        } finally {
            TestDatabase.asSuperuser(
                    "drop trigger fault on organization_memberships; drop function fault_%s()"
                            .formatted(mark));
        }
        assertThat(members()).isEqualTo(1);
        assertThat(accounts(mark + "-%@example.org")).isZero();
        assertThat(send(false, csv.getBytes(StandardCharsets.UTF_8)).text("added")).isEqualTo("50");
    }

    @Test
    void tenThousandLinesComeInTogether() {
        var csv = "name,email,role\n" + lines(10_000, Town.fresh("m"));
        var began = System.nanoTime();
        var answer = send(false, csv.getBytes(StandardCharsets.UTF_8));
        var took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(answer.status()).as(answer.body().substring(0, 200)).isEqualTo(201);
        System.out.println("10,000 lines in " + took.toMillis() + " ms");
        assertThat(members()).isEqualTo(10_001);
        assertThat(links(halden)).hasSize(10_000);
    }

    @Test
    void whoWasBroughtInChoosesAPasswordByTheirLink() {
        var email = Town.email("ines");
        var csv = "name,email,role\nInes Okafor," + email + ",teacher";
        send(false, csv.getBytes(StandardCharsets.UTF_8));
        var stale = links(halden).getFirst();
        var link = links(halden).getFirst();
        assertThat(new Visitor(port).open(halden.subdomain(), stale).status()).isEqualTo(404);
        var visitor = new Visitor(port);
        var entered =
                visitor.submit(halden.subdomain(), link, InvitationsTest.form(email, PASSWORD));
        assertThat(entered.status()).isEqualTo(200);
        assertThat(entered.address()).endsWith("/studio");
        assertThat(town.signIn(halden, email, PASSWORD).status()).isEqualTo(201);
        assertThat(links(halden)).isEmpty();
    }

    /** A school's administrator holds the links; another school's people must not be theirs. */
    @Test
    void aLinkDoesNotTakeOverAnAccountThatAnotherSchoolHasToo() {
        var email = Town.email("ines");
        var csv = ("name,email\nInes," + email).getBytes(StandardCharsets.UTF_8);
        assertThat(send(halden, false, csv).status()).isEqualTo(201);
        assertThat(send(harbour, false, csv).status()).isEqualTo(201);
        var owned = Town.email("sam");
        assertThat(town.signUp(harbour, owned, PASSWORD).status()).isEqualTo(201);
        var known = ("name,email\nSam," + owned).getBytes(StandardCharsets.UTF_8);
        assertThat(send(halden, false, known).status()).isEqualTo(201);
        for (var link : links(halden)) {
            for (var one : List.of(email, owned)) {
                var form = InvitationsTest.form(one, "what the admin thought up");
                assertThat(new Visitor(port).submit(halden.subdomain(), link, form).status())
                        .isIn(409, 422);
                assertThat(town.signIn(harbour, one, "what the admin thought up").status())
                        .isNotEqualTo(201);
            }
        }
    }

    @Test
    void formulasAreKeptFromBeingOnesWhereTheyGoOut() {
        var email = Town.email("eve");
        var csv = "name,email\n\"=HYPERLINK(\"\"http://x\"\")\"," + email;
        assertThat(send(false, csv.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(201);
        var visitor = new Visitor(port);
        visitor.submit(
                halden.subdomain(),
                "/sign-in",
                Map.of("email", halden.ownerEmail(), "password", PASSWORD));
        var links = visitor.submit(halden.subdomain(), "/admin/members/links", Map.of());
        assertThat(links.header("Content-Type")).startsWith("text/csv");
        assertThat(links.body()).contains("\"'=HYPERLINK(\"\"http://x\"\")\"");
    }

    private List<String> links(Town.School school) {
        return town
                .as("POST", school, "/api/v1/member-links", school.token(), null)
                .json()
                .path("items")
                .findValuesAsString("link")
                .stream()
                .map(InvitationsTest::path)
                .toList();
    }

    private static String lines(int many, String mark) {
        return IntStream.range(0, many)
                .mapToObj(i -> "Person %d,%s-%d@example.org".formatted(i, mark, i))
                .collect(Collectors.joining("\n"));
    }

    private int members() {
        return service.sql(
                        "select count(*) from organization_memberships m join organizations o"
                                + " on o.id = m.organization_id where o.subdomain = :school")
                .param("school", halden.subdomain())
                .query(Integer.class)
                .single();
    }

    private int accounts(String like) {
        return service.sql("select count(*) from users where email like :like")
                .param("like", like)
                .query(Integer.class)
                .single();
    }

    private Visitor.Answer send(boolean dry, byte[] csv) {
        return send(halden, dry, csv);
    }

    private Visitor.Answer send(Town.School school, boolean dry, byte[] csv) {
        var path = "/api/v1/member-imports?dryRun=" + dry;
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Host", new Visitor(port).host(school.subdomain()))
                        .header("Authorization", "Bearer " + school.token())
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofByteArray(csv))
                        .build();
        try {
            return new Visitor.Answer(path, HTTP.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
