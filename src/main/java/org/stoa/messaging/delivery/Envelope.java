package org.stoa.messaging.delivery;

import java.time.Instant;
import java.util.UUID;
import org.stoa.messaging.templates.Letter;

/**
 * A mail as it is handed to a mail server.
 *
 * @param id the same at every attempt: the server and the reader's program know it again by it
 * @param sender the name beside the installation's address, the school's
 * @param replyTo empty for none
 * @param ending where one call ends this kind of mail (RFC 8058); empty where none may
 * @param secret the address of its link, where that opens an account; else empty
 */
record Envelope(
        UUID id,
        String to,
        String sender,
        String replyTo,
        Letter letter,
        Instant written,
        String ending,
        String secret) {}
