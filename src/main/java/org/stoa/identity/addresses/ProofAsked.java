package org.stoa.identity.addresses;

import java.util.UUID;
import org.stoa.tenancy.Organization;

/** Somebody asks once more for the link that shows that their address is theirs. */
public record ProofAsked(Organization school, UUID person) {}
