package org.stoa.identity;

import java.util.UUID;

/** Somebody who can sign in, whatever schools they belong to. */
public record Person(UUID id, String name, String email) {}
