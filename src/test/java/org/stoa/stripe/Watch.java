package org.stoa.stripe;

/**
 * Sees the calls of an account's shop, like {@code POST /v1/refunds}, with the host that each went
 * to: several programs of one shop are told apart by calling the double by several names.
 */
public interface Watch {
    /** Before anything is done; the line breaks where false is said, and nothing is done. */
    default boolean comes(String call, String host) {
        return true;
    }

    /** It is done, and its answer is not on its way yet. */
    default void done(String call, String host) {}
}
