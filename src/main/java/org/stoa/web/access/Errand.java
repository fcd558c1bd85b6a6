package org.stoa.web.access;

import java.util.Optional;

/**
 * What somebody clicked before they were signed in, and what is done for them once they are. The
 * pages to sign in and up say it in words, and their forms carry it: so it is done because of a
 * form that was read and sent, never because of an address that was followed.
 */
public interface Errand {
    /**
     * What is to be done, as in {@code join “Knots”}; empty where the address is none of its kind,
     * or names nothing.
     *
     * @param address where the click led, as in {@code /courses/knots/join}
     */
    Optional<String> words(String address);

    /** Does it for the caller, and says where to go on. */
    String done(String address);
}
