package org.stoa.inbox;

/**
 * One thing that an event changed.
 *
 * @param what as in {@code account.created}
 * @param of whose it was: an id, a name in an address
 */
public record Effect(String what, String of) {}
