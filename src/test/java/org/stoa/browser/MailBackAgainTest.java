package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.messaging.MailServer.Mood;
import org.stoa.messaging.MailTest;
import org.stoa.messaging.Post;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.Visitor;

/** A mail server that fails, what stands in the log, the server back, one click, the mail once. */
@MailTest
class MailBackAgainTest extends BrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PASSWORD = "a long walk along the sea";

    @Autowired private ServiceDatabase service;

    @AfterEach
    void inGoodMood() {
        MailTest.SERVER.is(Mood.TAKES);
    }

    @Test
    void whatCouldNotBeSentIsSentOnceWhenTheServerIsBack() {
        var visitor = new Visitor(port);
        var owner = "owner" + UUID.randomUUID() + "@example.org";
        var founder = Map.of("name", "Olga", "email", owner, "password", PASSWORD);
        var school =
                visitor.call(
                                "POST",
                                null,
                                "/api/v1/organizations",
                                null,
                                Map.of("name", "Halden " + UUID.randomUUID(), "owner", founder))
                        .text("subdomain");
        var site = "http://" + school + ".localhost:" + port;
        MailTest.SERVER.is(Mood.NEVER);
        var sam = "sam" + UUID.randomUUID() + "@example.org";
        var pupils = context().newPage();
        pupils.navigate(site + "/sign-up");
        pupils.getByLabel("Your name").fill("Sam");
        pupils.getByLabel("E-mail").fill(sam);
        pupils.getByLabel("Password").fill(PASSWORD);
        pupils.locator("main button").click();
        pupils.waitForURL("**/learn");
        // Nobody waits for the mail: there is a quiet line, and a place to learn in.
        assertThat(pupils.getByText("not confirmed yet")).isVisible();
        new Post(service).awaited("verify", sam, "refused", 1);

        var admins = context().newPage();
        admins.navigate(site + "/sign-in?next=/admin/mailbox");
        admins.getByLabel("E-mail").fill(owner);
        admins.getByLabel("Password").fill(PASSWORD);
        admins.locator("main button").click();
        admins.waitForURL("**/admin/mailbox");
        var row = admins.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(sam));
        assertThat(row).containsText("550 5.1.1 Nobody of that name lives here");
        assertThat(MailTest.SERVER.takenFor(sam)).isEmpty();

        MailTest.SERVER.is(Mood.TAKES);
        row.getByText("Send again").click();
        assertThat(admins.getByText("It is being sent once more")).isVisible();
        new Post(service).awaited("verify", sam, "sent", 1);
        admins.navigate(site + "/admin/mailbox");
        assertThat(row).containsText("sent");
        assertThat(row.getByText("Send again")).hasCount(0);
        assertThat(MailTest.SERVER.takenFor(sam)).hasSize(1);
    }

    @Test
    void aServerThatIsAwayLeavesTheMailAmongTheDeadLettersAndOneReplaySendsItOnce() {
        var school = school();
        MailTest.SERVER.is(Mood.AWAY);
        var sam = pupil(school);
        whenEveryTryWasInVain(sam);
        var jobs = admin(school, "/admin/jobs");
        var row = jobs.locator("tbody tr");
        assertThat(row).hasCount(1);
        assertThat(row).containsText("sign-in-mail");
        row.locator("a.row-title").click();
        assertThat(jobs.getByText("What went wrong").first()).isAttached();
        assertThat(MailTest.SERVER.takenFor(sam)).isEmpty();

        MailTest.SERVER.is(Mood.TAKES);
        jobs.locator(".part-head button").click();
        new Post(service).awaited("verify", sam, "sent", 1);
        jobs.navigate(site(school) + "/admin/jobs");
        assertThat(jobs.getByText("Nothing is dead")).isVisible();
        jobs.navigate(site(school) + "/admin/mailbox");
        var mail = jobs.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(sam));
        assertThat(mail).containsText("sent");
        assertThat(mail.getByText("Send again")).hasCount(0);
        assertThat(MailTest.SERVER.takenFor(sam)).hasSize(1);
    }

    @Test
    void whatAServerRefusesIsADeadLetterAtOnceAndTheMailboxReplaysThatOne() {
        var school = school();
        MailTest.SERVER.is(Mood.CLOSED);
        var sam = pupil(school);
        new Post(service).awaited("verify", sam, "refused", 1);
        var admins = admin(school, "/admin/jobs");
        await().atMost(PATIENCE).until(() -> dead(sam) == 1);
        admins.reload();
        assertThat(admins.locator("tbody tr")).containsText("sign-in-mail");

        MailTest.SERVER.is(Mood.TAKES);
        admins.navigate(site(school) + "/admin/mailbox");
        var mail = admins.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(sam));
        assertThat(mail).containsText("554 5.7.1 Relaying is not for you");
        mail.getByText("Send again").click();
        assertThat(admins.getByText("It is being sent once more")).isVisible();
        new Post(service).awaited("verify", sam, "sent", 1);
        admins.navigate(site(school) + "/admin/jobs");
        assertThat(admins.getByText("Nothing is dead")).isVisible();
        assertThat(MailTest.SERVER.takenFor(sam)).hasSize(1);
    }

    /** Half a day of waiting between tries, left out. */
    private void whenEveryTryWasInVain(String to) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    service.sql(
                                    """
                                    update scheduled_tasks set execution_time = now()
                                     where not picked and at_organization =
                                           (select m.organization_id
                                              from organization_memberships m
                                              join users u on u.id = m.user_id
                                             where u.email = :to)
                                       and task_name = 'sign-in-mail'
                                    """)
                            .param("to", to)
                            .update();
                    return dead(to) == 1;
                });
    }

    private int dead(String to) {
        return service.sql(
                        """
                        select count(*) from finished_jobs f
                          join organization_memberships m on m.organization_id = f.organization_id
                          join users u on u.id = m.user_id
                         where u.email = :to and f.state = 'dead' and f.kind = 'sign-in-mail'
                        """)
                .param("to", to)
                .query(Integer.class)
                .single();
    }

    /** Its owner's address begins with its name, and is written to before anything fails. */
    private String school() {
        var school = new Visitor(port).found("Halden").text("subdomain");
        new Post(service).awaited("verify", school + "@example.org", "sent", 1);
        return school;
    }

    private String pupil(String school) {
        var sam = "sam" + UUID.randomUUID() + "@example.org";
        var form = Map.of("name", "Sam", "email", sam, "password", PASSWORD);
        var made = new Visitor(port).call("POST", school, "/api/v1/users", null, form);
        assertThat(made.status()).isEqualTo(201);
        return sam;
    }

    private Page admin(String school, String path) {
        return enter(context().newPage(), site(school), school + "@example.org", path);
    }

    private String site(String school) {
        return "http://" + school + ".localhost:" + port;
    }
}
