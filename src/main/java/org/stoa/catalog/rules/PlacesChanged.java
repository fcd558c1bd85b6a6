package org.stoa.catalog.rules;

import java.util.UUID;

/** A course has another number of places; told inside the transaction. */
public record PlacesChanged(UUID course) {}
