package org.stoa.inbox;

import java.time.Instant;
import java.util.Map;

/**
 * What a verified delivery says of itself.
 *
 * @param id the sender's, the same for every delivery of one event
 * @param kind as in {@code user.created}; empty where the body does not say
 * @param occurredAt when it happened at the sender's
 * @param headers those that were signed, to be kept beside the body
 */
public record Announced(String id, String kind, Instant occurredAt, Map<String, String> headers) {}
