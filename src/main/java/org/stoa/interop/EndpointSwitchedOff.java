package org.stoa.interop;

import java.util.UUID;

/**
 * Nothing arrived for days at an address that a school named, and it is not tried any more; told
 * inside the transaction, as the school's office.
 *
 * @param delivery the last one that failed
 */
public record EndpointSwitchedOff(UUID endpoint, String url, UUID delivery) {}
