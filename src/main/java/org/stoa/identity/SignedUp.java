package org.stoa.identity;

import java.util.UUID;
import org.stoa.tenancy.Organization;

/**
 * Somebody made an account, coming in at a school; told inside the transaction, to the service
 * role. Nobody has yet shown that its address is theirs.
 */
public record SignedUp(Organization school, UUID person) {}
