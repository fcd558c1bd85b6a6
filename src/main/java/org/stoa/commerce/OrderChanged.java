package org.stoa.commerce;

import java.util.UUID;

/** An order stands differently; told inside the transaction that made it so. */
public record OrderChanged(UUID organization, UUID order, UUID person, OrderStatus status) {}
