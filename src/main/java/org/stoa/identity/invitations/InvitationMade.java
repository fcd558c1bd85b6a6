package org.stoa.identity.invitations;

import java.util.UUID;

/**
 * Somebody is invited by their address; told inside the transaction. It holds no link: one is made
 * by {@link InvitationLinks} when the mail is sent.
 */
public record InvitationMade(UUID organization, UUID invitation, String email) {}
