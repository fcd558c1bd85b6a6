package org.stoa.identity.addresses;

import java.util.UUID;
import org.stoa.tenancy.Organization;

/**
 * Somebody wants another address, in the transaction at hand of the service role; both addresses
 * are asked.
 *
 * @param leaving whether the address they have is asked too: not where it was never theirs
 */
public record AddressChangeAsked(Organization school, UUID person, UUID change, boolean leaving) {}
