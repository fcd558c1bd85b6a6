package org.stoa.identity.addresses;

import org.stoa.tenancy.Organization;

/**
 * Somebody says they forgot the password of this address. Whether it has an account is not known
 * yet, so that the answer takes the same time either way: who listens looks it up later.
 *
 * @param school in whose name the mail is to be sent
 * @param email in small letters
 */
public record PasswordForgotten(Organization school, String email) {}
