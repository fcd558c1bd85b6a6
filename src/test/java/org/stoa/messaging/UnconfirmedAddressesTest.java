package org.stoa.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.jobs.DueJobs;
import org.stoa.messaging.SchoolOfKnots.Member;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** Somebody signed up with an address that may be another's. */
@StoaTest
class UnconfirmedAddressesTest {
    private final DueJobs due;
    private final Post post;
    private final SchoolOfKnots school;

    @Autowired
    UnconfirmedAddressesTest(ServiceDatabase service, DueJobs due, @LocalServerPort int port) {
        this.due = due;
        this.post = new Post(service);
        this.school = new SchoolOfKnots(port, service).publish();
    }

    @Test
    void itIsUsedForNothingButTheMailThatAsksAndWhatItsOwnerAsksFor() {
        var sam = school.unconfirmed("Sam");
        school.join(sam);
        var words = Map.of("title", "Welcome", "text", "We begin on Monday.");
        var announced =
                school.call(school.owner, "POST", "/api/v1/courses/knots/announcements", words);
        assertThat(announced.status()).as(announced.body()).isLessThan(300);
        school.run(due);
        post.kept("verify", sam.email());
        for (var kind : new String[] {"enrolled", "announcement"}) {
            assertThat(post.awaited(kind, sam.email(), "unconfirmed", 1)).hasSize(1);
        }
        var told = school.call(sam.token(), "GET", "/api/v1/me/notifications", null);
        assertThat(told.body()).contains("enrolled", "announced");
        var admin = school.browser(new Member(school.subdomain + "@example.org", school.owner));
        assertThat(admin.open(school.subdomain, "/admin/mailbox?status=unconfirmed").body())
                .contains(sam.email(), "The address is not confirmed");
        school.browser(sam).submit(school.subdomain, "/forgot", Map.of("email", sam.email()));
        school.run(due);
        post.kept("reset", sam.email());
        // Once it is, what did not go may be sent.
        post.confirm(sam.email());
        var enrolled = post.of("enrolled", sam.email()).getFirst().id();
        admin.submit(school.subdomain, "/admin/mailbox/" + enrolled + "/again", Map.of());
        school.run(due);
        post.kept("enrolled", sam.email());
    }

    @Test
    void aNameSendsNobodyAnywhere() {
        var eve = school.unconfirmed("[evil](http://evil.example) www.evil.example");
        school.run(due);
        var proof = post.kept("verify", eve.email());
        assertThat(proof.text() + proof.html()).doesNotContainIgnoringCase("evil");
        school.browser(eve).submit(school.subdomain, "/forgot", Map.of("email", eve.email()));
        school.run(due);
        var reset = post.kept("reset", eve.email());
        assertThat(reset.text() + reset.html())
                .doesNotContain("evil.example", "http://evil", "[evil]");
    }

    @Test
    void theFirstMailIsInTheLanguageThePageWasShownIn() {
        var spanish = new Visitor(school.port()).reading("es");
        school.language("und");
        var email = "ida" + java.util.UUID.randomUUID() + "@example.org";
        var form = Map.of("name", "Ida", "email", email, "password", Visitor.PASSWORD);
        spanish.submit(school.subdomain, "/sign-up", form);
        school.run(due);
        var proof = post.kept("verify", email);
        assertThat(proof.text()).contains("Confirma, por favor");
        new Visitor(school.port()).submit(school.subdomain, proof.path(), Map.of());
        spanish.submit(school.subdomain, "/forgot", Map.of("email", email));
        school.run(due);
        assertThat(post.kept("reset", email).html()).contains("lang=\"es\"");
    }
}
