package org.stoa.identity.invitations;

import java.util.UUID;

/** Somebody has come in by an invitation; told inside the transaction, to the service role. */
public record InvitationAccepted(UUID organization, UUID invitation, UUID person) {}
