package org.stoa.commerce;

/** A course of the order is full: nothing of the attempt may be kept. */
final class NoSeat extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
