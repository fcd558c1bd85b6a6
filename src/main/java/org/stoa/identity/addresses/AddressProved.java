package org.stoa.identity.addresses;

import java.util.UUID;

/** An address was shown to be the person's for the first time, in the transaction at hand. */
public record AddressProved(UUID organization, UUID person) {}
