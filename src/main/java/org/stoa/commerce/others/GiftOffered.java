package org.stoa.commerce.others;

import java.time.Instant;
import java.util.UUID;

/**
 * A gift goes to an address; told inside the transaction. It holds no link: one is made by {@link
 * Gifts} when the mail is sent.
 */
public record GiftOffered(UUID order, String email, Instant at) {}
