package org.stoa.messaging.delivery;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** Hands mail to a mail server by SMTP (RFC 5321), one connection a mail. */
final class SmtpCarrier implements Carrier {
    private static final int FIRST_PERMANENT = 500;
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "30000";
    private static final Pattern REPLY = Pattern.compile("[245][0-9]{2}[ -]");
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailSettings settings;
    private final String from;

    SmtpCarrier(MailSettings settings, String from) {
        this.settings = settings;
        this.from = from;
    }

    @Override
    public Answer carry(Envelope envelope) {
        boolean handedOver = false;
        var session = session(envelope.to());
        MimeMessage message;
        try {
            message = message(session, envelope);
        } catch (MessagingException | UnsupportedEncodingException e) {
            return new Answer(Outcome.REFUSED, said(e));
        }
        try (var transport = (SMTPTransport) session.getTransport()) {
            connect(transport);
            handedOver = true;
            transport.sendMessage(message, message.getAllRecipients());
            return new Answer(Outcome.SENT, cut(transport.getLastServerResponse()));
        } catch (AuthenticationFailedException e) {
            // The operator's to put right, and then it goes.
            return new Answer(Outcome.LATER, said(e));
        } catch (MessagingException e) {
            return judged(e, handedOver);
        }
    }

    private static Answer judged(MessagingException failed, boolean handedOver) {
        int code = code(failed);
        if (code >= FIRST_PERMANENT) {
            return new Answer(Outcome.REFUSED, said(failed));
        }
        boolean unanswered = handedOver && code <= 0;
        return new Answer(unanswered ? Outcome.UNKNOWN : Outcome.LATER, said(failed));
    }

    /** The server's code, of the recipient's refusal before that of the whole; 0 for none. */
    private static int code(Exception failed) {
        int code = 0;
        for (Exception one = failed; one != null; one = next(one)) {
            code =
                    switch (one) {
                        case SMTPAddressFailedException e -> e.getReturnCode();
                        case SMTPSenderFailedException e -> e.getReturnCode();
                        case SMTPSendFailedException e -> Math.max(e.getReturnCode(), code);
                        // An address that cannot be written at all.
                        case AddressException e -> FIRST_PERMANENT;
                        default -> code;
                    };
        }
        return code;
    }

    private static @Nullable Exception next(Exception one) {
        return one instanceof MessagingException e ? e.getNextException() : null;
    }

    /** The server's own sentence, else all that is known of a failure, the most exact last. */
    private static String said(Exception failed) {
        var words = new StringBuilder();
        var own = "";
        for (Exception one = failed; one != null; one = next(one)) {
            if (one.getMessage() != null && REPLY.matcher(one.getMessage()).lookingAt()) {
                own = one.getMessage();
            }
            if (one.getMessage() != null && words.indexOf(one.getMessage()) < 0) {
                words.append(words.isEmpty() ? "" : " · ").append(one.getMessage());
            }
        }
        return cut(own.isEmpty() ? words.toString() : own);
    }

    private static String cut(@Nullable String words) {
        var line = words == null ? "" : words.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= 900 ? line : line.substring(0, 900);
    }

    /** Without a name nothing is said of a password either, or the server is asked to check it. */
    private void connect(SMTPTransport transport) throws MessagingException {
        if (settings.username().isEmpty()) {
            transport.connect(settings.host(), settings.port(), null, null);
        } else {
            transport.connect(
                    settings.host(), settings.port(), settings.username(), settings.password());
        }
    }

    private Session session(String to) {
        var properties = new Properties();
        var protocol = settings.security().equals("tls") ? "smtps" : "smtp";
        var prefix = "mail." + protocol + ".";
        properties.put("mail.transport.protocol", protocol);
        properties.put(prefix + "auth", String.valueOf(!settings.username().isEmpty()));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        if (settings.security().equals("starttls")) {
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", "true");
        }
        properties.put(prefix + "connectiontimeout", CONNECT_MILLIS);
        properties.put(prefix + "timeout", ANSWER_MILLIS);
        properties.put(prefix + "writetimeout", ANSWER_MILLIS);
        // What the server says after it took the mail over does not make it untaken.
        properties.put(prefix + "quitwait", "false");
        if (to.codePoints().anyMatch(point -> point > 0x7F)) {
            properties.put("mail.mime.allowutf8", "true");
        }
        return Session.getInstance(properties);
    }

    private MimeMessage message(Session session, Envelope envelope)
            throws MessagingException, UnsupportedEncodingException {
        var message = new Numbered(session, "<" + envelope.id() + "@" + host(from) + ">");
        message.setFrom(new InternetAddress(from, Header.line(envelope.sender()), UTF_8));
        message.setRecipient(Message.RecipientType.TO, address(envelope.to()));
        if (!envelope.replyTo().isEmpty()) {
            message.setReplyTo(new InternetAddress[] {address(envelope.replyTo())});
        }
        message.setSubject(Header.line(envelope.letter().subject()), UTF_8);
        message.setSentDate(Date.from(envelope.written()));
        // Holiday notices do not answer these (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        if (!envelope.ending().isEmpty()) {
            message.setHeader("List-Unsubscribe", "<" + envelope.ending() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        var both = new MimeMultipart("alternative");
        both.addBodyPart(part(envelope.letter().text(), "plain"));
        both.addBodyPart(part(envelope.letter().html(), "html"));
        message.setContent(both);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String content, String type) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(content, UTF_8, type);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    private static InternetAddress address(String typed) throws AddressException {
        int at = typed.lastIndexOf('@');
        var host = IDN.toASCII(typed.substring(at + 1));
        var address = new InternetAddress(typed.substring(0, at + 1) + host, false);
        address.validate();
        return address;
    }

    private static String host(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** A message with the name that Stoa gives it. */
    private static final class Numbered extends MimeMessage {
        private final String name;

        Numbered(Session session, String name) {
            super(session);
            this.name = name;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", name);
        }
    }
}
