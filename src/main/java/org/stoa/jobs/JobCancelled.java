package org.stoa.jobs;

import java.util.UUID;

/** A job was taken back; told in the transaction that did it, where there is one. */
public record JobCancelled(UUID job) {}
