package org.stoa.commerce.others;

import java.time.Instant;
import java.util.UUID;

/**
 * A seat of a team is offered to an address; told inside the transaction. It holds no link: one is
 * made by {@link TeamSeats} when the mail is sent.
 */
public record SeatOffered(UUID seat, String email, Instant at) {}
