package org.stoa.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.jobs.DueJobs;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** Whoever is invited by their address gets the link by mail. */
@StoaTest
class InvitationMailsTest {
    private final ServiceDatabase service;
    private final DueJobs due;
    private final Post post;
    private final SchoolOfKnots school;
    private final SchoolOfKnots other;
    private final int port;

    @Autowired
    InvitationMailsTest(ServiceDatabase service, DueJobs due, @LocalServerPort int port) {
        this.service = service;
        this.due = due;
        this.post = new Post(service);
        this.port = port;
        this.school = new SchoolOfKnots(port, service).publish();
        this.other = new SchoolOfKnots(port, service).publish();
    }

    @Test
    void theLinkOfTheMailLetsThemInOnce() {
        var ida = address();
        var made =
                invite(Map.of("role", "teacher", "email", ida.toUpperCase(java.util.Locale.ROOT)));
        school.run(due);
        var mail = post.kept("invitation", ida);
        assertThat(mail.text()).contains("to teach here", "Halden");
        assertThat(mail.path()).startsWith("/invited/");
        assertThat(made.text("link")).doesNotContain(mail.path());
        // What waits in the table of jobs, and what stays of those that are done, opens nothing.
        assertThat(jobsNaming(mail.path().substring("/invited/".length()))).isZero();
        assertThat(new Visitor(port).open(other.subdomain, mail.path()).status()).isEqualTo(404);
        var browser = new Visitor(port);
        assertThat(browser.open(school.subdomain, mail.path()).body()).contains("to teach here");
        var form = Map.of("name", "Ida", "email", ida, "password", Visitor.PASSWORD);
        var entered = browser.submit(school.subdomain, mail.path(), form);
        assertThat(entered.address()).endsWith("/studio");
        // The link went to that address alone: nobody need confirm it once more.
        assertThat(
                        service.sql(
                                        "select email_verified_at is not null from users where email = :to")
                                .param("to", ida)
                                .query(Boolean.class)
                                .single())
                .isTrue();
        school.run(due);
        assertThat(post.awaited("verify", ida, "not-wanted", 1)).hasSize(1);
        // It was for one: neither link holds now.
        assertThat(new Visitor(port).open(school.subdomain, mail.path()).status()).isEqualTo(404);
        var shown = made.text("link").replaceAll("^https?://[^/]+", "");
        assertThat(new Visitor(port).open(school.subdomain, shown).status()).isEqualTo(404);
    }

    @Test
    void whatWasTakenBackBeforeTheMailWentIsNotSent() {
        var ida = address();
        var made = invite(Map.of("email", ida));
        var path = "/api/v1/invitations/" + made.text("id");
        assertThat(school.call(school.owner, "DELETE", path, null).status()).isEqualTo(204);
        service.sql("delete from invitation_links where invitation_id = cast(:id as uuid)")
                .param("id", made.text("id"))
                .update();
        school.run(due);
        // Where a worker was quicker, its link does not hold either.
        assertThat(post.of("invitation", ida))
                .allSatisfy(row -> {
                    var link = row.path();
                    assertThat(row.status().equals("refused") || !link.isEmpty()).isTrue();
                    assertThat(
                                    link.isEmpty()
                                            || new Visitor(port)
                                                            .open(school.subdomain, link)
                                                            .status()
                                                    == 404)
                            .isTrue();
                });
    }

    @Test
    void whoIsInvitedToTeachACourseIsToldWhich() {
        var ida = address();
        var staff = new Visitor(port);
        var owner = school.subdomain + "@example.org";
        staff.submit(
                school.subdomain, "/sign-in", Map.of("email", owner, "password", Visitor.PASSWORD));
        var form = Map.of("role", "lead", "address", ida);
        var page = staff.submit(school.subdomain, "/studio/knots/people/invitations", form);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        school.run(due);
        assertThat(post.kept("invitation", ida).text()).contains("to lead “Knots”");
    }

    @Test
    void anInvitationForAnybodyGoesNowhereByItself() {
        int before = mails();
        invite(Map.of("uses", 5));
        school.run(due);
        assertThat(mails()).isEqualTo(before);
    }

    private Visitor.Answer invite(Map<String, Object> wish) {
        var made = school.call(school.owner, "POST", "/api/v1/invitations", wish);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made;
    }

    private static String address() {
        return "ida" + UUID.randomUUID() + "@example.org";
    }

    private int mails() {
        return service.sql(
                        "select count(*) from mails where organization_id = :id and kind = 'invitation'")
                .param("id", school.id)
                .query(Integer.class)
                .single();
    }

    private int jobsNaming(String secret) {
        return service.sql(
                        """
                        select count(*) from (
                            select task_data as data from scheduled_tasks
                            union all select data from finished_jobs where data is not null
                            union all select convert_to(payload::text, 'UTF8') from mails) d
                         where position(:secret in convert_from(d.data, 'UTF8')) > 0
                        """)
                .param("secret", secret)
                .query(Integer.class)
                .single();
    }
}
