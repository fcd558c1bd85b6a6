package org.stoa.messaging.delivery;

/** Where no mail server is set: the mailbox page shows what would have been sent. */
final class MailboxCarrier implements Carrier {
    @Override
    public Answer carry(Envelope envelope) {
        return new Answer(Outcome.KEPT, "");
    }
}
