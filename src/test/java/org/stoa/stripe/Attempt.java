package org.stoa.stripe;

import java.net.URI;

/** What a buyer sees after having pressed the button. */
public sealed interface Attempt {
    /** Done, and sent back to the shop. */
    record Done(URI returnTo) implements Attempt {}

    /** Refused by the bank; the page is still there. */
    record Declined(String code, String message) implements Attempt {}

    /** The bank asks for another step. */
    record NextStep() implements Attempt {}

    /** The page is no longer there: complete or expired. */
    record Closed(String status) implements Attempt {}
}
