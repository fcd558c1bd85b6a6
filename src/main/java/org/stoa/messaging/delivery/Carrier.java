package org.stoa.messaging.delivery;

/** Takes finished mail away. */
interface Carrier {
    /** Called outside of any transaction; never throws for what a mail server does. */
    Answer carry(Envelope envelope);

    /**
     * What became of it.
     *
     * @param words the server's sentence, as it said it
     */
    record Answer(Outcome outcome, String words) {}

    /** What an attempt came to. */
    enum Outcome {
        /** A mail server has taken it over. */
        SENT,
        /** It stands in the mailbox page. */
        KEPT,
        /** Not this mail, now or later. */
        REFUSED,
        /** Not now; nothing was taken over. */
        LATER,
        /** The connection broke after the mail was handed over: the server may have it. */
        UNKNOWN;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        boolean tryAgain() {
            return this == LATER || this == UNKNOWN;
        }
    }
}
