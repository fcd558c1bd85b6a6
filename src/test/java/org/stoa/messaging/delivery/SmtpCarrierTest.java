package org.stoa.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stoa.messaging.MailServer;
import org.stoa.messaging.templates.Letter;

/** What a mail server gets, and what is made of its answers. */
class SmtpCarrierTest {
    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

    @BeforeEach
    void begin() {
        post.start();
    }

    @AfterEach
    void end() {
        post.stop();
    }

    @Test
    void aMailArrivesInTheNameOfTheSchool() throws Exception {
        var answer =
                carrier(post.getSmtp().getPort()).carry(to("ada@example.org", "Halden Økoskole"));
        assertThat(answer.outcome()).as(answer.words()).isEqualTo(Carrier.Outcome.SENT);
        var mail = arrived();
        assertThat(mail.getFrom()[0].toString()).contains("stoa@school.example");
        assertThat(((jakarta.mail.internet.InternetAddress) mail.getFrom()[0]).getPersonal())
                .isEqualTo("Halden Økoskole");
        assertThat(mail.getHeader("Message-ID", null)).isEqualTo("<" + ID + "@school.example>");
        assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(mail.getSubject()).isEqualTo("A subject – with a dash");
        assertThat(mail.getHeader("List-Unsubscribe", null))
                .isEqualTo("<https://school.example/unsubscribe/t>");
        assertThat(mail.getHeader("List-Unsubscribe-Post", null))
                .isEqualTo("List-Unsubscribe=One-Click");
        var both = (MimeMultipart) mail.getContent();
        assertThat(both.getContentType()).startsWith("multipart/alternative");
        assertThat((String) both.getBodyPart(0).getContent()).contains("Grüße");
        assertThat((String) both.getBodyPart(1).getContent()).contains("<p>Grüße</p>");
    }

    /** The same mail once more is known by its name. */
    @Test
    void aSecondAttemptHasTheSameName() throws Exception {
        var carrier = carrier(post.getSmtp().getPort());
        carrier.carry(to("ada@example.org", "Halden"));
        carrier.carry(to("ada@example.org", "Halden"));
        var mails = post.getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[0].getMessageID()).isEqualTo(mails[1].getMessageID());
    }

    @Test
    void namesDoNotBecomeHeaders() throws Exception {
        var name = "Halden\r\nBcc: victim@example.org\r\n\r\n\u202Eevil\u0000" + "x".repeat(500);
        var carrier = carrier(post.getSmtp().getPort());
        var envelope =
                new Envelope(
                        ID,
                        "ada@example.org",
                        name,
                        "office@example.org",
                        new Letter("Hi\r\nX-Evil: 1\u2028there", "text", "<p>html</p>"),
                        Instant.EPOCH,
                        "",
                        "");
        assertThat(carrier.carry(envelope).outcome()).isEqualTo(Carrier.Outcome.SENT);
        var mail = arrived();
        assertThat(post.getReceivedMessages()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getHeader("X-Evil")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getSubject()).isEqualTo("Hi X-Evil: 1 there");
        assertThat(mail.getReplyTo()[0].toString()).isEqualTo("office@example.org");
        var personal = ((jakarta.mail.internet.InternetAddress) mail.getFrom()[0]).getPersonal();
        assertThat(personal).doesNotContain("\r", "\n", "\u202E", "\u0000").hasSizeLessThan(160);
    }

    @Test
    void addressesThatAreSeveralOrNoneAreRefused() {
        var carrier = carrier(post.getSmtp().getPort());
        for (var address :
                new String[] {
                    "a@example.org, b@example.org",
                    "a@example.org\r\nBcc: b@example.org",
                    "nobody",
                    ""
                }) {
            assertThat(carrier.carry(to(address, "Halden")).outcome())
                    .as(address)
                    .isEqualTo(Carrier.Outcome.REFUSED);
        }
        assertThat(post.getReceivedMessages()).isEmpty();
    }

    @Test
    void eachAnswerOfAServerIsWhatItIs() {
        try (var server = new MailServer()) {
            var carrier = carrier(server.port());
            server.is(MailServer.Mood.NOT_NOW);
            var later = carrier.carry(to("ada@example.org", "Halden"));
            assertThat(later.outcome()).isEqualTo(Carrier.Outcome.LATER);
            assertThat(later.words()).contains("451 4.7.1 Come back in a while");
            server.is(MailServer.Mood.NEVER);
            var refused = carrier.carry(to("ada@example.org", "Halden"));
            assertThat(refused.outcome()).isEqualTo(Carrier.Outcome.REFUSED);
            assertThat(refused.words()).contains("550 5.1.1 Nobody of that name lives here");
            server.is(MailServer.Mood.BREAKS_OFF);
            assertThat(carrier.carry(to("ada@example.org", "Halden")).outcome())
                    .isEqualTo(Carrier.Outcome.UNKNOWN);
            server.is(MailServer.Mood.TAKES);
            var taken = carrier.carry(to("ada@example.org", "Halden"));
            assertThat(taken.outcome()).isEqualTo(Carrier.Outcome.SENT);
            assertThat(taken.words()).contains("taken as");
        }
    }

    @Test
    void aServerThatIsNotThereIsAskedLater() {
        int port = closedPort();
        var answer = carrier(port).carry(to("ada@example.org", "Halden"));
        assertThat(answer.outcome()).isEqualTo(Carrier.Outcome.LATER);
        assertThat(answer.words()).contains("Couldn't connect");
    }

    /** Where it is required, nothing is sent to a server that does not encrypt. */
    @Test
    void nothingGoesInTheOpenWhereItMustNot() {
        var settings =
                new MailSettings("127.0.0.1", post.getSmtp().getPort(), "starttls", "", "", "");
        var answer =
                new SmtpCarrier(settings, "stoa@school.example").carry(to("a@example.org", "H"));
        assertThat(answer.outcome()).isEqualTo(Carrier.Outcome.LATER);
        assertThat(post.getReceivedMessages()).isEmpty();
    }

    private static int closedPort() {
        try (var server = new MailServer()) {
            return server.port();
        }
    }

    private MimeMessage arrived() {
        return post.getReceivedMessages()[0];
    }

    private static SmtpCarrier carrier(int port) {
        return new SmtpCarrier(
                new MailSettings("127.0.0.1", port, "none", "", "", ""), "stoa@school.example");
    }

    private static Envelope to(String address, String sender) {
        return new Envelope(
                ID,
                address,
                sender,
                "",
                new Letter("A subject – with a dash", "Grüße\n", "<p>Grüße</p>"),
                Instant.EPOCH,
                "https://school.example/unsubscribe/t",
                "");
    }
}
